// The last layer while training: from its outputs y, with N = rows in the batch x outputs, the gradient
//   error[trial, row, o] = dLoss/dz = (slope of the loss at y) x row weight / N x f'(z)
// and this tile's share of the loss, one partial sum a workgroup, added up in order by step_end.wgsl.
@group(0) @binding(8) var<storage, read_write> errors: array<f32>; // [trial, row, output]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]

var<workgroup> shares: array<f32, THREADS>;
var<private> share: f32 = 0.0;

fn output_length() -> u32 {
  return arrayLength(&errors);
}

fn prepare(place: Place) {}

fn output(place: Place, m: u32, n: u32, z: f32) {
  let at = data_row(place, m);
  var error = 0.0;
  if (at != NO_ROW) {
    let scale = loss_scale(row_weight(at), rows_in_batch(place.trial), layer.outputs);
    let judged = judge(activation_of(place.trial), z, target_value(at, n), scale);
    share += judged.loss;
    error = judged.error;
  }
  errors[(place.trial * layer.rows + m) * layer.outputs + n] = error;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {
  shares[place.thread] = share;
  workgroupBarrier();
  if (place.thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < THREADS; i++) {
      sum += shares[i];
    }
    losses[layer.log_steps * layer.trials + place.trial * layer.partials + group.y * groups.x + group.x] = sum;
  }
}
