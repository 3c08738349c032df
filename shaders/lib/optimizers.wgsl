// The optimizers of src/engine/reference/optimizers.ts, in PyTorch's definitions, one parameter at a time. `kind` is an index
// in `updateNames` (src/spec/optimizers.ts). The caller reads and writes the parameter and its optimizer state (what the optimizer
// keeps for it between steps).
import package::generated::constants::{UPDATE_MOMENTUM, UPDATE_RMSPROP, UPDATE_SGD};
import package::kernel::trials;

/// A trial's hyperparameters in one step.
struct Hyperparameters {
  /// The learning rate of this step, its schedule applied.
  learning_rate: f32,
  momentum: f32,
  nesterov: bool,
  alpha: f32,
  one_minus_alpha: f32,
  beta1: f32,
  beta2: f32,
  one_minus_beta1: f32,
  one_minus_beta2: f32,
  /// 1 - beta^t
  bias_correction1: f32,
  bias_correction2: f32,
  epsilon: f32,
  weight_decay: f32,
  l1: f32,
  l2: f32,
}

fn hyperparameters_of(
  trial: u32,
  learning_rate: f32,
  bias_correction1: f32,
  bias_correction2: f32,
) -> Hyperparameters {
  return Hyperparameters(
    learning_rate,
    trials[trial].momentum,
    trials[trial].nesterov == 1u,
    trials[trial].alpha,
    trials[trial].one_minus_alpha,
    trials[trial].beta1,
    trials[trial].beta2,
    trials[trial].one_minus_beta1,
    trials[trial].one_minus_beta2,
    bias_correction1,
    bias_correction2,
    trials[trial].epsilon,
    trials[trial].weight_decay,
    trials[trial].l1,
    trials[trial].l2,
  );
}

struct Updated {
  parameter: f32,
  state: vec2f,
}

/// l1 and l2 join the gradient, decoupled decay shrinks the weight, unless it is `unregularized`; then the optimizer's update.
fn update_parameter(kind: u32, h: Hyperparameters, unregularized: bool, parameter: f32, gradient: f32, previous: vec2f) -> Updated {
  let penalty = h.l2 * parameter + h.l1 * sign(parameter);
  let g = gradient + select(penalty, 0.0, unregularized);
  let w = parameter - select(h.learning_rate * h.weight_decay * parameter, 0.0, unregularized);
  switch kind {
    case UPDATE_SGD: {
      return Updated(w - h.learning_rate * g, previous);
    }
    case UPDATE_MOMENTUM: {
      return momentum_update(h, w, g, previous);
    }
    case UPDATE_RMSPROP: {
      return rmsprop_update(h, w, g, previous);
    }
    default: { // UPDATE_ADAM
      return adam_update(h, w, g, previous);
    }
  }
}

/// torch.optim.SGD with momentum: v = momentum v + g; w -= rate v, or rate (g + momentum v) with Nesterov's look ahead.
fn momentum_update(h: Hyperparameters, w: f32, g: f32, previous: vec2f) -> Updated {
  let velocity = h.momentum * previous.x + g;
  return Updated(w - h.learning_rate * select(velocity, g + h.momentum * velocity, h.nesterov), vec2f(velocity, 0.0));
}

/// torch.optim.RMSprop (Tieleman & Hinton 2012):
///   v = alpha v + (1 - alpha) g^2; b = momentum b + g / (sqrt(v) + epsilon); w -= rate b
fn rmsprop_update(h: Hyperparameters, w: f32, g: f32, previous: vec2f) -> Updated {
  let square = h.alpha * previous.x + h.one_minus_alpha * g * g;
  let step = h.momentum * previous.y + g / (sqrt(square) + h.epsilon);
  return Updated(w - h.learning_rate * step, vec2f(square, step));
}

/// torch.optim.Adam (Kingma & Ba 2015, epsilon outside the square root):
///   m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / c1) / (sqrt(v / c2) + epsilon)   with c = 1 - b^t
fn adam_update(h: Hyperparameters, w: f32, g: f32, previous: vec2f) -> Updated {
  let mean = h.beta1 * previous.x + h.one_minus_beta1 * g;
  let square = h.beta2 * previous.y + h.one_minus_beta2 * g * g;
  let deviation = sqrt(square / h.bias_correction2) + h.epsilon;
  return Updated(w - h.learning_rate * (mean / h.bias_correction1) / deviation, vec2f(mean, square));
}
