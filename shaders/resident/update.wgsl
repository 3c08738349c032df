// What becomes of a gradient in the resident kernel: the optimizer applies it at once (FUSED; see lib/optimizers.wgsl), or it is
// stored in `gradients` until the whole gradient is there and all parameters are updated in one go. It has to wait where the
// trial clips:
//   g *= min(1, clip_norm / (|g| + 1e-6))   with |g| over all parameters of the trial, before l1 and l2;
// and it waits on an adapter that computes both sides of every branch where trials have different optimizers, so that the choice
// of one is outside the loop over parameters.
import package::generated::constants::{ALL_UPDATES, UPDATE_ADAM, UPDATE_MOMENTUM, UPDATE_RMSPROP, UPDATE_SGD};
import package::kernel::{
  THREADS, clips, first_parameter, gradients, hyperparameters, layer_shape, network, optimizer_state, parameters, thread, trial,
  trials, update_kind
};
import package::lib::optimizers::update_parameter;

override FUSED: bool = true;
/// Whether any trial clips.
override CLIPS: bool = false;
/// Bit k: some trial has update k. Only for adapters that take long over every instruction: the others are not compiled.
override UPDATES: u32 = ALL_UPDATES;

/// Parts that the sum of squares is taken in, however many threads there are: the order of a sum is fixed.
const SQUARE_PARTS = 64u;
var<workgroup> part_squares: array<f32, SQUARE_PARTS>;

fn apply_or_store(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  // Two questions, so that where the first is answered by a constant nothing is compiled for the other.
  if (!FUSED) {
    gradients[index] = gradient;
  } else if (CLIPS && clips) {
    gradients[index] = gradient;
  } else {
    apply_update(index, is_bias, parameter, gradient);
  }
}

fn apply_update(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  let kind = own_update_kind();
  var previous = vec2f();
  if (kind != UPDATE_SGD) {
    previous = optimizer_state[index];
  }
  let updated = update_parameter(kind, hyperparameters, is_bias, parameter, gradient, previous);
  parameters[index] = updated.parameter;
  if (kind != UPDATE_SGD) {
    optimizer_state[index] = updated.state;
  }
}

/// The trial's update; a constant where all trials have the same.
fn own_update_kind() -> u32 {
  if (countOneBits(UPDATES) == 1u) {
    return firstTrailingBit(UPDATES);
  }
  return update_kind;
}

fn update_stored() {
  var scale = 1.0;
  if (CLIPS) {
    scale = clip_scale();
  }
  switch update_kind {
    case UPDATE_SGD: {
      if ((UPDATES & (1u << UPDATE_SGD)) != 0u) {
        update_layers(UPDATE_SGD, scale);
      }
    }
    case UPDATE_MOMENTUM: {
      if ((UPDATES & (1u << UPDATE_MOMENTUM)) != 0u) {
        update_layers(UPDATE_MOMENTUM, scale);
      }
    }
    case UPDATE_RMSPROP: {
      if ((UPDATES & (1u << UPDATE_RMSPROP)) != 0u) {
        update_layers(UPDATE_RMSPROP, scale);
      }
    }
    default: {
      if ((UPDATES & (1u << UPDATE_ADAM)) != 0u) {
        update_layers(UPDATE_ADAM, scale);
      }
    }
  }
  storageBarrier();
  workgroupBarrier();
}

fn update_layers(kind: u32, scale: f32) {
  for (var layer = 0u; layer < network.layers; layer++) {
    let shape = layer_shape(layer);
    for (var i = shape.weight + thread; i < shape.bias + shape.outputs; i += THREADS) {
      var previous = vec2f();
      if (kind != UPDATE_SGD) {
        previous = optimizer_state[i];
      }
      let updated = update_parameter(kind, hyperparameters, i >= shape.bias, parameters[i], gradients[i] * scale, previous);
      parameters[i] = updated.parameter;
      if (kind != UPDATE_SGD) {
        optimizer_state[i] = updated.state;
      }
    }
  }
}

fn clip_scale() -> f32 {
  for (var part = thread; part < SQUARE_PARTS; part += THREADS) {
    var squares = 0.0;
    for (var i = first_parameter + part; i < first_parameter + network.parameters; i += SQUARE_PARTS) {
      squares += gradients[i] * gradients[i];
    }
    part_squares[part] = squares;
  }
  workgroupBarrier();
  var squares = 0.0;
  for (var part = 0u; part < SQUARE_PARTS; part++) {
    squares += part_squares[part];
  }
  return select(1.0, min(1.0, trials[trial].clip_norm / (sqrt(squares) + 1e-6)), clips);
}
