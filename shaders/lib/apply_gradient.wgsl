// The optimizer's update of one parameter in the layered plan. UPDATE is an index in `updateNames`. Its optimizer state is one
// number under `velocity`, two under `moments`, and nothing for plain SGD.
import package::kernel::{optimizer_state, parameters, state};
import package::lib::optimizers::{Hyperparameters, hyperparameters_of, update_parameter};

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

fn apply_gradient(index: u32, is_bias: bool, gradient: f32) {
  @if(moments) let previous = optimizer_state[index];
  @elif(velocity) let previous = vec2f(optimizer_state[index], 0.0);
  @else let previous = vec2f();
  let updated = update_parameter(UPDATE, trial_hyperparameters, is_bias, parameters[index], gradient, previous);
  parameters[index] = updated.parameter;
  @if(moments) optimizer_state[index] = updated.state;
  @elif(velocity) optimizer_state[index] = updated.state.x;
}
