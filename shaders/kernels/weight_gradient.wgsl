// The gradient of a dense layer's parameters and, where nothing has to come in between, the optimizer's update; the trial is z:
//   dW[trial, o, i] = sum_row delta[trial, row, o] input[trial, row, i]        db[trial, o] = sum_row delta[trial, row, o]
// As a matrix product (matmul/tile.wgsl) m is the output o, n the input i and k the row. The bias is one more input that is
// always 1: the column n = inputs. Rows that a short batch lacks have deltas of 0.
//
// Where the input comes from
//   from_list    the rows of the data set that the first dispatch of the step listed: the first layer
//   otherwise    the activations of the layer before
// What becomes of a gradient
//   store        it is stored for update.wgsl, with this workgroup's share of its squared norm: clipping has to know the whole
//                gradient first
//   split_k      where a layer has too few tiles to fill a GPU and the batch is long, the rows are split into parts, each with
//                workgroups of its own along y. The sum over one part is stored; a later dispatch adds the parts up, in order
//   otherwise    the optimizer applies it at once, so that it never goes to memory: lib/apply_gradient.wgsl. `velocity` and
//                `moments` say what optimizer state there is
// tensor_training: weight and bias are not trained as by default (lib/tensor_training.wgsl).
// ends_step: this is the last dispatch of the step.
import package::lib::apply_gradient::{apply_gradient, apply_tensor_gradient, read_hyperparameters, updated_length};
import package::lib::dataset::listed_row_offset;
import package::lib::step_end::end_step;
import package::lib::structs::{Layer, State, TensorTraining, Trial};
import package::lib::tensor_training::trained_square;
import package::matmul::product::tile_product;
import package::matmul::tile::{MICRO_M, MICRO_N, THREADS_M, THREADS_N, TILE_THREADS, result_at, tile_of};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@if(ends_step) @group(0) @binding(2) var<storage, read_write> state: array<State>;
@else @group(0) @binding(2) var<storage, read> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]
@if(from_list) @group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@else @group(0) @binding(4) var<storage, read> input: array<f32>; // [trial, row, i]
@group(0) @binding(5) var<storage, read> row_list: array<u32>; // [trial, row]
@group(0) @binding(7) var<storage, read> deltas: array<f32>; // [trial, row, o]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]
@if(moments) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<vec2f>; // [trial, parameter]
@elif(velocity) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<f32>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, split, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile of any layer]
@group(0) @binding(15) var<uniform> training: array<TensorTraining, 65>; // [layer]

/// The first row of this workgroup's part of the batch.
var<private> first_row: u32;

// The operands of the matrix product: deltas on the left, inputs on the right.

fn left_offset_m(trial: u32, m: u32) -> u32 {
  return m;
}

fn left_offset_k(trial: u32, k: u32) -> u32 {
  return (trial * layer.rows + first_row + k) * layer.outputs;
}

fn left_value(offset_m: u32, offset_k: u32) -> f32 {
  return deltas[offset_k + offset_m];
}

fn right_offset_k(trial: u32, k: u32) -> u32 {
  @if(from_list) return listed_row_offset(trial, first_row + k);
  @else return trial * layer.input_stride + (first_row + k) * layer.inputs;
}

fn right_offset_n(trial: u32, n: u32) -> u32 {
  return n;
}

fn right_value(offset_k: u32, offset_n: u32) -> f32 {
  @if(from_list) return select(data[offset_k + offset_n], 1.0, offset_n == layer.inputs);
  @else return select(input[offset_k + offset_n], 1.0, offset_n == layer.inputs);
}

/// The shortest buffer that is accessed in loops: see "Lengths" in matmul/tile.wgsl.
fn shortest_length() -> u32 {
  @if(from_list) let inputs = min(arrayLength(&data), arrayLength(&row_list));
  @else let inputs = arrayLength(&input);
  @if(store || split_k) let outputs = arrayLength(&stored_gradients);
  @else let outputs = updated_length();
  return min(min(inputs, arrayLength(&deltas)), outputs);
}

@if(store) var<workgroup> square_shares: array<f32, TILE_THREADS>;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  if (shortest_length() == 0u) {
    return;
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  let tiles_m = groups.y / layer.splits;
  let split = group.y / tiles_m;
  let rows = min(layer.split_rows, layer.rows - split * layer.split_rows);
  first_row = split * layer.split_rows;
  let tile = tile_of(vec3u(group.x, group.y % tiles_m, group.z), local);
  var gradients = tile_product(tile, local, rows);
  @if(store) var squares = 0.0;
  @if(!store && !split_k) read_hyperparameters(tile.trial);
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = tile.m + i;
      let n = tile.n + j;
      if (m < layer.outputs && n <= layer.inputs) {
        let is_bias = n == layer.inputs;
        /// Counted from the layer's first parameter.
        let index = select(m * layer.inputs + n, layer.outputs * layer.inputs + m, is_bias);
        let gradient = result_at(&gradients, i, j);
        @if(store) {
          stored_gradients[tile.trial * layer.stored_gradients + layer.first_gradient + index] = gradient;
          @if(tensor_training) squares += trained_square(layer.index, is_bias, gradient);
          @else squares += gradient * gradient;
        } @elif(split_k) {
          let first = tile.trial * layer.stored_gradients + layer.first_gradient;
          stored_gradients[first + split * (layer.inputs + 1u) * layer.outputs + index] = gradient;
        } @elif(tensor_training) {
          apply_tensor_gradient(tile.trial * layer.parameters + layer.weight + index, layer.index, is_bias, gradient);
        } @else {
          apply_gradient(tile.trial * layer.parameters + layer.weight + index, is_bias, gradient);
        }
      }
    }
  }
  @if(store) {
    square_shares[tile.thread] = squares;
    workgroupBarrier();
    if (tile.thread == 0u) {
      var sum = 0.0;
      for (var i = 0u; i < TILE_THREADS; i++) {
        sum += square_shares[i];
      }
      norms[tile.trial * layer.norm_partials + layer.first_norm + group.y * groups.x + group.x] = sum;
    }
  }
  @if(ends_step) end_step(tile.trial, tile.thread, group);
}
