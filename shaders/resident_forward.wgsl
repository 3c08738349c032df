// A layer forward in the resident plan:
//   z[row, o] = sum_i a_before[row, i] W[o, i] + b[o]        a = f(z) d        slopes = f'(z) d
// A task is one unit o and eight rows (four where no more are left): one weight is read for eight multiply-adds, the
// inputs are the same for neighbouring threads. The last layer is left as z, for the loss.

fn forward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  let pairs = (row_fours + 1u) / 2u;
  for (var task = thread; task < shape.outputs * pairs; task += THREADS) {
    let o = task % shape.outputs;
    let four = task / shape.outputs * 2u;
    let to = first_out + o * row_fours + four;
    let bias = parameters[shape.bias + o];
    var weight = shape.weight + o * shape.inputs;
    var source = first_in + four;
    let end = weight + shape.inputs;
    var z0 = vec4f(bias);
    if (four + 1u < row_fours) {
      var z1 = vec4f(bias);
      for (; weight < end; weight++) {
        let w = parameters[weight];
        z0 += w * units[source];
        z1 += w * units[source + 1u];
        source += row_fours;
      }
      finish_units(layer, shape.outputs, o, four + 1u, to + 1u, z1);
    } else {
      for (; weight < end; weight++) {
        z0 += parameters[weight] * units[source];
        source += row_fours;
      }
    }
    finish_units(layer, shape.outputs, o, four, to, z0);
  }
}

/// Four rows of a unit's z become its activations; `to` is their place.
fn finish_units(layer: u32, outputs: u32, o: u32, four: u32, to: u32, z: vec4f) {
  if (layer + 1u == plan.layers) {
    units[to] = z;
    return;
  }
  let kind = trials[trial].activations[layer];
  let drops = trials[trial].dropout_threshold[layer] != 0u;
  var a = z;
  var s = z;
  for (var i = 0u; i < 4u; i++) {
    let value = activate(kind, z[i]);
    var d = 1.0;
    if (SLOPES) {
      if (drops) {
        d = dropout_factor(trial, step, layer, (four * 4u + i) * outputs + o);
      }
      s[i] = slope(kind, z[i], value) * d;
    }
    a[i] = value * d;
  }
  units[to] = a;
  if (SLOPES) {
    units[to + plan.slope_shift * row_fours] = s;
  }
}
