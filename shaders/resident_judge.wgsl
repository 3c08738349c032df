// The loss of a batch and the errors of the last layer in the resident plan. A thread takes four rows, those that share a
// vec4f; one thread adds up the losses, in order. What happens in a row is `row_errors`, in resident_loss.wgsl or
// resident_softmax.wgsl.

var<workgroup> loss_shares: array<f32, ROW_FOURS>;

/// The mean loss; of thread 0 alone.
fn judge_batch(first_out: u32) -> f32 {
  for (var four = thread; four < row_fours; four += THREADS) {
    var share = 0.0;
    for (var i = 0u; i < 4u; i++) {
      let row = four * 4u + i;
      if (batch[row] != NO_ROW) {
        share += row_errors(first_out, row, batch[row]);
      } else {
        for (var o = 0u; o < plan.outputs; o++) {
          units[first_out + o * row_fours + four][i] = 0.0;
        }
      }
    }
    loss_shares[four] = share;
  }
  units_barrier();
  var loss = 0.0;
  if (thread == 0u) {
    for (var four = 0u; four < row_fours; four++) {
      loss += loss_shares[four];
    }
  }
  return loss;
}
