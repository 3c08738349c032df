// The loss of a batch in the resident plan, a row's outputs together (see softmax.wgsl).

var<private> last_layer: u32;

fn row_errors(first_out: u32, row: u32, at: u32) -> f32 {
  last_layer = first_out;
  return softmax_errors(row, at, plan.outputs, row_weight(at) / f32(rows));
}

fn row_value(row: u32, o: u32) -> f32 {
  return units[last_layer + o * row_fours + row / 4u][row % 4u];
}

fn set_row_value(row: u32, o: u32, value: f32) {
  units[last_layer + o * row_fours + row / 4u][row % 4u] = value;
}
