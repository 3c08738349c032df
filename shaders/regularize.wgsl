// What happens to a parameter once its gradient is there: l1 and l2 join the gradient, decoupled decay shrinks the
// weight, both for weights alone; then the optimizer (sgd.wgsl, momentum.wgsl, rmsprop.wgsl, adam.wgsl) updates it.
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]

fn apply(trial: u32, index: u32, is_bias: bool, gradient: f32) {
  var parameter = parameters[index];
  var slope = gradient;
  if (!is_bias) {
    slope += trials[trial].l2 * parameter + trials[trial].l1 * sign(parameter);
    parameter -= state[trial].rate * trials[trial].weight_decay * parameter;
  }
  parameters[index] = update(trial, index, parameter, slope);
}
