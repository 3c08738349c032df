// The gradient of a layer's parameters, and in the same breath the optimizer's update, the trial as the z axis:
//   dW[trial, o, i] = sum_row error[trial, row, o] input[trial, row, i]        db[trial, o] = sum_row error[trial, row, o]
//
// As a matmul: m is the unit o, n the input i, k the row. The bias is one more input that is always 1, so it is the
// column n = inputs. Rows that a short batch lacks have errors of 0. What becomes of a gradient is the file this is joined
// to: gradient_update.wgsl lets the optimizer take it at once, so that it never goes to memory; gradient_store.wgsl keeps
// it, where clipping has to know the whole gradient first.
//
// Where a layer has too few tiles to fill a GPU and the batch is long (split-K), the rows are cut into slices, each with
// workgroups of its own along y. gradient_slice.wgsl keeps the slices' sums, and a later dispatch adds them up in order.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(7) var<storage, read> errors: array<f32>; // [trial, row, o]

/// The first row of this workgroup's slice.
var<private> first_row: u32;

fn left_at_m(trial: u32, m: u32) -> u32 {
  return m;
}

fn left_at_k(trial: u32, k: u32) -> u32 {
  return (trial * layer.rows + first_row + k) * layer.outputs;
}

fn left_value(at_m: u32, at_k: u32) -> f32 {
  return errors[at_k + at_m];
}

fn right_at_k(trial: u32, k: u32) -> u32 {
  return input_at(trial, first_row + k);
}

fn right_at_n(trial: u32, n: u32) -> u32 {
  return n;
}

fn right_value(at_k: u32, at_n: u32) -> f32 {
  return select(input_value(at_k, at_n), 1.0, at_n == layer.inputs);
}

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (min(min(input_length(), arrayLength(&errors)), taken_length()) == 0u) {
    return; // see matmul.wgsl
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  let tiles_m = groups.y / layer.slices;
  let slice = group.y / tiles_m;
  let rows = min(layer.slice_rows, layer.rows - slice * layer.slice_rows);
  first_row = slice * layer.slice_rows;
  let place = place_of(vec3u(group.x, group.y % tiles_m, group.z), local);
  begin(place);
  var gradients = tile_product(place, local, rows);
  prepare(place.trial);
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = place.m + i;
      let n = place.n + j;
      if (m < layer.outputs && n <= layer.inputs) {
        let is_bias = n == layer.inputs;
        let at = select(m * layer.inputs + n, layer.outputs * layer.inputs + m, is_bias);
        take(place.trial, slice, at, is_bias, result(&gradients, i, j));
      }
    }
  }
  finish(place, group, groups);
}
