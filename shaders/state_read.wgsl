// For the dispatches of a step that only read where their trial is.
@group(0) @binding(2) var<storage, read> state: array<State>;

fn current_step(trial: u32) -> u32 {
  return state[trial].step;
}
