// torch.optim.SGD with momentum: v = momentum v + g; w -= rate v, or rate (g + momentum v) with Nesterov's look ahead.
@group(0) @binding(11) var<storage, read_write> velocity: array<f32>; // [trial, parameter]

fn update(trial: u32, index: u32, parameter: f32, gradient: f32) -> f32 {
  let momentum = trials[trial].momentum;
  let next = momentum * velocity[index] + gradient;
  velocity[index] = next;
  return parameter - state[trial].rate * select(next, gradient + momentum * next, trials[trial].nesterov == 1u);
}
