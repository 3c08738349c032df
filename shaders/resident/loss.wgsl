// The loss of a batch in the resident kernel, and the deltas of the last layer, which take the place of its z. A thread takes
// four rows, those that share a vec4f; one thread adds up the losses, in order.
import package::kernel::{
  ROW_FOURS, THREADS, activations, network, row_fours, rows, softmax_of_row, thread, trial, trials
};
import package::lib::losses::{loss_and_delta, loss_scale};
import package::resident::activate_layer::last_activation;
import package::resident::batch::{MISSING_ROW, batch, batch_row_weight, batch_target};
import package::resident::memory::activations_barrier;

var<workgroup> row_losses: array<f32, ROW_FOURS>;

/// The mean loss; of thread 0 alone. The z of the last layer begin at `first_out`.
fn loss_and_deltas(first_out: u32) -> f32 {
  for (var four = thread; four < row_fours; four += THREADS) {
    var share = 0.0;
    for (var i = 0u; i < 4u; i++) {
      let row = four * 4u + i;
      if (batch[row] != MISSING_ROW) {
        @if(softmax) share += softmax_of_row(first_out, row, batch[row]);
        @else share += loss_of_row(first_out, row, batch[row]);
      } else {
        for (var o = 0u; o < network.outputs; o++) {
          activations[first_out + o * row_fours + four][i] = 0.0;
        }
      }
    }
    row_losses[four] = share;
  }
  activations_barrier();
  var loss = 0.0;
  if (thread == 0u) {
    for (var four = 0u; four < row_fours; four++) {
      loss += row_losses[four];
    }
  }
  return loss;
}

/// Losses that are a sum of one term per output; `dataset_row` is the row's number in the data set.
fn loss_of_row(first_out: u32, row: u32, dataset_row: u32) -> f32 {
  let kind = last_activation();
  let scale = loss_scale(batch_row_weight(dataset_row), rows, network.outputs);
  let smoothing = trials[trial].label_smoothing;
  var loss = 0.0;
  for (var o = 0u; o < network.outputs; o++) {
    let index = first_out + o * row_fours + row / 4u;
    let label = batch_target(dataset_row, o);
    let output = loss_and_delta(kind, activations[index][row % 4u], label, smoothing, scale);
    activations[index][row % 4u] = output.delta;
    loss += output.loss;
  }
  return loss;
}
