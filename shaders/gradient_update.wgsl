// A gradient is taken by the optimizer at once.

fn take(trial: u32, index: u32, is_bias: bool, gradient: f32) {
  apply(trial, index, is_bias, gradient);
}

fn finish(place: Place, group: vec3u, groups: vec3u) {
  end_step(place.trial, place.thread, group);
}
