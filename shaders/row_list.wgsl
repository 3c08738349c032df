// A list of rows of the data set: the batch that the first dispatch of a step wrote, or the rows of an evaluation.
@group(0) @binding(5) var<storage, read> row_list: array<u32>; // [trial, row], NO_ROW where a batch is short

const NO_ROW = 0xffffffffu;

/// Only while training.
fn rows_in_batch(trial: u32) -> u32 {
  return state[trial].rows_in_batch;
}

fn data_row(place: Place, row: u32) -> u32 {
  return row_list[place.trial * layer.list_stride + row];
}

@group(0) @binding(10) var<storage, read> target_data: array<f32>; // [row, features, targets, weight]

fn target_value(at: u32, unit: u32) -> f32 {
  return target_data[(at + 1u) * layer.data_stride - layer.outputs - 1u + unit];
}

fn row_weight(at: u32) -> f32 {
  return target_data[(at + 1u) * layer.data_stride - 1u];
}
