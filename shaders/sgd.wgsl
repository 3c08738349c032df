// Plain stochastic gradient descent: w -= rate g. For populations in which no trial has momentum.

fn update(trial: u32, index: u32, parameter: f32, gradient: f32) -> f32 {
  return parameter - state[trial].rate * gradient;
}
