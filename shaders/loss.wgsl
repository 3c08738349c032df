// The losses of src/engine/reference/losses.ts that are a sum of one term per output. Which one is compiled in: the
// order of `lossNames`. softmax_cross_entropy takes a row's outputs together: see softmax.wgsl.
override LOSS: u32 = 0u;

/// The terms are divided by the rows of the batch alone, not by rows x outputs.
const PERCEPTRON = 6u;

fn loss_value(output: f32, goal: f32) -> f32 {
  let error = output - goal;
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
      return max(output, 0.0) - output * goal + log(1.0 + safe_exp(-abs(output)));
    }
    default: { // mse
      return error * error;
    }
  }
}

/// By the output; for the perceptron rule by the weighted sum.
fn loss_slope(output: f32, goal: f32) -> f32 {
  let error = output - goal;
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
      return sigmoid(output) - goal;
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

struct Judged {
  /// This output's share of the mean loss.
  loss: f32,
  /// dLoss/dz
  error: f32,
}

/// One output z of the last layer before its activation, held against its target.
fn judge(activation_kind: u32, z: f32, goal: f32, scale: f32) -> Judged {
  let y = activate(activation_kind, z);
  let through = select(slope(activation_kind, z, y), 1.0, LOSS == PERCEPTRON);
  return Judged(loss_value(y, goal) * scale, loss_slope(y, goal) * scale * through);
}
