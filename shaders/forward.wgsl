// Dense forward with bias and activation, the trial as the z axis:
//   z[trial, row, o] = sum_i input[trial, row, i] weight[trial, o, i] + bias[trial, o]        a = f(z) d, with dropout's d
//
// As a matmul: m is the row, n the unit o, k the input i. What the input is (a shuffled batch of the data set, listed
// rows of it, the layer before) and what becomes of the result (the next layer's input, or the loss and its gradient)
// are the files it is joined to: forward_values.wgsl, input_*.wgsl and output_*.wgsl.

/// Training passes over stopped trials; evaluation does not.
override SKIP_STOPPED: bool = true;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (min(min(input_length(), output_length()), arrayLength(&parameters)) == 0u) {
    return; // see matmul.wgsl
  }
  if (SKIP_STOPPED && trials[group.z].live == 0u) {
    return;
  }
  let place = place_of(group, local);
  begin(place);
  var sums = tile_product(place, local, layer.inputs);
  prepare(place);
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = place.m + i;
      let n = place.n + j;
      if (m < layer.rows && n < layer.outputs) {
        let bias = parameters[place.trial * layer.parameters + layer.bias + n];
        output(place, m, n, result(&sums, i, j) + bias);
      }
    }
  }
  finish(place, group, groups);
}
