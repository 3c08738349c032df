// The resident plan backward for an adapter on which a load costs more than arithmetic: the sums of
// resident_backward_one.wgsl in the same order, but a task is four inputs, one for each of four strides of threads. Inputs
// that do not fill a task are taken one by one. Slopes are kept (SLOPES).

fn backward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var four = 0u; four < row_fours; four += 2u) {
    var i = thread;
    if (WIDE) {
      for (; i + 3u * THREADS < shape.inputs; i += 4u * THREADS) {
        backward_four(shape, first_in, first_out, i, four);
      }
    }
    for (; i < shape.inputs; i += THREADS) {
      backward_one(layer, shape, first_in, first_out, i, four);
    }
  }
  update_biases(shape, first_out);
}

fn backward_four(shape: Shape, first_in: u32, first_out: u32, i: u32, four: u32) {
  let pair = is_pair(four);
  let first = four == 0u;
  let place0 = first_in + i * row_fours + four;
  let place1 = place0 + THREADS * row_fours;
  let place2 = place1 + THREADS * row_fours;
  let place3 = place2 + THREADS * row_fours;
  let a0 = units[place0];
  let a1 = units[place1];
  let a2 = units[place2];
  let a3 = units[place3];
  var b0 = vec4f();
  var b1 = vec4f();
  var b2 = vec4f();
  var b3 = vec4f();
  if (pair) {
    b0 = units[place0 + 1u];
    b1 = units[place1 + 1u];
    b2 = units[place2 + 1u];
    b3 = units[place3 + 1u];
  }
  var s0 = vec4f();
  var s1 = vec4f();
  var s2 = vec4f();
  var s3 = vec4f();
  var t0 = vec4f();
  var t1 = vec4f();
  var t2 = vec4f();
  var t3 = vec4f();
  var weight = shape.weight + i;
  var source = first_out + four;
  let end = source + shape.outputs * row_fours;
  if (pair) {
    for (; source < end; source += row_fours) {
      let w = four_weights(weight);
      let e = units[source];
      let f = units[source + 1u];
      s0 += w.x * e;
      s1 += w.y * e;
      s2 += w.z * e;
      s3 += w.w * e;
      t0 += w.x * f;
      t1 += w.y * f;
      t2 += w.z * f;
      t3 += w.w * f;
      let g = vec4f(dot(e, a0) + dot(f, b0), dot(e, a1) + dot(f, b1), dot(e, a2) + dot(f, b2), dot(e, a3) + dot(f, b3));
      keep_four(weight, g, first);
      weight += shape.inputs;
    }
  } else {
    for (; source < end; source += row_fours) {
      let w = four_weights(weight);
      let e = units[source];
      s0 += w.x * e;
      s1 += w.y * e;
      s2 += w.z * e;
      s3 += w.w * e;
      keep_four(weight, vec4f(dot(e, a0), dot(e, a1), dot(e, a2), dot(e, a3)), first);
      weight += shape.inputs;
    }
  }
  let shift = plan.slope_shift * row_fours;
  units[place0] = s0 * units[place0 + shift];
  units[place1] = s1 * units[place1 + shift];
  units[place2] = s2 * units[place2 + shift];
  units[place3] = s3 * units[place3 + shift];
  if (pair) {
    units[place0 + 1u] = t0 * units[place0 + shift + 1u];
    units[place1 + 1u] = t1 * units[place1 + shift + 1u];
    units[place2 + 1u] = t2 * units[place2 + shift + 1u];
    units[place3 + 1u] = t3 * units[place3 + shift + 1u];
  }
}

fn four_weights(index: u32) -> vec4f {
  return vec4f(
    parameters[index],
    parameters[index + THREADS],
    parameters[index + 2u * THREADS],
    parameters[index + 3u * THREADS],
  );
}

/// Gradients of some rows join those of the rows before. A loop of no turns, since both sides of an `if` would be computed.
fn keep_four(index: u32, part: vec4f, first: bool) {
  var gradient = part;
  if (ROW_FOURS > 2u) {
    for (var i = select(0u, 4u, first); i < 4u; i++) {
      gradient[i] += gradients[index + i * THREADS];
    }
  }
  gradients[index] = gradient.x;
  gradients[index + THREADS] = gradient.y;
  gradients[index + 2u * THREADS] = gradient.z;
  gradients[index + 3u * THREADS] = gradient.w;
}
