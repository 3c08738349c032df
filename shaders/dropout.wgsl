// Dropout's d: 1, or with dropout either 0 or 1 / (1 - rate), by a hash of (seed, step, layer, row, unit). `place` is
// row * units + unit.

fn dropout_factor(trial: u32, step: u32, layer_index: u32, place: u32) -> f32 {
  let threshold = trials[trial].dropout_threshold[layer_index];
  if (threshold == 0u) {
    return 1.0;
  }
  let key = dropout_key(trials[trial].seed, step, layer_index);
  return select(trials[trial].dropout_scale[layer_index], 0.0, hash2(key, place) < threshold);
}
