// The optimizer's update where gradients are stored: of all layers where they are clipped, else of those that come in
// slices, which it adds up. Clipping is torch.nn.utils.clip_grad_norm_, that is
//   g *= min(1, clip_norm / (|g| + 1e-6))   with |g| over all parameters of the trial, before l1 and l2.
// Every workgroup adds up the partial squared norms itself, in the same order, so that no dispatch is needed in between,
// and has the more parameters the more there are to add up; the first workgroup also ends the step. The trial is the z axis.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(12) var<storage, read> stored_gradients: array<f32>; // [trial, layer, slice, parameter]
@group(0) @binding(13) var<storage, read> norms: array<f32>; // [trial, tile or block of any layer]
@group(0) @binding(14) var<storage, read> blocks: array<Block>;

override THREADS_M: u32 = 1u;
override THREADS_N: u32 = 64u;
override THREADS: u32 = THREADS_M * THREADS_N;

var<workgroup> square_shares: array<f32, THREADS>;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let trial = group.z;
  if (min(arrayLength(&stored_gradients), updated_length()) == 0u) {
    return; // see matmul.wgsl
  }
  if (trials[trial].live == 0u || block_of(group) >= arrayLength(&blocks)) {
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
  let block = blocks[block_of(group)];
  prepare_rule(trial);
  for (var i = thread; i < block.count; i += THREADS_N) {
    let parameter = block.parameter + i;
    let gradient = slices_sum(trial, block, i) * scale;
    apply(trial * layer.parameters + parameter, parameter >= block.bias, gradient);
  }
  end_step(trial, thread, group);
}
