// Ends a training step of the layered plan, in its last dispatch (the first layer's weight gradient, or update.wgsl): its first
// workgroup adds up the partial losses of the tiles, in order, writes the sum to the log, and lets the next step begin.
import package::kernel::{layer, losses, state};
import package::matmul::tile::TILE_THREADS;

var<workgroup> loss_shares: array<f32, TILE_THREADS>;

fn end_step(trial: u32, thread: u32, group: vec3u) {
  if (group.x != 0u || group.y != 0u) {
    return;
  }
  let first = layer.log_steps * layer.trials + trial * layer.partials;
  var sum = 0.0;
  for (var i = thread; i < layer.partials; i += TILE_THREADS) {
    sum += losses[first + i];
  }
  loss_shares[thread] = sum;
  workgroupBarrier();
  if (thread == 0u) {
    var loss = 0.0;
    for (var i = 0u; i < TILE_THREADS; i++) {
      loss += loss_shares[i];
    }
    losses[(state[trial].step % layer.log_steps) * layer.trials + trial] = loss;
    state[trial].next_step = state[trial].step + 1u;
  }
}
