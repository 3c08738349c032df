// torch.optim.RMSprop (Tieleman & Hinton 2012):
//   v = alpha v + (1 - alpha) g^2; b = momentum b + g / (sqrt(v) + epsilon); w -= rate b
@group(0) @binding(11) var<storage, read_write> moments: array<vec2f>; // [trial, parameter]: v and b

fn update(trial: u32, index: u32, parameter: f32, gradient: f32) -> f32 {
  let square = trials[trial].alpha * moments[index].x + trials[trial].one_minus_alpha * gradient * gradient;
  let step = trials[trial].momentum * moments[index].y + gradient / (sqrt(square) + trials[trial].epsilon);
  moments[index] = vec2f(square, step);
  return parameter - state[trial].rate * step;
}
