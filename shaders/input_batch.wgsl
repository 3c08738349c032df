// The input is the next batch: this is the first dispatch of a training step. Each workgroup works out the rows of its
// own tile from (seed, epoch, position); those of the first column of tiles also write the list that later dispatches
// read, and the first of all moves the trial's state to this step.
@group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@group(0) @binding(5) var<storage, read_write> row_list: array<u32>; // [trial, row]
@group(0) @binding(6) var<storage, read> train_rows: array<u32>;

const NO_ROW = 0xffffffffu;
var<workgroup> tile_rows: array<u32, TILE_ROWS>;

fn input_length() -> u32 {
  return min(arrayLength(&data), min(arrayLength(&row_list), arrayLength(&train_rows)));
}

/// `step` is being written in this dispatch; this is the same number.
fn current_step(trial: u32) -> u32 {
  return state[trial].next_step;
}

fn first_position(trial: u32) -> u32 {
  return (state[trial].next_step % layer.steps_per_epoch) * layer.rows;
}

fn rows_in_batch(trial: u32) -> u32 {
  return min(layer.rows, layer.train_rows - first_position(trial));
}

fn data_row(place: Place, row: u32) -> u32 {
  return tile_rows[row - place.group_m];
}

fn begin(place: Place) {
  let trial = place.trial;
  let count = rows_in_batch(trial);
  let key = shuffle_key(trials[trial].seed, state[trial].next_step / layer.steps_per_epoch);
  for (var i = place.thread; i < TILE_ROWS; i += THREADS) {
    let row = place.group_m + i;
    var at = NO_ROW;
    if (row < count) {
      var position = first_position(trial) + row;
      if (trials[trial].shuffled == 1u) {
        position = shuffled_row(position, layer.train_rows, key);
      }
      at = train_rows[position];
    }
    tile_rows[i] = at;
    if (place.group_n == 0u && row < layer.rows) {
      row_list[trial * layer.list_stride + row] = at;
    }
  }
  if (place.group_m == 0u && place.group_n == 0u && place.thread == 0u) {
    let step = state[trial].next_step;
    state[trial].step = step;
    state[trial].rows_in_batch = count;
    state[trial].rate = trials[trial].learning_rate * schedule_factor(trial, step);
    state[trial].correction1 = state[trial].correction1 * trials[trial].beta1 + trials[trial].one_minus_beta1;
    state[trial].correction2 = state[trial].correction2 * trials[trial].beta2 + trials[trial].one_minus_beta2;
  }
  workgroupBarrier();
}

/// Where a row's features lie. The first row that is trained on stands for one that a short batch lacks, whose errors are
/// 0: no other, since what overflows on the way forward makes NaN even of an error of 0.
fn input_at(trial: u32, row: u32) -> u32 {
  let at = tile_rows[row % TILE_ROWS];
  return select(at, train_rows[0], at == NO_ROW) * layer.data_stride;
}

fn input_value(at: u32, unit: u32) -> f32 {
  return data[at + unit];
}

/// For a network of one layer, whose input and targets meet in one dispatch.
fn target_value(at: u32, unit: u32) -> f32 {
  return data[(at + 1u) * layer.data_stride - layer.outputs - 1u + unit];
}

fn row_weight(at: u32) -> f32 {
  return data[(at + 1u) * layer.data_stride - 1u];
}
