// Between weight gradients in slices and clipping, which has to know the norm of the whole gradient first:
//   gradient[parameter] = sum_slice gradient[slice, parameter]
// goes to the place of the first slice, and this workgroup's share of the squared norm with it. One thread a parameter
// of the layers that are cut into slices, the trial as the z axis.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, slice, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile or block of any layer]
@group(0) @binding(14) var<storage, read> blocks: array<Block>;

override THREADS_N: u32 = 64u;

var<workgroup> square_shares: array<f32, THREADS_N>;

@compute @workgroup_size(THREADS_N)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let trial = group.z;
  if (trials[trial].live == 0u || block_of(group) >= arrayLength(&blocks)) {
    return;
  }
  let block = blocks[block_of(group)];
  var gradient = 0.0;
  if (thread < block.count) {
    gradient = slices_sum(trial, block, thread);
    stored_gradients[trial * layer.stored + block.stored + thread] = gradient;
  }
  square_shares[thread] = gradient * gradient;
  workgroupBarrier();
  if (thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < THREADS_N; i++) {
      sum += square_shares[i];
    }
    norms[trial * layer.norm_partials + block.norm] = sum;
  }
}
