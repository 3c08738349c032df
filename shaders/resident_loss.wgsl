// The loss of a batch in the resident plan, one output at a time (see loss.wgsl): the z of the last layer become its
// errors, in their place. One thread takes all outputs of a row.

fn row_errors(first_out: u32, row: u32, at: u32) -> f32 {
  let kind = last_activation();
  let scale = loss_scale(row_weight(at), rows, plan.outputs);
  var loss = 0.0;
  for (var o = 0u; o < plan.outputs; o++) {
    let place = first_out + o * row_fours + row / 4u;
    let judged = judge(kind, units[place][row % 4u], target_value(at, o), scale);
    units[place][row % 4u] = judged.error;
    loss += judged.loss;
  }
  return loss;
}
