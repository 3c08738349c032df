// The last layer while training with softmax cross entropy: forward, loss and its gradient in one dispatch,
//   z[trial, row, o] as in forward.wgsl        loss[row], error[trial, row, o] as in softmax.wgsl
// scaled by row weight / rows in the batch. A row's outputs belong together, so a workgroup takes all of them for its rows: it works
// through the tiles along n, leaves the logits where the errors will be, and then one thread a row turns them into errors.
@group(0) @binding(8) var<storage, read_write> errors: array<f32>; // [trial, row, output]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step, trial], then [trial, tile]

var<workgroup> shares: array<f32, TILE_ROWS>;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (min(min(input_length(), arrayLength(&errors)), arrayLength(&parameters)) == 0u) {
    return; // see matmul.wgsl
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  var place = place_of(vec3u(0u, group.yz), local);
  begin(place);
  for (var tile = 0u; tile * THREADS_N * MICRO_N < layer.outputs; tile++) {
    place = place_of(vec3u(tile, group.yz), local);
    var sums = tile_product(place, local, layer.inputs);
    for (var i = 0u; i < MICRO_M; i++) {
      for (var j = 0u; j < MICRO_N; j++) {
        let m = place.m + i;
        let n = place.n + j;
        if (m < layer.rows && n < layer.outputs) {
          let bias = parameters[place.trial * layer.parameters + layer.bias + n];
          errors[(place.trial * layer.rows + m) * layer.outputs + n] = result(&sums, i, j) + bias;
        }
      }
    }
  }
  storageBarrier();
  for (var i = place.thread; i < TILE_ROWS; i += THREADS) {
    shares[i] = row_errors(place, place.group_m + i);
  }
  workgroupBarrier();
  if (place.thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < TILE_ROWS; i++) {
      sum += shares[i];
    }
    losses[layer.log_steps * layer.trials + place.trial * layer.partials + group.y] = sum;
  }
}

/// Turns one row of logits into errors; returns its share of the loss.
fn row_errors(place: Place, m: u32) -> f32 {
  if (m >= layer.rows) {
    return 0.0;
  }
  let first = (place.trial * layer.rows + m) * layer.outputs;
  let at = data_row(place, m);
  if (at == NO_ROW) {
    for (var o = 0u; o < layer.outputs; o++) {
      errors[first + o] = 0.0;
    }
    return 0.0;
  }
  return softmax_errors(first, at, layer.outputs, row_weight(at) / f32(rows_in_batch(place.trial)));
}

fn row_value(first: u32, o: u32) -> f32 {
  return errors[first + o];
}

fn set_row_value(first: u32, o: u32, value: f32) {
  errors[first + o] = value;
}
