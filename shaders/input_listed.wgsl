// The input is the features of listed rows of the data set: [row, feature] at row_list[row].
@group(0) @binding(4) var<storage, read> data: array<f32>;

fn begin(place: Place) {}

fn input_value(trial: u32, row: u32, unit: u32) -> f32 {
  let at = row_list[trial * layer.list_stride + row];
  if (at == NO_ROW) {
    return 0.0;
  }
  return data[at * layer.data_stride + unit];
}
