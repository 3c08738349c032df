// The errors of the layer before, from those of this layer, the trial as the z axis:
//   error_before[trial, row, i] = (sum_o error[trial, row, o] weight[trial, o, i]) slope_before[trial, row, i]
//
// As a matmul: m is the row, n the input i, k the unit o. Recorded before the dispatch that updates these weights.
// The slopes f'(z) d were written by the layer before on the way forward.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(4) var<storage, read> errors: array<f32>; // [trial, row, o]
@group(0) @binding(5) var<storage, read> slopes_before: array<f32>; // [trial, row, i]
@group(0) @binding(7) var<storage, read_write> errors_before: array<f32>; // [trial, row, i]

fn left_at_m(trial: u32, m: u32) -> u32 {
  return (trial * layer.rows + m) * layer.outputs;
}

fn left_at_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn left_value(at_m: u32, at_k: u32) -> f32 {
  return errors[at_m + at_k];
}

fn right_at_k(trial: u32, k: u32) -> u32 {
  return trial * layer.parameters + layer.weight + k * layer.inputs;
}

fn right_at_n(trial: u32, n: u32) -> u32 {
  return n;
}

fn right_value(at_k: u32, at_n: u32) -> f32 {
  return parameters[at_k + at_n];
}

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let before = min(arrayLength(&errors_before), arrayLength(&slopes_before));
  if (min(min(arrayLength(&errors), arrayLength(&parameters)), before) == 0u) {
    return; // see matmul.wgsl
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  let place = place_of(group, local);
  var sums = tile_product(place, local, layer.outputs);
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = place.m + i;
      let n = place.n + j;
      if (m < layer.rows && n < layer.inputs) {
        let at = (place.trial * layer.rows + m) * layer.inputs + n;
        errors_before[at] = result(&sums, i, j) * slopes_before[at];
      }
    }
  }
}
