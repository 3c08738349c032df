// The input is the features of listed rows of the data set: [row, feature] at row_list[row].
@group(0) @binding(4) var<storage, read> data: array<f32>;

fn input_length() -> u32 {
  return min(arrayLength(&data), arrayLength(&row_list));
}

fn begin(place: Place) {}

/// Where a row's features lie. Row 0 stands for one that a short batch lacks: features are finite, and meet an error of 0.
fn input_at(trial: u32, row: u32) -> u32 {
  let at = row_list[trial * layer.list_stride + row];
  return select(at * layer.data_stride, 0u, at == NO_ROW);
}

fn input_value(at: u32, unit: u32) -> f32 {
  return data[at + unit];
}
