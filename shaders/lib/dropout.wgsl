// The dropout factor d of an activation: 1, or with dropout either 0 or 1 / (1 - rate), by a hash of (seed, step, layer, row,
// unit).
import package::kernel::trials;
import package::lib::random::{dropout_key, keyed_hash, keys_of};

/// The same for all units of a trial's layer in one step.
struct Dropout {
  keys: vec2u,
  threshold: u32,
  scale: f32,
}

fn dropout_of(trial: u32, step: u32, layer_index: u32) -> Dropout {
  let key = dropout_key(trials[trial].seed, step, layer_index);
  return Dropout(keys_of(key, 0u), trials[trial].dropout_threshold[layer_index], trials[trial].dropout_scale[layer_index]);
}

/// `index` is row * units + unit.
fn dropout_factor(dropout: Dropout, index: u32) -> f32 {
  if (dropout.threshold == 0u) {
    return 1.0;
  }
  return select(dropout.scale, 0.0, keyed_hash(dropout.keys, index) < dropout.threshold);
}
