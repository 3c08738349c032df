// The gradients of a periodic layer, z[o] = cos(2 pi frequency[o] input[source(o)] + phase[o]); the trial is the z axis:
//   s[trial, row, o] = -sin(2 pi frequency[trial, o] input[trial, row, source(o)] + phase[trial, o])
//   dfrequency[trial, o] = sum_row delta[trial, row, o] s[trial, row, o] 2 pi input[trial, row, source(o)]
//   dphase[trial, o] = sum_row delta[trial, row, o] s[trial, row, o]
// A workgroup has THREADS_N cosines, each with THREADS_M threads that take the rows in turn and whose sums are added up in
// order. Neighbouring threads have neighbouring cosines. Rows that a short batch lacks have deltas of 0.
//
// Where the input comes from
//   from_list    the rows of the data set that the first dispatch of the step listed: the first layer
//   otherwise    the activations of the layer before
// What becomes of a gradient
//   store        it is stored for update.wgsl, with this workgroup's share of its squared norm: clipping has to know the whole
//                gradient first
//   otherwise    the optimizer applies it: lib/apply_gradient.wgsl. `velocity` and `moments` say what optimizer state there is
// ends_step: this is the last dispatch of the step.
import package::lib::apply_gradient::{apply_tensor_gradient, read_hyperparameters};
import package::lib::dataset::listed_row_offset;
import package::lib::periodic::{EmbeddedInputs, sine_of_turns, source_of, turns_of};
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
@group(0) @binding(7) var<storage, read> deltas: array<f32>; // [trial, row, o]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]
@if(moments) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<vec2f>; // [trial, parameter]
@elif(velocity) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<f32>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, split, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile of any layer]
@group(0) @binding(15) var<uniform> training: array<TensorTraining, 65>; // [layer]
@group(0) @binding(16) var<uniform> embedded: EmbeddedInputs;

/// Of each thread: its parts of dfrequency and dphase.
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
  let o = group.x * THREADS_N + local.x;
  let cosines = layer.outputs - layer.inputs;
  var share = vec2f();
  if (o < cosines) {
    let i = source_of(o);
    for (var row = local.y; row < layer.rows; row += THREADS_M) {
      let delta = deltas[(trial * layer.rows + row) * layer.outputs + o];
      @if(from_list) let value = data[listed_row_offset(trial, row) + i];
      @else let value = input[(trial * layer.rows + row) * layer.inputs + i];
      share -= delta * sine_of_turns(turns_of(trial, o, value)) * vec2f(6.2831853 * value, 1.0);
    }
  }
  shares[thread] = share;
  storageBarrier();
  workgroupBarrier();

  if (local.y == 0u && o < cosines) {
    var gradient = vec2f();
    for (var m = 0u; m < THREADS_M; m++) {
      gradient += shares[m * THREADS_N + local.x];
    }
    @if(store) {
      let first = trial * layer.stored_gradients + layer.first_gradient + o;
      stored_gradients[first] = gradient.x;
      stored_gradients[first + cosines] = gradient.y;
      // In the place of what this thread alone has read; 0 where there is no cosine.
      shares[local.x].x = trained_square(layer.index, false, gradient.x) + trained_square(layer.index, true, gradient.y);
    } @else {
      read_hyperparameters(trial);
      let index = trial * layer.parameters + o;
      apply_tensor_gradient(index + layer.weight, layer.index, false, gradient.x);
      apply_tensor_gradient(index + layer.bias, layer.index, true, gradient.y);
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
