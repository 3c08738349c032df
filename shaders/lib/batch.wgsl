// Begins a training step of the layered plan, in its first dispatch. Each workgroup computes the rows of its own tile from
// (seed, epoch, position); those of the first column of tiles also write the list that later dispatches read, and the first of
// all moves the trial's state to this step.
import package::kernel::{layer, row_list, state, train_rows, trials};
import package::lib::dataset::NO_ROW;
import package::lib::random::{shuffle_key, shuffled_row};
import package::lib::schedule::schedule_factor;
import package::matmul::tile::{TILE_ROWS, TILE_THREADS, Tile};

/// The data set's rows of this tile.
var<workgroup> tile_rows: array<u32, TILE_ROWS>;

fn first_position(trial: u32) -> u32 {
  return (state[trial].next_step % layer.steps_per_epoch) * layer.rows;
}

/// Fewer than `layer.rows` in the last batch of an epoch.
fn rows_of_next_batch(trial: u32) -> u32 {
  return min(layer.rows, layer.train_rows - first_position(trial));
}

fn begin_step(tile: Tile) {
  let trial = tile.trial;
  let count = rows_of_next_batch(trial);
  let key = shuffle_key(trials[trial].seed, state[trial].next_step / layer.steps_per_epoch);
  for (var i = tile.thread; i < TILE_ROWS; i += TILE_THREADS) {
    let index = tile.group_m + i;
    var row = NO_ROW;
    if (index < count) {
      var position = first_position(trial) + index;
      if (trials[trial].shuffled == 1u) {
        position = shuffled_row(position, layer.train_rows, key);
      }
      row = train_rows[position];
    }
    tile_rows[i] = row;
    if (tile.group_n == 0u && index < layer.rows) {
      row_list[trial * layer.list_stride + index] = row;
    }
  }
  if (tile.group_m == 0u && tile.group_n == 0u && tile.thread == 0u) {
    let step = state[trial].next_step;
    state[trial].step = step;
    state[trial].rows_in_batch = count;
    state[trial].learning_rate = trials[trial].learning_rate * schedule_factor(trial, step);
    state[trial].bias_correction1 = state[trial].bias_correction1 * trials[trial].beta1 + trials[trial].one_minus_beta1;
    state[trial].bias_correction2 = state[trial].bias_correction2 * trials[trial].beta2 + trials[trial].one_minus_beta2;
  }
  workgroupBarrier();
}

/// Where the features of a row of this tile begin. The first row that is trained on stands for one that a short batch lacks,
/// whose deltas are 0: no other, since what overflows on the way forward makes NaN even of a delta of 0.
fn batch_row_offset(index: u32) -> u32 {
  let row = tile_rows[index % TILE_ROWS];
  return select(row, train_rows[0], row == NO_ROW) * layer.data_stride;
}
