// torch.optim.SGD with momentum: v = momentum v + g; w -= learning_rate v.
@group(0) @binding(11) var<storage, read_write> velocity: array<f32>; // [trial, parameter]

fn update(trial: u32, index: u32, parameter: f32, gradient: f32) -> f32 {
  let next = trials[trial].momentum * velocity[index] + gradient;
  velocity[index] = next;
  return parameter - trials[trial].learning_rate * next;
}
