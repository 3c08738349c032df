// Softmax cross entropy of one row, shifted by its largest logit: with p = softmax over o,
//   loss = log sum_o exp z - sum_o t z        delta[o] = (p - t) scale
// for targets t that add up to 1 in a row, the labels smoothed (lib/losses.wgsl). The kernel says where a row's logits are, which its deltas take the place of.
import package::kernel::{row_target, row_value, set_row_value};
import package::lib::activations::safe_exp;
import package::lib::losses::smoothed_target;

/// Turns the logits of a row that begins at `first` into deltas; returns its share of the loss. `row` is that of the data set.
fn softmax_loss_and_deltas(first: u32, row: u32, outputs: u32, label_smoothing: f32, scale: f32) -> f32 {
  var largest = row_value(first, 0u);
  for (var o = 1u; o < outputs; o++) {
    largest = max(largest, row_value(first, o));
  }
  var sum = 0.0;
  var product = 0.0;
  for (var o = 0u; o < outputs; o++) {
    sum += safe_exp(row_value(first, o) - largest);
    let target_value = smoothed_target(row_target(row, o), label_smoothing, f32(outputs));
    product += target_value * (row_value(first, o) - largest);
  }
  for (var o = 0u; o < outputs; o++) {
    let target_value = smoothed_target(row_target(row, o), label_smoothing, f32(outputs));
    set_row_value(first, o, (safe_exp(row_value(first, o) - largest) / sum - target_value) * scale);
  }
  return (log(sum) - product) * scale;
}
