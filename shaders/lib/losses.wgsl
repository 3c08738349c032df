// The losses of src/engine/reference/losses.ts that are a sum of one term per output. LOSS is an index in `lossNames`
// (src/spec/losses.ts). softmax_cross_entropy takes a row's outputs together: see softmax.wgsl.
import package::generated::constants::{
  LOSSES_BY_SUM, LOSSES_OVER_ROWS, LOSS_BINARY_CROSS_ENTROPY, LOSS_HALF_MSE, LOSS_HUBER, LOSS_MAE, LOSS_PERCEPTRON
};
import package::lib::activations::{activate, derivative, safe_exp, sigmoid};

override LOSS: u32 = 0u;

fn over_rows() -> bool {
  return ((LOSSES_OVER_ROWS >> LOSS) & 1u) == 1u;
}

/// The derivative is by the weighted sum already: the activation has no say.
fn by_sum() -> bool {
  return ((LOSSES_BY_SUM >> LOSS) & 1u) == 1u;
}

fn loss_value(output: f32, target_value: f32) -> f32 {
  let error = output - target_value;
  switch LOSS {
    case LOSS_HALF_MSE, LOSS_PERCEPTRON: {
      return 0.5 * error * error;
    }
    case LOSS_MAE: {
      return abs(error);
    }
    case LOSS_HUBER: {
      return select(abs(error) - 0.5, 0.5 * error * error, abs(error) <= 1.0);
    }
    case LOSS_BINARY_CROSS_ENTROPY: { // on logits
      return max(output, 0.0) - output * target_value + log(1.0 + safe_exp(-abs(output)));
    }
    default: { // LOSS_MSE
      return error * error;
    }
  }
}

/// By the output; by the weighted sum where `by_sum`.
fn loss_derivative(output: f32, target_value: f32) -> f32 {
  let error = output - target_value;
  switch LOSS {
    case LOSS_HALF_MSE, LOSS_PERCEPTRON: {
      return error;
    }
    case LOSS_MAE: {
      return sign(error);
    }
    case LOSS_HUBER: {
      return clamp(error, -1.0, 1.0);
    }
    case LOSS_BINARY_CROSS_ENTROPY: {
      return sigmoid(output) - target_value;
    }
    default: { // LOSS_MSE
      return 2.0 * error;
    }
  }
}

/// Label smoothing: (1 - e) t + e / k for a target t of one of k classes; exactly t where e is 0.
fn smoothed_target(target_value: f32, label_smoothing: f32, classes: f32) -> f32 {
  return target_value + label_smoothing * (1.0 / classes - target_value);
}

/// What a row's terms are multiplied by: its weight, over the number of terms that the mean is taken over.
fn loss_scale(row_weight: f32, rows: u32, outputs: u32) -> f32 {
  return row_weight / (f32(rows) * select(f32(outputs), 1.0, over_rows()));
}

struct LossAndDelta {
  /// This output's share of the mean loss.
  loss: f32,
  /// dLoss/dz
  delta: f32,
}

/// Of one output of the last layer, from its weighted sum z. Labels are smoothed for losses of two classes an output alone;
/// with others `label_smoothing` is 0.
fn loss_and_delta(activation: u32, z: f32, label: f32, label_smoothing: f32, scale: f32) -> LossAndDelta {
  let target_value = smoothed_target(label, label_smoothing, 2.0);
  let y = activate(activation, z);
  let dy_dz = select(derivative(activation, z, y), 1.0, by_sum());
  return LossAndDelta(loss_value(y, target_value) * scale, loss_derivative(y, target_value) * scale * dy_dz);
}
