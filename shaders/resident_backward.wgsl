// A layer backward in the resident plan, in one pass over W:
//   error_before[row, i] = (sum_o error[row, o] W[o, i]) slope_before[row, i]
//   dW[o, i] = sum_row error[row, o] a_before[row, i]        db[o] = sum_row error[row, o]
// and W updated as it is read. A task is one input i: neighbouring threads read neighbouring weights, the errors are the
// same for all, and activations of i are in registers until its errors take their place. Rows are taken eight at a time
// (four where no more are left); where a batch is longer, what the gradient is so far waits in `gradients`.

fn backward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  let kind = trials[trial].activations[layer - 1u];
  for (var i = thread; i < shape.inputs; i += THREADS) {
    let place = first_in + i * row_fours;
    for (var four = 0u; four < row_fours; four += 2u) {
      let first = four == 0u;
      let last = four + 2u >= row_fours;
      let pair = four + 1u < row_fours;
      var weight = shape.weight + i;
      var source = first_out + four;
      let end = source + shape.outputs * row_fours;
      let a0 = units[place + four];
      var sum0 = vec4f();
      if (pair) {
        let a1 = units[place + four + 1u];
        var sum1 = vec4f();
        for (; source < end; source += row_fours) {
          let e0 = units[source];
          let e1 = units[source + 1u];
          let w = parameters[weight];
          sum0 += w * e0;
          sum1 += w * e1;
          take_part(weight, w, dot(e0, a0) + dot(e1, a1), first, last);
          weight += shape.inputs;
        }
        units[place + four + 1u] = sum1 * slopes_of(kind, place + four + 1u, a1);
      } else {
        for (; source < end; source += row_fours) {
          let e0 = units[source];
          let w = parameters[weight];
          sum0 += w * e0;
          take_part(weight, w, dot(e0, a0), first, last);
          weight += shape.inputs;
        }
      }
      units[place + four] = sum0 * slopes_of(kind, place + four, a0);
    }
  }
  for (var o = thread; o < shape.outputs; o += THREADS) {
    take(shape.bias + o, true, parameters[shape.bias + o], error_sum(first_out + o * row_fours));
  }
}

/// The slopes of four rows of a hidden unit: kept, or worked out from the activations.
fn slopes_of(kind: u32, place: u32, a: vec4f) -> vec4f {
  if (SLOPES) {
    return units[place + plan.slope_shift * row_fours];
  }
  return vec4f(slope(kind, a.x, a.x), slope(kind, a.y, a.y), slope(kind, a.z, a.z), slope(kind, a.w, a.w));
}

/// The gradient of some rows joins that of the rows before; with the last rows it is whole.
fn take_part(index: u32, parameter: f32, part: f32, first: bool, last: bool) {
  var gradient = part;
  if (!first) {
    gradient += gradients[index];
  }
  if (last) {
    take(index, false, parameter, gradient);
  } else {
    gradients[index] = gradient;
  }
}

/// The first layer has nothing before it: a task is one parameter, the biases after the weights, as they lie in memory.
fn backward_first_layer() {
  let shape = shape_of(0u);
  let weights = shape.inputs * shape.outputs;
  let first_out = origin() + shape.inputs * row_fours;
  for (var i = thread; i < weights + shape.outputs; i += THREADS) {
    var gradient = 0.0;
    if (i < weights) {
      let source = origin() + i % shape.inputs * row_fours;
      let error = first_out + i / shape.inputs * row_fours;
      for (var four = 0u; four < row_fours; four++) {
        gradient += dot(units[error + four], units[source + four]);
      }
    } else {
      gradient = error_sum(first_out + (i - weights) * row_fours);
    }
    take(shape.weight + i, i >= weights, parameters[shape.weight + i], gradient);
  }
}

/// The errors of a unit, over the rows; `place` is the first of them.
fn error_sum(place: u32) -> f32 {
  var sum = 0.0;
  for (var four = 0u; four < row_fours; four++) {
    sum += dot(units[place + four], vec4f(1.0));
  }
  return sum;
}
