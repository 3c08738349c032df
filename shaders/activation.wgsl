// The activations of src/engine/reference/activations.ts. Which one is compiled in: the order of `activationNames`.
override ACTIVATION: u32 = 0u;

/// a = f(z). Arguments of exp and tanh are clamped: several drivers return NaN beyond their range.
fn activate(z: f32) -> f32 {
  switch ACTIVATION {
    case 1u: { // sigmoid
      return 1.0 / (1.0 + exp(-clamp(z, -80.0, 80.0)));
    }
    case 2u: { // tanh
      return tanh(clamp(z, -15.0, 15.0));
    }
    case 3u: { // relu
      return max(z, 0.0);
    }
    case 4u: { // leaky_relu
      return select(0.01 * z, z, z > 0.0);
    }
    default: { // identity
      return z;
    }
  }
}

/// f'(z), given a = f(z).
fn slope(a: f32) -> f32 {
  switch ACTIVATION {
    case 1u: {
      return a * (1.0 - a);
    }
    case 2u: {
      return 1.0 - a * a;
    }
    case 3u: {
      return select(0.0, 1.0, a > 0.0);
    }
    case 4u: {
      return select(0.01, 1.0, a > 0.0);
    }
    default: {
      return 1.0;
    }
  }
}
