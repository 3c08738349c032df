// The last dispatch of a step (the first layer's weight gradient, or update.wgsl): its first workgroup adds
// up the partial losses of the tiles, in order, writes the sum to the log, and lets the next step begin.
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]

var<workgroup> loss_shares: array<f32, THREADS>;

fn end_step(trial: u32, thread: u32, group: vec3u) {
  if (group.x != 0u || group.y != 0u) {
    return;
  }
  let first = layer.log_steps * layer.trials + trial * layer.partials;
  var sum = 0.0;
  for (var i = thread; i < layer.partials; i += THREADS) {
    sum += losses[first + i];
  }
  loss_shares[thread] = sum;
  workgroupBarrier();
  if (thread == 0u) {
    var loss = 0.0;
    for (var i = 0u; i < THREADS; i++) {
      loss += loss_shares[i];
    }
    losses[(state[trial].step % layer.log_steps) * layer.trials + trial] = loss;
    state[trial].next_step = state[trial].step + 1u;
  }
}
