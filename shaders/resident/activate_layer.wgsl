// The activations of a layer in the resident kernel: a = f(z) d takes the place of z and, where they are kept, the derivatives
// f'(z) d are stored. A thread takes the units that it has summed, so that no barrier is needed. The last layer is left as z,
// for the loss.
import package::kernel::{DERIVATIVES, THREADS, activations, network, row_fours, step, thread, trial, trials};
import package::lib::activations::{activate, derivative};
import package::lib::dropout::{dropout_factor, dropout_of};

/// The activation that all hidden layers of all trials have, or ANY. For adapters that compute both sides of every branch.
override HIDDEN_ACTIVATION: u32 = 255u;
/// The same for the last layer.
override LAST_ACTIVATION: u32 = 255u;
const ANY = 255u;
/// Whether any unit of any trial may be dropped.
override ANY_DROPS: bool = true;

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
  return trials[trial].activations[network.layers - 1u];
}

fn activate_layer(layer: u32, outputs: u32, first_out: u32) {
  if (layer + 1u == network.layers) {
    return;
  }
  let kind = hidden_activation(layer);
  for (var o = thread; o < outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four++) {
      let index = first_out + o * row_fours + four;
      for (var i = 0u; i < 4u; i++) {
        let z = activations[index][i];
        let value = activate(kind, z);
        activations[index][i] = value;
        if (DERIVATIVES) {
          activations[index + network.derivative_shift * row_fours][i] = derivative(kind, z, value);
        }
      }
    }
  }
  if (ANY_DROPS && DERIVATIVES) {
    if (trials[trial].dropout_threshold[layer] != 0u) {
      drop_units(layer, outputs, first_out);
    }
  }
}

/// Activations and derivatives times d.
fn drop_units(layer: u32, outputs: u32, first_out: u32) {
  let dropout = dropout_of(trial, step, layer);
  for (var o = thread; o < outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four++) {
      let index = first_out + o * row_fours + four;
      var d = vec4f();
      for (var i = 0u; i < 4u; i++) {
        d[i] = dropout_factor(dropout, (four * 4u + i) * outputs + o);
      }
      activations[index] *= d;
      activations[index + network.derivative_shift * row_fours] *= d;
    }
  }
}
