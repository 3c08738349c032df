// resident_forward.wgsl for an adapter on which a load costs more than arithmetic: the same sums in the same order, but a
// task is four units, one for each of four strides of threads, and eight rows (or four). Units that do not fill a task
// are taken one by one.

/// Whether any layer has units for a task of four. Such an adapter goes through a loop of no turns once, so that it costs.
override WIDE: bool = true;

fn forward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var four = 0u; four < row_fours; four += 2u) {
    var o = thread;
    if (WIDE) {
      for (; o + 3u * THREADS < shape.outputs; o += 4u * THREADS) {
        forward_four(shape, first_in + four, first_out + four, o, is_pair(four));
      }
    }
    for (; o < shape.outputs; o += THREADS) {
      forward_one(shape, first_in + four, first_out + four, o, is_pair(four));
    }
  }
  finish_layer(layer, shape.outputs, first_out);
}

fn forward_four(shape: Shape, first_in: u32, first_out: u32, o: u32, pair: bool) {
  var weight = shape.weight + o * shape.inputs;
  let stride = THREADS * shape.inputs;
  let end = weight + shape.inputs;
  var source = first_in;
  var a0 = vec4f(parameters[shape.bias + o]);
  var a1 = vec4f(parameters[shape.bias + o + THREADS]);
  var a2 = vec4f(parameters[shape.bias + o + 2u * THREADS]);
  var a3 = vec4f(parameters[shape.bias + o + 3u * THREADS]);
  var b0 = a0;
  var b1 = a1;
  var b2 = a2;
  var b3 = a3;
  if (pair) {
    for (; weight < end; weight++) {
      let w = vec4f(
        parameters[weight],
        parameters[weight + stride],
        parameters[weight + 2u * stride],
        parameters[weight + 3u * stride],
      );
      let a = units[source];
      let b = units[source + 1u];
      a0 += w.x * a;
      a1 += w.y * a;
      a2 += w.z * a;
      a3 += w.w * a;
      b0 += w.x * b;
      b1 += w.y * b;
      b2 += w.z * b;
      b3 += w.w * b;
      source += row_fours;
    }
  } else {
    for (; weight < end; weight++) {
      let a = units[source];
      a0 += parameters[weight] * a;
      a1 += parameters[weight + stride] * a;
      a2 += parameters[weight + 2u * stride] * a;
      a3 += parameters[weight + 3u * stride] * a;
      source += row_fours;
    }
  }
  let to = first_out + o * row_fours;
  let step_out = THREADS * row_fours;
  units[to] = a0;
  units[to + step_out] = a1;
  units[to + 2u * step_out] = a2;
  units[to + 3u * step_out] = a3;
  if (pair) {
    units[to + 1u] = b0;
    units[to + step_out + 1u] = b1;
    units[to + 2u * step_out + 1u] = b2;
    units[to + 3u * step_out + 1u] = b3;
  }
}

fn forward_one(shape: Shape, first_in: u32, first_out: u32, o: u32, pair: bool) {
  var weight = shape.weight + o * shape.inputs;
  let end = weight + shape.inputs;
  var source = first_in;
  var a0 = vec4f(parameters[shape.bias + o]);
  var b0 = a0;
  for (; weight < end; weight++) {
    let w = parameters[weight];
    a0 += w * units[source];
    if (pair) {
      b0 += w * units[source + 1u];
    }
    source += row_fours;
  }
  let to = first_out + o * row_fours;
  units[to] = a0;
  if (pair) {
    units[to + 1u] = b0;
  }
}
