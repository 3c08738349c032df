// The next batch of the resident kernel: its rows from (seed, epoch, position), one thread a row, then their features, one
// thread a vec4f of four rows.
import package::kernel::{ROW_FOURS, THREADS, activations, data, network, row_fours, rows, thread, train_rows, trial, trials};
import package::lib::random::{shuffle_key, shuffled_row};
import package::resident::memory::{activations_barrier, origin};

const MISSING_ROW = 0xffffffffu;
override BATCH_ROWS: u32 = 4u * ROW_FOURS;
/// Rows of the data set; MISSING_ROW where the batch is short.
var<workgroup> batch: array<u32, BATCH_ROWS>;

fn gather_batch(first: u32, epoch: u32) {
  let key = shuffle_key(trials[trial].seed, epoch);
  let shuffles = trials[trial].shuffled == 1u;
  for (var i = thread; i < 4u * row_fours; i += THREADS) {
    var position = min(first + i, network.train_rows - 1u);
    if (shuffles) {
      position = shuffled_row(position, network.train_rows, key);
    }
    batch[i] = select(MISSING_ROW, train_rows[position], i < rows);
  }
  workgroupBarrier();
  for (var i = thread; i < network.columns * row_fours; i += THREADS) {
    let column = i / row_fours;
    let row = 4u * (i % row_fours);
    var values = vec4f();
    for (var k = 0u; k < 4u; k++) {
      values = vec4f(values.yzw, feature_at(batch[row + k], column));
    }
    activations[origin() + i] = values;
  }
  activations_barrier();
}

fn feature_at(row: u32, column: u32) -> f32 {
  if (row == MISSING_ROW) {
    return 0.0;
  }
  return data[row * network.data_stride + column];
}

fn batch_target(row: u32, output: u32) -> f32 {
  return data[row * network.data_stride + network.columns + output];
}

fn batch_row_weight(row: u32) -> f32 {
  return data[(row + 1u) * network.data_stride - 1u];
}
