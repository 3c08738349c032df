// Backward pass of a scale layer, z[i] = input[i] scale[i] + shift[i], all in one dispatch; the trial is the z axis:
//   delta_before[trial, row, i] = delta[trial, row, i] scale[trial, i] derivative_before[trial, row, i]
//   dscale[trial, i] = sum_row delta[trial, row, i] input[trial, row, i]        dshift[trial, i] = sum_row delta[trial, row, i]
// A feature has to do with no other: a workgroup has THREADS_N features, each with THREADS_M threads that take the rows in turn
// and whose sums are added up in order; so the scale may be updated here, after the last row has read it. Neighbouring threads
// have neighbouring features. Rows that a short batch lacks have deltas of 0.
//
// Where the input comes from
//   from_list    the rows of the data set that the first dispatch of the step listed: the first layer, with none before it
//   otherwise    the activations of the layer before
// What becomes of a gradient
//   store        it is stored for update.wgsl, with this workgroup's share of its squared norm: clipping has to know the whole
//                gradient first
//   otherwise    the optimizer applies it: lib/apply_gradient.wgsl. `velocity` and `moments` say what optimizer state there is
// ends_step: this is the last dispatch of the step.
import package::lib::apply_gradient::{apply_tensor_gradient, read_hyperparameters};
import package::lib::dataset::listed_row_offset;
import package::lib::step_end::end_step;
import package::lib::structs::{Layer, State, TensorTraining, Trial};
import package::lib::tensor_training::trained_square;
import package::matmul::tile::{THREADS_M, THREADS_N, TILE_THREADS};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]
@if(from_list) @group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@else @group(0) @binding(4) var<storage, read> input: array<f32>; // [trial, row, i]
@group(0) @binding(5) var<storage, read> row_list: array<u32>; // [trial, row]
@group(0) @binding(6) var<storage, read> derivatives_before: array<f32>; // [trial, row, i]
@group(0) @binding(7) var<storage, read> deltas: array<f32>; // [trial, row, i]
@group(0) @binding(8) var<storage, read_write> deltas_before: array<f32>; // [trial, row, i]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]
@if(moments) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<vec2f>; // [trial, parameter]
@elif(velocity) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<f32>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, split, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile of any layer]
@group(0) @binding(15) var<uniform> training: array<TensorTraining, 65>; // [layer]

/// Of each thread: its parts of dscale and dshift.
var<workgroup> shares: array<vec2f, TILE_THREADS>;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let trial = group.z;
  if (trials[trial].live == 0u) {
    return;
  }
  let i = group.x * THREADS_N + local.x;
  let scale_index = trial * layer.parameters + layer.weight + i;
  var share = vec2f();
  if (i < layer.inputs) {
    @if(!from_list) let scale = parameters[scale_index];
    for (var row = local.y; row < layer.rows; row += THREADS_M) {
      let index = (trial * layer.rows + row) * layer.inputs + i;
      let delta = deltas[index];
      @if(from_list) let value = data[listed_row_offset(trial, row) + i];
      @else let value = input[index];
      share += vec2f(delta * value, delta);
      @if(!from_list) deltas_before[index] = delta * scale * derivatives_before[index];
    }
  }
  shares[thread] = share;
  storageBarrier();
  workgroupBarrier();

  if (local.y == 0u && i < layer.inputs) {
    var gradient = vec2f();
    for (var m = 0u; m < THREADS_M; m++) {
      gradient += shares[m * THREADS_N + local.x];
    }
    @if(store) {
      let first = trial * layer.stored_gradients + layer.first_gradient + i;
      stored_gradients[first] = gradient.x;
      stored_gradients[first + layer.inputs] = gradient.y;
      // In the place of what this thread alone has read; 0 where there is no feature.
      shares[local.x].x = trained_square(layer.index, false, gradient.x) + trained_square(layer.index, true, gradient.y);
    } @else {
      read_hyperparameters(trial);
      apply_tensor_gradient(scale_index, layer.index, false, gradient.x);
      apply_tensor_gradient(trial * layer.parameters + layer.bias + i, layer.index, true, gradient.y);
    }
  }
  @if(store) {
    workgroupBarrier();
    if (thread == 0u) {
      var sum = 0.0;
      for (var n = 0u; n < THREADS_N; n++) {
        sum += shares[n].x;
      }
      norms[trial * layer.norm_partials + layer.first_norm + group.x] = sum;
    }
  }
  @if(ends_step) end_step(trial, thread, group);
}
