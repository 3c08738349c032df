// Softmax cross entropy of one row, shifted by its largest logit: with p = softmax over o,
//   loss = log sum_o exp z - sum_o t z        error[o] = (p - t) scale
// for targets t that add up to 1 in a row. Where a row's logits lie, and its errors in their place, is the business of
// the file this is joined to: `row_value(first, o)` and `set_row_value(first, o, value)`.

/// Turns the logits of a row that begins at `first` into errors; returns its share of the loss. `at` is its data row.
fn softmax_errors(first: u32, at: u32, outputs: u32, scale: f32) -> f32 {
  var largest = row_value(first, 0u);
  for (var o = 1u; o < outputs; o++) {
    largest = max(largest, row_value(first, o));
  }
  var sum = 0.0;
  var product = 0.0;
  for (var o = 0u; o < outputs; o++) {
    sum += safe_exp(row_value(first, o) - largest);
    product += target_value(at, o) * (row_value(first, o) - largest);
  }
  for (var o = 0u; o < outputs; o++) {
    set_row_value(first, o, (safe_exp(row_value(first, o) - largest) / sum - target_value(at, o)) * scale);
  }
  return (log(sum) - product) * scale;
}
