// The losses of src/engine/reference/losses.ts that are a sum of one term per output. LOSS is an index in `lossNames`
// (src/spec/settings.ts). softmax_cross_entropy takes a row's outputs together: see softmax.wgsl.
import package::lib::activations::{activate, derivative, safe_exp, sigmoid};

override LOSS: u32 = 0u;

/// The terms are divided by the rows of the batch alone, not by rows x outputs.
const PERCEPTRON = 6u;

fn loss_value(output: f32, target_value: f32) -> f32 {
  let error = output - target_value;
  switch LOSS {
    case 1u, 6u: { // half_mse, perceptron
      return 0.5 * error * error;
    }
    case 2u: { // mae
      return abs(error);
    }
    case 3u: { // huber
      return select(abs(error) - 0.5, 0.5 * error * error, abs(error) <= 1.0);
    }
    case 4u: { // binary_cross_entropy, on logits
      return max(output, 0.0) - output * target_value + log(1.0 + safe_exp(-abs(output)));
    }
    default: { // mse
      return error * error;
    }
  }
}

/// By the output; for the perceptron rule by the weighted sum.
fn loss_derivative(output: f32, target_value: f32) -> f32 {
  let error = output - target_value;
  switch LOSS {
    case 1u, 6u: {
      return error;
    }
    case 2u: {
      return sign(error);
    }
    case 3u: {
      return clamp(error, -1.0, 1.0);
    }
    case 4u: {
      return sigmoid(output) - target_value;
    }
    default: {
      return 2.0 * error;
    }
  }
}

/// What a row's terms are multiplied by: its weight, over the number of terms that the mean is taken over.
fn loss_scale(row_weight: f32, rows: u32, outputs: u32) -> f32 {
  return row_weight / (f32(rows) * select(f32(outputs), 1.0, LOSS == PERCEPTRON));
}

struct LossAndDelta {
  /// This output's share of the mean loss.
  loss: f32,
  /// dLoss/dz
  delta: f32,
}

/// Of one output of the last layer, from its weighted sum z.
fn loss_and_delta(activation: u32, z: f32, target_value: f32, scale: f32) -> LossAndDelta {
  let y = activate(activation, z);
  let dy_dz = select(derivative(activation, z, y), 1.0, LOSS == PERCEPTRON);
  return LossAndDelta(loss_value(y, target_value) * scale, loss_derivative(y, target_value) * scale * dy_dz);
}
