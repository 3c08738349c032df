// The gradient of a layer's parameters, and in the same breath the optimizer's update, the trial as the z axis:
//   dW[trial, o, i] = sum_row error[trial, row, o] input[trial, row, i]        db[trial, o] = sum_row error[trial, row, o]
//
// As a matmul: m is the unit o, n the input i, k the row. The bias is one more input that is always 1, so it is the
// column n = inputs. Rows that a short batch lacks have errors of 0. What becomes of a gradient is the file this is joined
// to: gradient_update.wgsl lets the optimizer take it at once, so that it never goes to memory; gradient_store.wgsl keeps
// it, where clipping has to know the whole gradient first.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(7) var<storage, read> errors: array<f32>; // [trial, row, o]

fn left_value(trial: u32, m: u32, k: u32) -> f32 {
  return errors[(trial * layer.rows + k) * layer.outputs + m];
}

fn right_value(trial: u32, k: u32, n: u32) -> f32 {
  return select(input_value(trial, k, n), 1.0, n == layer.inputs);
}

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (trials[group.z].live == 0u) {
    return;
  }
  let place = place_of(group, local);
  begin(place);
  var gradients = tile_product(place, local, layer.rows);
  for (var i = 0u; i < MICRO; i++) {
    for (var j = 0u; j < MICRO; j++) {
      let m = place.m + i;
      let n = place.n + j;
      if (m < layer.outputs && n <= layer.inputs) {
        let at = select(layer.weight + m * layer.inputs + n, layer.bias + m, n == layer.inputs);
        take(place.trial, place.trial * layer.parameters + at, n == layer.inputs, result(&gradients, i, j));
      }
    }
  }
  finish(place, group, groups);
}
