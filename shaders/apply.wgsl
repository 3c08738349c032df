// A gradient is there: the optimizer takes it (see optimizer.wgsl). Which optimizer is compiled in.
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]

override UPDATE: u32 = 0u;

/// The same for all parameters of a trial: read once a thread.
var<private> rule: Rule;

fn prepare_rule(trial: u32) {
  rule = rule_of(trial, state[trial].rate, state[trial].correction1, state[trial].correction2);
}

fn updated_length() -> u32 {
  return min(arrayLength(&parameters), slots_length());
}

fn apply(index: u32, is_bias: bool, gradient: f32) {
  let updated = optimize(UPDATE, rule, is_bias, parameters[index], gradient, slots_at(index));
  parameters[index] = updated.parameter;
  keep_slots(index, updated.slots);
}
