// Plain SGD keeps nothing between steps. For populations in which no trial has momentum.

fn slots_length() -> u32 {
  return 0xffffffffu;
}

fn slots_at(index: u32) -> vec2f {
  return vec2f();
}

fn keep_slots(index: u32, slots: vec2f) {}
