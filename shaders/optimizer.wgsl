// The optimizers of src/engine/reference/optimizers.ts, in PyTorch's definitions, one parameter at a time; `kind` counts
// in the order of `updateNames`. Everything here is a function of its arguments: where a parameter and its slots (what an
// optimizer keeps for it between steps) lie is the business of whoever calls.

/// A trial's numbers in one step.
struct Rule {
  /// The learning rate of this step, its schedule applied.
  rate: f32,
  momentum: f32,
  nesterov: bool,
  alpha: f32,
  one_minus_alpha: f32,
  beta1: f32,
  beta2: f32,
  one_minus_beta1: f32,
  one_minus_beta2: f32,
  /// 1 - beta^t
  correction1: f32,
  correction2: f32,
  epsilon: f32,
  weight_decay: f32,
  l1: f32,
  l2: f32,
}

fn rule_of(trial: u32, rate: f32, correction1: f32, correction2: f32) -> Rule {
  return Rule(
    rate,
    trials[trial].momentum,
    trials[trial].nesterov == 1u,
    trials[trial].alpha,
    trials[trial].one_minus_alpha,
    trials[trial].beta1,
    trials[trial].beta2,
    trials[trial].one_minus_beta1,
    trials[trial].one_minus_beta2,
    correction1,
    correction2,
    trials[trial].epsilon,
    trials[trial].weight_decay,
    trials[trial].l1,
    trials[trial].l2,
  );
}

struct Updated {
  parameter: f32,
  slots: vec2f,
}

const SGD = 0u;
const MOMENTUM = 1u;
const RMSPROP = 2u;
const ADAM = 3u;

/// l1 and l2 join the gradient, decoupled decay shrinks the weight, both for weights alone; then the optimizer's update.
fn optimize(kind: u32, rule: Rule, is_bias: bool, parameter: f32, gradient: f32, slots: vec2f) -> Updated {
  let penalty = rule.l2 * parameter + rule.l1 * sign(parameter);
  let g = gradient + select(penalty, 0.0, is_bias);
  let w = parameter - select(rule.rate * rule.weight_decay * parameter, 0.0, is_bias);
  switch kind {
    case SGD: {
      return Updated(w - rule.rate * g, slots);
    }
    case MOMENTUM: {
      return momentum(rule, w, g, slots);
    }
    case RMSPROP: {
      return rmsprop(rule, w, g, slots);
    }
    default: {
      return adam(rule, w, g, slots);
    }
  }
}

/// torch.optim.SGD with momentum: v = momentum v + g; w -= rate v, or rate (g + momentum v) with Nesterov's look ahead.
fn momentum(rule: Rule, w: f32, g: f32, slots: vec2f) -> Updated {
  let velocity = rule.momentum * slots.x + g;
  return Updated(w - rule.rate * select(velocity, g + rule.momentum * velocity, rule.nesterov), vec2f(velocity, 0.0));
}

/// torch.optim.RMSprop (Tieleman & Hinton 2012):
///   v = alpha v + (1 - alpha) g^2; b = momentum b + g / (sqrt(v) + epsilon); w -= rate b
fn rmsprop(rule: Rule, w: f32, g: f32, slots: vec2f) -> Updated {
  let square = rule.alpha * slots.x + rule.one_minus_alpha * g * g;
  let step = rule.momentum * slots.y + g / (sqrt(square) + rule.epsilon);
  return Updated(w - rule.rate * step, vec2f(square, step));
}

/// torch.optim.Adam (Kingma & Ba 2015, epsilon outside the square root):
///   m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (m / c1) / (sqrt(v / c2) + epsilon)   with c = 1 - b^t
fn adam(rule: Rule, w: f32, g: f32, slots: vec2f) -> Updated {
  let mean = rule.beta1 * slots.x + rule.one_minus_beta1 * g;
  let square = rule.beta2 * slots.y + rule.one_minus_beta2 * g * g;
  let deviation = sqrt(square / rule.correction2) + rule.epsilon;
  return Updated(w - rule.rate * (mean / rule.correction1) / deviation, vec2f(mean, square));
}
