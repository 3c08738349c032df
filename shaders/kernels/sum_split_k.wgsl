// Adds up the parts of weight gradients with split-K, for clipping, which has to know the norm of the whole gradient first:
//   gradient[parameter] = sum_split gradient[split, parameter]
// takes the place of the first part, and this workgroup's share of the squared norm is stored. One thread a parameter of the
// layers with split-K; the trial is the z axis. tensor_training: some are frozen, and no part of the norm.
import package::lib::blocks::{block_index, sum_of_splits};
import package::lib::structs::{Block, Layer, TensorTraining, Trial};
import package::lib::tensor_training::trained_square;
import package::matmul::tile::THREADS_N;

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, split, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile or block of any layer]
@group(0) @binding(14) var<storage, read> blocks: array<Block>;
@group(0) @binding(15) var<uniform> training: array<TensorTraining, 65>; // [layer]

var<workgroup> square_shares: array<f32, THREADS_N>;

@compute @workgroup_size(THREADS_N)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let trial = group.z;
  if (trials[trial].live == 0u || block_index(group) >= arrayLength(&blocks)) {
    return;
  }
  let block = blocks[block_index(group)];
  var gradient = 0.0;
  if (thread < block.count) {
    gradient = sum_of_splits(trial, block, thread);
    stored_gradients[trial * layer.stored_gradients + block.gradient + thread] = gradient;
  }
  @if(tensor_training) square_shares[thread] = trained_square(block.layer, block.parameter + thread >= block.bias, gradient);
  @else square_shares[thread] = gradient * gradient;
  workgroupBarrier();
  if (thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < THREADS_N; i++) {
      sum += square_shares[i];
    }
    norms[trial * layer.norm_partials + block.norm] = sum;
  }
}
