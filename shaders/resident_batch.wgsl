// The next batch of the resident plan: its rows from (seed, epoch, position), one thread a row, then their features, one
// thread a vec4f of four rows.
@group(0) @binding(6) var<storage, read> train_rows: array<u32>;

const NO_ROW = 0xffffffffu;
override BATCH_ROWS: u32 = 4u * ROW_FOURS;
var<workgroup> batch: array<u32, BATCH_ROWS>; // row of the data set, NO_ROW where the batch is short

fn gather_batch(first: u32, epoch: u32) {
  let key = shuffle_key(trials[trial].seed, epoch);
  let shuffles = trials[trial].shuffled == 1u;
  for (var row = thread; row < 4u * row_fours; row += THREADS) {
    var position = min(first + row, plan.train_rows - 1u);
    if (shuffles) {
      position = shuffled_row(position, plan.train_rows, key);
    }
    batch[row] = select(NO_ROW, train_rows[position], row < rows);
  }
  workgroupBarrier();
  for (var i = thread; i < plan.columns * row_fours; i += THREADS) {
    let column = i / row_fours;
    let row = 4u * (i % row_fours);
    var values = vec4f();
    for (var k = 0u; k < 4u; k++) {
      values = vec4f(values.yzw, feature(batch[row + k], column));
    }
    units[origin() + i] = values;
  }
  units_barrier();
}

fn feature(at: u32, column: u32) -> f32 {
  if (at == NO_ROW) {
    return 0.0;
  }
  return data[at * plan.data_stride + column];
}

fn target_value(at: u32, output: u32) -> f32 {
  return data[at * plan.data_stride + plan.columns + output];
}

fn row_weight(at: u32) -> f32 {
  return data[(at + 1u) * plan.data_stride - 1u];
}
