// The optimizer's update of one parameter in the layered plan. UPDATE is an index in `updateNames`. Its optimizer state is one
// number under `velocity`, two under `moments`, and nothing for plain SGD.
import package::kernel::{optimizer_state, parameters, state};
import package::lib::optimizers::{Hyperparameters, hyperparameters_of, update_parameter};
import package::lib::tensor_training::{is_regularized, tensor_rate};

override UPDATE: u32 = 0u;

/// The same for all parameters of a trial: read once in each thread.
var<private> trial_hyperparameters: Hyperparameters;

fn read_hyperparameters(trial: u32) {
  trial_hyperparameters = hyperparameters_of(
    trial,
    state[trial].learning_rate,
    state[trial].bias_correction1,
    state[trial].bias_correction2,
  );
}

/// The shortest of the buffers that an update writes: see matmul/tile.wgsl.
fn updated_length() -> u32 {
  @if(velocity || moments) return min(arrayLength(&parameters), arrayLength(&optimizer_state));
  @else return min(arrayLength(&parameters), 0xffffffffu);
}

/// `unregularized`: l1, l2 and weight decay leave this parameter alone.
fn apply_gradient(index: u32, unregularized: bool, gradient: f32) {
  @if(moments) let previous = optimizer_state[index];
  @elif(velocity) let previous = vec2f(optimizer_state[index], 0.0);
  @else let previous = vec2f();
  let updated = update_parameter(UPDATE, trial_hyperparameters, unregularized, parameters[index], gradient, previous);
  parameters[index] = updated.parameter;
  @if(moments) optimizer_state[index] = updated.state;
  @elif(velocity) optimizer_state[index] = updated.state.x;
}

/// The same of a tensor that is trained in a way of its own: the first of its layer, or the second.
fn apply_tensor_gradient(index: u32, layer_index: u32, is_second: bool, gradient: f32) {
  let rate = tensor_rate(layer_index, is_second);
  if (rate == 0.0) {
    return;
  }
  let learning_rate = trial_hyperparameters.learning_rate;
  trial_hyperparameters.learning_rate = learning_rate * rate;
  apply_gradient(index, !is_regularized(layer_index, is_second), gradient);
  trial_hyperparameters.learning_rate = learning_rate;
}
