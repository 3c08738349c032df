// A layer backward in the resident plan, in one pass over W:
//   error_before[row, i] = (sum_o error[row, o] W[o, i]) slope_before[row, i]
//   dW[o, i] = sum_row error[row, o] a_before[row, i]        db[o] = sum_row error[row, o]
// and W updated as it is read. A task is one input i: neighbouring threads read neighbouring weights, the errors are the
// same for all, and the activations of i are in registers until its errors take their place. Rows are taken eight at a
// time (four where no more are left); where a batch is longer, what the gradient is so far waits in `gradients`.

/// A thread that has no input of its own goes along, and keeps nothing.
fn backward_one(layer: u32, shape: Shape, first_in: u32, first_out: u32, input: u32, four: u32) {
  let i = min(input, shape.inputs - 1u);
  let own = input < shape.inputs;
  let pair = is_pair(four);
  let place = first_in + i * row_fours + four;
  var weight = shape.weight + i;
  var source = first_out + four;
  let end = source + shape.outputs * row_fours;
  let a = own_rows(place);
  var b = vec4f();
  if (pair) {
    b = own_rows(place + 1u);
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
      take_part(weight, w, gradient, four == 0u, four + 2u >= row_fours);
    }
    weight += shape.inputs;
  }
  if (!own) {
    return;
  }
  set_errors(layer, place, s, a);
  if (pair) {
    set_errors(layer, place + 1u, t, b);
  }
}

/// The sums of an input's errors times its slopes take the place of its activations.
fn set_errors(layer: u32, place: u32, sums: vec4f, a: vec4f) {
  if (SLOPES) {
    set_own_rows(place, sums * own_rows(place + plan.slope_shift * row_fours));
    return;
  }
  let kind = hidden_activation(layer - 1u);
  var errors = sums;
  for (var i = 0u; i < 4u; i++) {
    errors[i] *= slope(kind, a[i], a[i]);
  }
  set_own_rows(place, errors);
}
