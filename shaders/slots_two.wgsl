// RMSprop and Adam keep two moments.
@group(0) @binding(11) var<storage, read_write> moments: array<vec2f>; // [trial, parameter]

fn slots_length() -> u32 {
  return arrayLength(&moments);
}

fn slots_at(index: u32) -> vec2f {
  return moments[index];
}

fn keep_slots(index: u32, slots: vec2f) {
  moments[index] = slots;
}
