// The clock of src/engine/clock.ts. `phase` is (within x steps) mod ticks, carried from tick to tick instead of computed,
// since the product of two u32 may not fit: a step is due in the tick in which phase + steps reaches ticks, and then
// floor((within + 1) x steps / ticks) has grown by one. At the end of an epoch the phase is back at 0 by itself.

fn is_due(phase: u32, steps: u32, ticks: u32) -> bool {
  return phase + steps >= ticks;
}

fn next_phase(phase: u32, steps: u32, ticks: u32) -> u32 {
  return select(phase + steps, phase + steps - ticks, is_due(phase, steps, ticks));
}
