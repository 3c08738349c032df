// The resident kernel backward for an adapter on which a load costs more than arithmetic: the sums of resident/backward.wgsl in
// the same order, but a task is four inputs, as it is four units in resident_forward.wgsl. Derivatives are kept.
import package::generated::constants::UPDATE_SGD;
import package::kernel::{
  ROW_FOURS, Shape, THREADS, gradients, hyperparameters, is_pair, layer_shape, network, optimizer_state, parameters, row_fours,
  thread
};
import package::lib::optimizers::update_parameter;
import package::resident::backward::backward_one;
import package::resident::memory::{own_rows, set_own_rows, shared_rows};
import package::resident::update::{FUSED, own_update_kind};
import package::software::resident_forward::{WIDE, add_four, four_from, four_parameters};

fn backward_layer_wide(layer: u32, first_in: u32) {
  let shape = layer_shape(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var four = 0u; four < row_fours; four += 2u) {
    if (WIDE) {
      for (var i = thread; i < shape.inputs + thread; i += 4u * THREADS) {
        backward_four(shape, first_in, first_out, i, four);
      }
    } else {
      for (var i = thread; i < shape.inputs + thread; i += THREADS) {
        backward_one(layer, shape, first_in, first_out, i, four);
      }
    }
  }
}

fn backward_four(shape: Shape, first_in: u32, first_out: u32, first_input: u32, four: u32) {
  let i = four_from(first_input, shape.inputs);
  let own = first_input < shape.inputs;
  let pair = is_pair(four);
  let first = four == 0u;
  let indices = first_in + four + i * row_fours;
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  var b0 = vec4f();
  var b1 = vec4f();
  var b2 = vec4f();
  var b3 = vec4f();
  var index = indices;
  for (var k = 0u; k < 4u; k++) {
    a0 = a1;
    a1 = a2;
    a2 = a3;
    a3 = own_rows(index.x);
    if (pair) {
      b0 = b1;
      b1 = b2;
      b2 = b3;
      b3 = own_rows(index.x + 1u);
    }
    index = index.yzww;
  }
  var s0 = vec4f();
  var s1 = vec4f();
  var s2 = vec4f();
  var s3 = vec4f();
  var t0 = vec4f();
  var t1 = vec4f();
  var t2 = vec4f();
  var t3 = vec4f();
  let next = i - i.x;
  var weight = shape.weight + i.x;
  var source = first_out + four;
  let end = source + shape.outputs * row_fours;
  if (pair) {
    for (; source < end; source += row_fours) {
      let w = four_parameters(weight, next);
      let e = shared_rows(source);
      let f = shared_rows(source + 1u);
      add_four(&s0, &s1, &s2, &s3, w, e);
      add_four(&t0, &t1, &t2, &t3, w, f);
      if (own) {
        add_gradient_four(weight, next, w, dots(e, a0, a1, a2, a3) + dots(f, b0, b1, b2, b3), first);
      }
      weight += shape.inputs;
    }
  } else {
    for (; source < end; source += row_fours) {
      let w = four_parameters(weight, next);
      let e = shared_rows(source);
      add_four(&s0, &s1, &s2, &s3, w, e);
      if (own) {
        add_gradient_four(weight, next, w, dots(e, a0, a1, a2, a3), first);
      }
      weight += shape.inputs;
    }
  }
  if (!own) {
    return;
  }
  let shift = network.derivative_shift * row_fours;
  index = indices;
  for (var k = 0u; k < 4u; k++) {
    set_own_rows(index.x, s0 * own_rows(index.x + shift));
    s0 = s1;
    s1 = s2;
    s2 = s3;
    if (pair) {
      set_own_rows(index.x + 1u, t0 * own_rows(index.x + shift + 1u));
      t0 = t1;
      t1 = t2;
      t2 = t3;
    }
    index = index.yzww;
  }
}

fn dots(e: vec4f, a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f) -> vec4f {
  return vec4f(dot(e, a0), dot(e, a1), dot(e, a2), dot(e, a3));
}

/// Gradients of some rows join those of the rows before. A loop of no turns, since both sides of an `if` would be computed.
fn add_gradient_four(index: u32, next: vec4u, weights: vec4f, part: vec4f, first: bool) {
  var gradient = part;
  if (ROW_FOURS > 2u) {
    for (var i = select(0u, 4u, first); i < 4u; i++) {
      gradient[i] += gradients[index + next[i]];
    }
  }
  apply_or_store_four(index, next, weights, gradient);
}

/// `apply_or_store` for the weight at an index, and three more, `next` from it. One of them may be there more than once, always with
/// the same gradient: all is read before anything is written.
fn apply_or_store_four(index: u32, next: vec4u, weights: vec4f, gradient: vec4f) {
  if (!FUSED) {
    for (var i = 0u; i < 4u; i++) {
      gradients[index + next[i]] = gradient[i];
    }
    return;
  }
  let kind = own_update_kind();
  var previous = array<vec2f, 4>();
  if (kind != UPDATE_SGD) {
    previous = array(optimizer_state[index], optimizer_state[index + next.y], optimizer_state[index + next.z], optimizer_state[index + next.w]);
  }
  let first = update_parameter(kind, hyperparameters, false, weights.x, gradient.x, previous[0]);
  let second = update_parameter(kind, hyperparameters, false, weights.y, gradient.y, previous[1]);
  let third = update_parameter(kind, hyperparameters, false, weights.z, gradient.z, previous[2]);
  let fourth = update_parameter(kind, hyperparameters, false, weights.w, gradient.w, previous[3]);
  parameters[index] = first.parameter;
  parameters[index + next.y] = second.parameter;
  parameters[index + next.z] = third.parameter;
  parameters[index + next.w] = fourth.parameter;
  if (kind != UPDATE_SGD) {
    optimizer_state[index] = first.state;
    optimizer_state[index + next.y] = second.state;
    optimizer_state[index + next.z] = third.state;
    optimizer_state[index + next.w] = fourth.state;
  }
}
