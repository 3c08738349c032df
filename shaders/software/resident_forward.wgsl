// The resident kernel forward for an adapter on which a load costs more than arithmetic: the sums of resident/forward.wgsl in the
// same order, but a task is four units, one for each of four strides of threads, and eight rows (or four). A task that has fewer
// is filled up with one of them, which is computed more than once: every place in the code that accesses memory takes such an
// adapter a millisecond to compile, so there is none for single units, and stores are in a loop.
import package::kernel::{Shape, THREADS, is_pair, layer_shape, parameters, row_fours, thread};
import package::resident::activate_layer::activate_layer;
import package::resident::memory::{set_own_rows, shared_rows};

/// Whether any layer has units for a task of four; where none has, a task is one unit.
override WIDE: bool = true;

fn forward_layer_wide(layer: u32, first_in: u32) {
  let shape = layer_shape(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var four = 0u; four < row_fours; four += 2u) {
    // All threads go round equally often: they may have to show each other what they read.
    if (WIDE) {
      for (var o = thread; o < shape.outputs + thread; o += 4u * THREADS) {
        forward_four(shape, first_in + four, first_out + four, o, is_pair(four));
      }
    } else {
      for (var o = thread; o < shape.outputs + thread; o += THREADS) {
        forward_one(shape, first_in + four, first_out + four, o, is_pair(four));
      }
    }
  }
  activate_layer(layer, shape.outputs, first_out);
}

/// The units of a task: those of `count` that there are, and one of them in place of the others.
fn four_from(first: u32, count: u32) -> vec4u {
  let all = first + THREADS * vec4u(0u, 1u, 2u, 3u);
  return select(vec4u(min(first, count - 1u)), all, all < vec4u(count));
}

/// The parameter at an index, and three more, `next` from it.
fn four_parameters(at: u32, next: vec4u) -> vec4f {
  return vec4f(parameters[at], parameters[at + next.y], parameters[at + next.z], parameters[at + next.w]);
}

/// Four sums over four rows go on, one for each weight.
fn add_four(
  sum0: ptr<function, vec4f>,
  sum1: ptr<function, vec4f>,
  sum2: ptr<function, vec4f>,
  sum3: ptr<function, vec4f>,
  weights: vec4f,
  values: vec4f,
) {
  *sum0 = fma(vec4f(weights.x), values, *sum0);
  *sum1 = fma(vec4f(weights.y), values, *sum1);
  *sum2 = fma(vec4f(weights.z), values, *sum2);
  *sum3 = fma(vec4f(weights.w), values, *sum3);
}

fn forward_four(shape: Shape, first_in: u32, first_out: u32, first: u32, pair: bool) {
  let o = four_from(first, shape.outputs);
  var weight = shape.weight + o.x * shape.inputs;
  let next = (o - o.x) * shape.inputs;
  let end = weight + shape.inputs;
  var source = first_in;
  let bias = four_parameters(shape.bias + o.x, o - o.x);
  var a0 = vec4f(bias.x);
  var a1 = vec4f(bias.y);
  var a2 = vec4f(bias.z);
  var a3 = vec4f(bias.w);
  var b0 = a0;
  var b1 = a1;
  var b2 = a2;
  var b3 = a3;
  if (pair) {
    // Two inputs a turn: what a sum costs at the end of a turn is halved.
    for (; weight + 1u < end; weight += 2u) {
      let w = four_parameters(weight, next);
      add_four(&a0, &a1, &a2, &a3, w, shared_rows(source));
      add_four(&b0, &b1, &b2, &b3, w, shared_rows(source + 1u));
      source += row_fours;
      let v = four_parameters(weight + 1u, next);
      add_four(&a0, &a1, &a2, &a3, v, shared_rows(source));
      add_four(&b0, &b1, &b2, &b3, v, shared_rows(source + 1u));
      source += row_fours;
    }
    for (; weight < end; weight++) {
      let w = four_parameters(weight, next);
      add_four(&a0, &a1, &a2, &a3, w, shared_rows(source));
      add_four(&b0, &b1, &b2, &b3, w, shared_rows(source + 1u));
    }
  } else {
    for (; weight < end; weight++) {
      add_four(&a0, &a1, &a2, &a3, four_parameters(weight, next), shared_rows(source));
      source += row_fours;
    }
  }
  if (first >= shape.outputs) {
    return;
  }
  var to = first_out + o * row_fours;
  for (var i = 0u; i < 4u; i++) {
    set_own_rows(to.x, a0);
    a0 = a1;
    a1 = a2;
    a2 = a3;
    if (pair) {
      set_own_rows(to.x + 1u, b0);
      b0 = b1;
      b1 = b2;
      b2 = b3;
    }
    to = to.yzww;
  }
}

fn forward_one(shape: Shape, first_in: u32, first_out: u32, first: u32, pair: bool) {
  let o = min(first, shape.outputs - 1u);
  var weight = shape.weight + o * shape.inputs;
  let end = weight + shape.inputs;
  var source = first_in;
  var a0 = vec4f(parameters[shape.bias + o]);
  var b0 = a0;
  for (; weight < end; weight++) {
    let w = parameters[weight];
    a0 = fma(vec4f(w), shared_rows(source), a0);
    if (pair) {
      b0 = fma(vec4f(w), shared_rows(source + 1u), b0);
    }
    source += row_fours;
  }
  if (first >= shape.outputs) {
    return;
  }
  let to = first_out + o * row_fours;
  set_own_rows(to, a0);
  if (pair) {
    set_own_rows(to + 1u, b0);
  }
}
