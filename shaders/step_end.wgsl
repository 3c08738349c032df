// The last dispatch of a step is the first layer's weight gradient: its first workgroup adds up the partial losses of
// the tiles, in order, writes the sum to the log, and lets the next step begin.
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]

var<workgroup> loss_shares: array<f32, THREADS_M * THREADS_N>;

fn end_step(place: Place, group: vec3u) {
  if (group.x != 0u || group.y != 0u) {
    return;
  }
  let first = layer.log_steps * layer.trials + place.trial * layer.partials;
  var sum = 0.0;
  for (var i = place.thread; i < layer.partials; i += THREADS_M * THREADS_N) {
    sum += losses[first + i];
  }
  loss_shares[place.thread] = sum;
  workgroupBarrier();
  if (place.thread == 0u) {
    var loss = 0.0;
    for (var i = 0u; i < THREADS_M * THREADS_N; i++) {
      loss += loss_shares[i];
    }
    losses[(state[place.trial].step % layer.log_steps) * layer.trials + place.trial] = loss;
    state[place.trial].next_step = state[place.trial].step + 1u;
  }
}
