// Parts of a layer backward in the resident plan that its two ways share: gradients of parts of a batch, biases, the first layer.

/// The gradient of some rows joins that of the rows before; with the last rows it is whole.
fn take_part(index: u32, parameter: f32, part: f32, first: bool, last: bool) {
  var gradient = part;
  if (ROW_FOURS > 2u && !first) {
    gradient += gradients[index];
  }
  if (ROW_FOURS <= 2u || last) {
    take(index, false, parameter, gradient);
  } else {
    gradients[index] = gradient;
  }
}

/// Biases and their gradients, one thread a unit.
fn update_biases(shape: Shape, first_out: u32) {
  for (var o = thread; o < shape.outputs; o += THREADS) {
    take(shape.bias + o, true, parameters[shape.bias + o], error_sum(first_out + o * row_fours));
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
