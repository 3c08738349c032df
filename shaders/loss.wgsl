// The losses of src/engine/reference/losses.ts that are a sum of one term per output. Which one is compiled in: the
// order of `lossNames`. softmax_cross_entropy takes a row's outputs together: see forward_softmax.wgsl.
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
