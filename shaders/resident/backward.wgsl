// A layer backward in the resident kernel, in one pass over W:
//   delta_before[row, i] = (sum_o delta[row, o] W[o, i]) derivative_before[row, i]
//   dW[o, i] = sum_row delta[row, o] a_before[row, i]        db[o] = sum_row delta[row, o]
// and W updated as it is read. A task is one input i: neighbouring threads read neighbouring weights, the deltas are the same
// for all, and the activations of i are in registers until its deltas take their place. Rows are taken eight at a time (four
// where no more are left); where a batch is longer, the gradient so far waits in `gradients`.
import package::kernel::{DERIVATIVES, Shape, THREADS, is_pair, layer_shape, network, parameters, row_fours, thread};
import package::lib::activations::derivative;
import package::resident::activate_layer::hidden_activation;
import package::resident::gradients::add_gradient;
import package::resident::memory::{own_rows, set_own_rows, shared_rows};

fn backward_layer(layer: u32, first_in: u32) {
  let shape = layer_shape(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var i = thread; i < shape.inputs; i += THREADS) {
    for (var four = 0u; four < row_fours; four += 2u) {
      backward_one(layer, shape, first_in, first_out, i, four);
    }
  }
}

/// A thread that has no input of its own goes along, and keeps nothing.
fn backward_one(layer: u32, shape: Shape, first_in: u32, first_out: u32, input: u32, four: u32) {
  let i = min(input, shape.inputs - 1u);
  let own = input < shape.inputs;
  let pair = is_pair(four);
  let index = first_in + i * row_fours + four;
  var weight = shape.weight + i;
  var source = first_out + four;
  let end = source + shape.outputs * row_fours;
  let a = own_rows(index);
  var b = vec4f();
  if (pair) {
    b = own_rows(index + 1u);
  }
  var s = vec4f();
  var t = vec4f();
  for (; source < end; source += row_fours) {
    let w = parameters[weight];
    let e = shared_rows(source);
    s += w * e;
    var gradient = dot(e, a);
    if (pair) {
      let f = shared_rows(source + 1u);
      t += w * f;
      gradient += dot(f, b);
    }
    if (own) {
      add_gradient(weight, w, gradient, four == 0u, four + 2u >= row_fours);
    }
    weight += shape.inputs;
  }
  if (!own) {
    return;
  }
  set_deltas(layer, index, s, a);
  if (pair) {
    set_deltas(layer, index + 1u, t, b);
  }
}

/// The sums of an input's deltas times its derivatives take the place of its activations.
fn set_deltas(layer: u32, index: u32, sums: vec4f, a: vec4f) {
  if (DERIVATIVES) {
    set_own_rows(index, sums * own_rows(index + network.derivative_shift * row_fours));
    return;
  }
  let kind = hidden_activation(layer - 1u);
  var deltas = sums;
  for (var i = 0u; i < 4u; i++) {
    deltas[i] *= derivative(kind, a[i], a[i]);
  }
  set_own_rows(index, deltas);
}
