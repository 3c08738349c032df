// SGD with momentum keeps a velocity.
@group(0) @binding(11) var<storage, read_write> velocities: array<f32>; // [trial, parameter]

fn slots_length() -> u32 {
  return arrayLength(&velocities);
}

fn slots_at(index: u32) -> vec2f {
  return vec2f(velocities[index], 0.0);
}

fn keep_slots(index: u32, slots: vec2f) {
  velocities[index] = slots.x;
}
