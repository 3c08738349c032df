// A gradient is taken by the optimizer at once. `at` counts from the layer's first parameter.

fn taken_length() -> u32 {
  return updated_length();
}

fn prepare(trial: u32) {
  prepare_rule(trial);
}

fn take(trial: u32, slice: u32, at: u32, is_bias: bool, gradient: f32) {
  apply(trial * layer.parameters + layer.weight + at, is_bias, gradient);
}

fn finish(place: Place, group: vec3u, groups: vec3u) {
  end_step(place.trial, place.thread, group);
}
