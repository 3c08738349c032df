// The losses of src/engine/reference/losses.ts, per output. Which one is compiled in: the order of `lossNames`.
override LOSS: u32 = 0u;

fn loss_value(output: f32, goal: f32) -> f32 {
  let error = output - goal;
  return select(error * error, 0.5 * error * error, LOSS == 1u);
}

fn loss_slope(output: f32, goal: f32) -> f32 {
  let error = output - goal;
  return select(2.0 * error, error, LOSS == 1u);
}
