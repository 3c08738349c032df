// Which trials take a step in a step of the population (src/engine/step-schedule.ts): a trial with fewer steps in an epoch than the
// population spreads them evenly. `phase` is (step of the epoch x trial's steps) mod population's steps, carried from step to
// step because the product of two u32 may overflow: a trial's step is due when phase + steps reaches the population's, and
// then floor((step + 1) x steps / population steps) has grown by one. At the end of an epoch the phase is back at 0.

fn is_due(phase: u32, steps: u32, population_steps: u32) -> bool {
  return phase + steps >= population_steps;
}

fn next_phase(phase: u32, steps: u32, population_steps: u32) -> u32 {
  return select(phase + steps, phase + steps - population_steps, is_due(phase, steps, population_steps));
}
