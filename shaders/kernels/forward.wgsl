// Forward pass of a layer with its activation; the trial is the z axis:
//   z[trial, row, o] = sum_i input[trial, row, i] weight[trial, o, i] + bias[trial, o]        a = f(z)
// As a matrix product (matmul/tile.wgsl) m is the row, n the output o and k the input i.
//
// diagonal: a scale layer, one factor and one shift for each feature. It is the dense layer whose weight is a diagonal matrix:
//   z[trial, row, o] = input[trial, row, o] scale[trial, o] + shift[trial, o]
// with `layer.weight` where the scale begins and `layer.bias` where the shift does.
// periodic: a periodic layer, whose z is no product but cosines of its inputs, and the inputs themselves (matmul/periodic.wgsl).
//
// Where the input comes from
//   from_batch   the next batch of the data set: the first layer in training. This dispatch also begins the step (lib/batch.wgsl)
//   from_list    listed rows of the data set: the first layer in an evaluation
//   otherwise    the activations of the layer before, or features given for a prediction
// What becomes of z
//   hidden       a d is the next layer's input and f'(z) d is kept for the backward pass, with dropout's factor d
//   loss         the last layer in training: the loss, and the deltas
//                  delta[trial, row, o] = dLoss/dz = dLoss/dy row_weight / N f'(z)      N = rows in the batch x outputs
//   softmax      the same with softmax cross entropy (lib/softmax.wgsl). A row's outputs belong together, so a workgroup
//                computes all of them for its rows: it goes through the tiles along n, leaves the logits in `deltas`, and then
//                one thread a row turns them into deltas
//   otherwise    a is the result: of an evaluation or a prediction, in which every trial may have its own activation
//                (activation_per_trial)
// Losses are partial sums, one for each workgroup, which lib/step_end.wgsl adds up in order.
import package::lib::activations::{activate, derivative};
import package::lib::batch::{batch_row_offset, begin_step, rows_of_next_batch, tile_rows};
import package::lib::dataset::{NO_ROW, listed_row_offset, row_weight, target_at};
import package::lib::dropout::{Dropout, dropout_factor, dropout_of};
import package::lib::losses::{loss_and_delta, loss_scale};
@if(periodic) import package::lib::periodic::EmbeddedInputs;
import package::lib::softmax::softmax_loss_and_deltas;
import package::lib::structs::{Layer, State, Trial};
import package::matmul::product::tile_product;
import package::matmul::tile::{
  MICRO_M, MICRO_N, THREADS_M, THREADS_N, TILE_ROWS, TILE_THREADS, Tile, result_at, tile_of
};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@if(from_batch) @group(0) @binding(2) var<storage, read_write> state: array<State>;
@else @group(0) @binding(2) var<storage, read> state: array<State>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>; // [trial, parameter]

@if(from_batch || from_list) @group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@else @group(0) @binding(4) var<storage, read> input: array<f32>; // [trial, row, i]
/// Rows of the data set, NO_ROW where a batch is short. Written in the first dispatch of a step.
@if(from_batch) @group(0) @binding(5) var<storage, read_write> row_list: array<u32>; // [trial, row]
@else @group(0) @binding(5) var<storage, read> row_list: array<u32>; // [trial, row]
@if(from_batch) @group(0) @binding(6) var<storage, read> train_rows: array<u32>;
@if(!from_batch && !from_list) @group(0) @binding(10) var<storage, read> data: array<f32>; // [row, features, targets, weight]

@if(!loss && !softmax) @group(0) @binding(7) var<storage, read_write> activations: array<f32>; // [trial, row, o]
@if(hidden) @group(0) @binding(8) var<storage, read_write> derivatives: array<f32>; // [trial, row, o]
@if(loss || softmax) @group(0) @binding(8) var<storage, read_write> deltas: array<f32>; // [trial, row, o]
@if(loss || softmax) @group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]
@if(periodic) @group(0) @binding(16) var<uniform> embedded: EmbeddedInputs;

/// Training passes over stopped trials; evaluation does not.
override SKIP_STOPPED: bool = true;
/// The activation of this layer where all trials have the same: the code of the others falls away.
override ACTIVATION: u32 = 0u;
/// Whether any trial has dropout in this layer.
override DROPS: bool = true;

fn activation_of(trial: u32) -> u32 {
  @if(activation_per_trial) return trials[trial].activations[layer.index];
  @else return ACTIVATION;
}

// The operands of the matrix product: inputs on the left, weights on the right.

fn left_offset_m(trial: u32, m: u32) -> u32 {
  @if(from_batch) return batch_row_offset(m);
  @elif(from_list) return listed_row_offset(trial, m);
  @else return trial * layer.input_stride + m * layer.inputs;
}

fn left_offset_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn left_value(offset_m: u32, offset_k: u32) -> f32 {
  @if(from_batch || from_list) return data[offset_m + offset_k];
  @else return input[offset_m + offset_k];
}

fn right_offset_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn right_offset_n(trial: u32, n: u32) -> u32 {
  @if(diagonal) return trial * layer.parameters + layer.weight;
  @else return trial * layer.parameters + layer.weight + n * layer.inputs;
}

fn right_value(offset_k: u32, offset_n: u32) -> f32 {
  return parameters[offset_n + offset_k];
}

/// What z has besides the product.
fn bias_of(trial: u32, n: u32) -> f32 {
  @if(periodic) return 0.0;
  @else return parameters[trial * layer.parameters + layer.bias + n];
}

/// The shortest buffer that is accessed in loops: see "Lengths" in matmul/tile.wgsl.
fn shortest_length() -> u32 {
  @if(from_batch) let inputs = min(arrayLength(&data), min(arrayLength(&row_list), arrayLength(&train_rows)));
  @elif(from_list) let inputs = min(arrayLength(&data), arrayLength(&row_list));
  @else let inputs = arrayLength(&input);
  @if(hidden) let outputs = min(arrayLength(&activations), arrayLength(&derivatives));
  @elif(loss || softmax) let outputs = arrayLength(&deltas);
  @else let outputs = arrayLength(&activations);
  return min(min(inputs, outputs), arrayLength(&parameters));
}

// What a loss asks of a batch.

/// The row of the data set that is row m of the batch, or NO_ROW.
@if(loss || softmax) fn dataset_row(tile: Tile, m: u32) -> u32 {
  @if(from_batch) return tile_rows[m - tile.group_m];
  @else return row_list[tile.trial * layer.list_stride + m];
}

@if(loss || softmax) fn rows_in_batch(trial: u32) -> u32 {
  @if(from_batch) return rows_of_next_batch(trial);
  @else return state[trial].rows_in_batch;
}

@if(!softmax) var<workgroup> shares: array<f32, TILE_THREADS>;

@if(!softmax) @compute @workgroup_size(THREADS_N, THREADS_M)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  if (shortest_length() == 0u) {
    return;
  }
  if (SKIP_STOPPED && trials[group.z].live == 0u) {
    return;
  }
  let tile = tile_of(group, local);
  @if(from_batch) begin_step(tile);
  var sums = tile_product(tile, local, layer.inputs);
  @if(hidden) var dropout = Dropout();
  @if(hidden) if (DROPS) {
    @if(from_batch) dropout = dropout_of(tile.trial, state[tile.trial].next_step, layer.index);
    @else dropout = dropout_of(tile.trial, state[tile.trial].step, layer.index);
  }
  @if(loss) var share = 0.0;
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = tile.m + i;
      let n = tile.n + j;
      if (m < layer.rows && n < layer.outputs) {
        let z = result_at(&sums, i, j) + bias_of(tile.trial, n);
        let index = (tile.trial * layer.rows + m) * layer.outputs + n;
        @if(hidden) {
          let a = activate(activation_of(tile.trial), z);
          var d = 1.0;
          if (DROPS) {
            d = dropout_factor(dropout, m * layer.outputs + n);
          }
          activations[index] = a * d;
          derivatives[index] = derivative(activation_of(tile.trial), z, a) * d;
        } @elif(loss) {
          let row = dataset_row(tile, m);
          var delta = 0.0;
          if (row != NO_ROW) {
            let scale = loss_scale(row_weight(row), rows_in_batch(tile.trial), layer.outputs);
            let smoothing = trials[tile.trial].label_smoothing;
            let output = loss_and_delta(activation_of(tile.trial), z, target_at(row, n), smoothing, scale);
            share += output.loss;
            delta = output.delta;
          }
          deltas[index] = delta;
        } @else {
          activations[index] = activate(activation_of(tile.trial), z);
        }
      }
    }
  }
  @if(loss) {
    shares[tile.thread] = share;
    workgroupBarrier();
    if (tile.thread == 0u) {
      var sum = 0.0;
      for (var i = 0u; i < TILE_THREADS; i++) {
        sum += shares[i];
      }
      losses[layer.log_steps * layer.trials + tile.trial * layer.partials + group.y * groups.x + group.x] = sum;
    }
  }
}

@if(softmax) var<workgroup> row_shares: array<f32, TILE_ROWS>;

@if(softmax) @compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (shortest_length() == 0u) {
    return;
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  var tile = tile_of(vec3u(0u, group.yz), local);
  @if(from_batch) begin_step(tile);
  for (var column = 0u; column * THREADS_N * MICRO_N < layer.outputs; column++) {
    tile = tile_of(vec3u(column, group.yz), local);
    var sums = tile_product(tile, local, layer.inputs);
    for (var i = 0u; i < MICRO_M; i++) {
      for (var j = 0u; j < MICRO_N; j++) {
        let m = tile.m + i;
        let n = tile.n + j;
        if (m < layer.rows && n < layer.outputs) {
          deltas[(tile.trial * layer.rows + m) * layer.outputs + n] = result_at(&sums, i, j) + bias_of(tile.trial, n);
        }
      }
    }
  }
  storageBarrier();
  for (var i = tile.thread; i < TILE_ROWS; i += TILE_THREADS) {
    row_shares[i] = softmax_of_row(tile, tile.group_m + i);
  }
  workgroupBarrier();
  if (tile.thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < TILE_ROWS; i++) {
      sum += row_shares[i];
    }
    losses[layer.log_steps * layer.trials + tile.trial * layer.partials + group.y] = sum;
  }
}

/// Turns one row of logits into deltas; returns its share of the loss.
@if(softmax) fn softmax_of_row(tile: Tile, m: u32) -> f32 {
  if (m >= layer.rows) {
    return 0.0;
  }
  let first = (tile.trial * layer.rows + m) * layer.outputs;
  let row = dataset_row(tile, m);
  if (row == NO_ROW) {
    for (var o = 0u; o < layer.outputs; o++) {
      deltas[first + o] = 0.0;
    }
    return 0.0;
  }
  let scale = row_weight(row) / f32(rows_in_batch(tile.trial));
  return softmax_loss_and_deltas(first, row, layer.outputs, trials[tile.trial].label_smoothing, scale);
}

// What lib/softmax.wgsl asks of this kernel.

@if(softmax) fn row_value(first: u32, o: u32) -> f32 {
  return deltas[first + o];
}

@if(softmax) fn set_row_value(first: u32, o: u32, value: f32) {
  deltas[first + o] = value;
}

@if(softmax) fn row_target(row: u32, o: u32) -> f32 {
  return target_at(row, o);
}
