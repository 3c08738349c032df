// The activations of src/engine/reference/activations.ts. `kind` is an index in `activationNames` (src/spec/activations.ts).
import package::generated::constants::{
  ACTIVATION_ELU, ACTIVATION_GELU, ACTIVATION_LEAKY_RELU, ACTIVATION_MISH, ACTIVATION_RELU, ACTIVATION_SIGMOID,
  ACTIVATION_SILU, ACTIVATION_SOFTPLUS, ACTIVATION_STEP, ACTIVATION_TANH
};

/// exp for arguments of any size: several drivers return NaN beyond their range.
fn safe_exp(x: f32) -> f32 {
  return exp(clamp(x, -80.0, 80.0));
}

fn sigmoid(z: f32) -> f32 {
  return 1.0 / (1.0 + safe_exp(-z));
}

/// The standard normal distribution function; erf to 1.5e-7 (Abramowitz & Stegun 7.1.26).
fn normal_cdf(z: f32) -> f32 {
  let x = abs(z) * 0.70710678;
  let t = 1.0 / (1.0 + 0.3275911 * x);
  let series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let above = 0.5 * series * safe_exp(-x * x);
  return select(above, 1.0 - above, z > 0.0);
}

/// From 20 on, mish(z) is z and its square is still a number.
fn exp_up_to_20(z: f32) -> f32 {
  return safe_exp(min(z, 20.0));
}

/// n in tanh(softplus(z)) = n / (n + 2), from e = exp(z)
fn mish_product(e: f32) -> f32 {
  return e * (e + 2.0);
}

/// a = f(z)
fn activate(kind: u32, z: f32) -> f32 {
  switch kind {
    case ACTIVATION_STEP: {
      return select(0.0, 1.0, z > 0.0);
    }
    case ACTIVATION_SIGMOID: {
      return sigmoid(z);
    }
    case ACTIVATION_TANH: {
      return tanh(clamp(z, -15.0, 15.0));
    }
    case ACTIVATION_RELU: {
      return max(z, 0.0);
    }
    case ACTIVATION_LEAKY_RELU: {
      return select(0.01 * z, z, z > 0.0);
    }
    case ACTIVATION_ELU: {
      return select(safe_exp(z) - 1.0, z, z > 0.0);
    }
    case ACTIVATION_GELU: {
      return z * normal_cdf(z);
    }
    case ACTIVATION_SILU: {
      return z * sigmoid(z);
    }
    case ACTIVATION_SOFTPLUS: {
      return max(z, 0.0) + log(1.0 + safe_exp(-abs(z)));
    }
    case ACTIVATION_MISH: {
      let n = mish_product(exp_up_to_20(z));
      return z * (n / (n + 2.0));
    }
    default: { // ACTIVATION_IDENTITY
      return z;
    }
  }
}

/// f'(z), given z and a = f(z)
fn derivative(kind: u32, z: f32, a: f32) -> f32 {
  switch kind {
    case ACTIVATION_STEP: {
      return 0.0;
    }
    case ACTIVATION_SIGMOID: {
      return a * (1.0 - a);
    }
    case ACTIVATION_TANH: {
      return 1.0 - a * a;
    }
    case ACTIVATION_RELU: {
      return select(0.0, 1.0, z > 0.0);
    }
    case ACTIVATION_LEAKY_RELU: {
      return select(0.01, 1.0, z > 0.0);
    }
    case ACTIVATION_ELU: {
      return select(a + 1.0, 1.0, z > 0.0);
    }
    case ACTIVATION_GELU: {
      return normal_cdf(z) + z * 0.39894228 * safe_exp(-0.5 * z * z);
    }
    case ACTIVATION_SILU: {
      return a + sigmoid(z) * (1.0 - a);
    }
    case ACTIVATION_SOFTPLUS: {
      return sigmoid(z);
    }
    case ACTIVATION_MISH: {
      let e = exp_up_to_20(z);
      let n = mish_product(e);
      return (n + 4.0 * z * e * ((1.0 + e) / (n + 2.0))) / (n + 2.0);
    }
    default: { // ACTIVATION_IDENTITY
      return 1.0;
    }
  }
}
