// torch.optim.Adam (Kingma & Ba 2015, epsilon outside the square root):
//   m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / c1) / (sqrt(v / c2) + epsilon)
// with c = 1 - b^t kept in the trial's state.
@group(0) @binding(11) var<storage, read_write> moments: array<vec2f>; // [trial, parameter]: m and v

fn update(trial: u32, index: u32, parameter: f32, gradient: f32) -> f32 {
  let mean = trials[trial].beta1 * moments[index].x + trials[trial].one_minus_beta1 * gradient;
  let square = trials[trial].beta2 * moments[index].y + trials[trial].one_minus_beta2 * gradient * gradient;
  moments[index] = vec2f(mean, square);
  let corrected = mean / state[trial].correction1;
  let deviation = sqrt(square / state[trial].correction2) + trials[trial].epsilon;
  return parameter - state[trial].rate * corrected / deviation;
}
