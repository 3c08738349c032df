// What becomes of a layer's weighted sums z in the resident plan: a = f(z) d in their place and, where they are kept,
// f'(z) d. A thread finishes the units that it has summed, so that no barrier is needed. The last layer is left as z, for
// the loss.

/// An activation that all hidden layers of all trials have, or ANY. Only for adapters that compute all sides of a branch.
override HIDDEN_ACTIVATION: u32 = 255u;
/// The same for the last layer.
override LAST_ACTIVATION: u32 = 255u;
const ANY = 255u;
/// Whether any unit of any trial may be dropped.
override DROPS: bool = true;

fn hidden_activation(layer: u32) -> u32 {
  if (HIDDEN_ACTIVATION != ANY) {
    return HIDDEN_ACTIVATION;
  }
  return trials[trial].activations[layer];
}

fn last_activation() -> u32 {
  if (LAST_ACTIVATION != ANY) {
    return LAST_ACTIVATION;
  }
  return trials[trial].activations[plan.layers - 1u];
}

fn finish_layer(layer: u32, outputs: u32, first_out: u32) {
  if (layer + 1u == plan.layers) {
    return;
  }
  let kind = hidden_activation(layer);
  for (var o = thread; o < outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four++) {
      let place = first_out + o * row_fours + four;
      for (var i = 0u; i < 4u; i++) {
        let z = units[place][i];
        let value = activate(kind, z);
        units[place][i] = value;
        if (SLOPES) {
          units[place + plan.slope_shift * row_fours][i] = slope(kind, z, value);
        }
      }
    }
  }
  if (DROPS && SLOPES) {
    if (trials[trial].dropout_threshold[layer] != 0u) {
      drop_units(layer, outputs, first_out);
    }
  }
}

/// Activations and slopes times d.
fn drop_units(layer: u32, outputs: u32, first_out: u32) {
  let dropout = dropout_of(trial, step, layer);
  for (var o = thread; o < outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four++) {
      let place = first_out + o * row_fours + four;
      var d = vec4f();
      for (var i = 0u; i < 4u; i++) {
        d[i] = dropout_factor(dropout, (four * 4u + i) * outputs + o);
      }
      units[place] *= d;
      units[place + plan.slope_shift * row_fours] *= d;
    }
  }
}
