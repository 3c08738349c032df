// The data set of the layered plan: `data` [row, features, targets, weight], and lists of its rows in `row_list`.
import package::kernel::{data, layer, row_list};

/// In a list of rows: where a batch or a window of rows is not full.
const NO_ROW = 0xffffffffu;

fn target_at(row: u32, output: u32) -> f32 {
  return data[(row + 1u) * layer.data_stride - layer.outputs - 1u + output];
}

fn row_weight(row: u32) -> f32 {
  return data[(row + 1u) * layer.data_stride - 1u];
}

/// Where the features of a listed row begin. Row 0 stands for one that is missing: features are finite, and meet a delta of 0.
fn listed_row_offset(trial: u32, index: u32) -> u32 {
  let row = row_list[trial * layer.list_stride + index];
  return select(row * layer.data_stride, 0u, row == NO_ROW);
}
