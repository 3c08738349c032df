// The optimizer's update of stored gradients: those of all layers with clipping, else those of the layers with split-K, whose
// parts it adds up. Clipping is torch.nn.utils.clip_grad_norm_:
//   g *= min(1, clip_norm / (|g| + 1e-6))   with |g| over all parameters of the trial, before l1 and l2.
// Every workgroup adds up the partial squared norms itself, in the same order, so that no dispatch is needed in between; it has
// the more parameters the more partial norms there are. The first workgroup also ends the step. The trial is the z axis.
// `velocity` and `moments` say what optimizer state there is (lib/apply_gradient.wgsl); `tensor_training` that tensors are not
// trained as by default (lib/tensor_training.wgsl).
import package::lib::apply_gradient::{apply_gradient, apply_tensor_gradient, read_hyperparameters, updated_length};
import package::lib::blocks::{block_index, sum_of_splits};
import package::lib::step_end::end_step;
import package::lib::structs::{Block, Layer, State, TensorTraining, Trial};
import package::matmul::tile::{THREADS_M, THREADS_N, TILE_THREADS};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]
@if(moments) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<vec2f>; // [trial, parameter]
@elif(velocity) @group(0) @binding(11) var<storage, read_write> optimizer_state: array<f32>; // [trial, parameter]
@group(0) @binding(12) var<storage, read> stored_gradients: array<f32>; // [trial, layer, split, parameter]
@group(0) @binding(13) var<storage, read> norms: array<f32>; // [trial, tile or block of any layer]
@group(0) @binding(14) var<storage, read> blocks: array<Block>;
@group(0) @binding(15) var<uniform> training: array<TensorTraining, 65>; // [layer]

var<workgroup> square_shares: array<f32, TILE_THREADS>;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let trial = group.z;
  if (min(arrayLength(&stored_gradients), updated_length()) == 0u) {
    return; // see "Lengths" in matmul/tile.wgsl
  }
  if (trials[trial].live == 0u || block_index(group) >= arrayLength(&blocks)) {
    return;
  }
  var share = 0.0;
  for (var i = thread; i < layer.norm_partials; i += THREADS_N) {
    share += norms[trial * layer.norm_partials + i];
  }
  square_shares[thread] = share;
  workgroupBarrier();
  var squares = 0.0;
  for (var i = 0u; i < THREADS_N; i++) {
    squares += square_shares[i];
  }
  let limit = trials[trial].clip_norm;
  let scale = select(1.0, min(1.0, limit / (sqrt(squares) + 1e-6)), limit > 0.0);
  let block = blocks[block_index(group)];
  read_hyperparameters(trial);
  for (var i = thread; i < block.count; i += THREADS_N) {
    let parameter = block.parameter + i;
    let gradient = sum_of_splits(trial, block, i) * scale;
    let index = trial * layer.parameters + parameter;
    let is_bias = parameter >= block.bias;
    @if(tensor_training) apply_tensor_gradient(index, block.layer, is_bias, gradient);
    @else apply_gradient(index, is_bias, gradient);
  }
  end_step(trial, thread, group);
}
