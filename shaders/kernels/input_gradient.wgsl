// The deltas of the layer before from those of this dense layer; the trial is the z axis:
//   delta_before[trial, row, i] = (sum_o delta[trial, row, o] weight[trial, o, i]) derivative_before[trial, row, i]
// As a matrix product (matmul/tile.wgsl) m is the row, n the input i and k the output o. Recorded before the dispatch that
// updates these weights. The derivatives f'(z) d were written by the layer before on the way forward.
import package::lib::structs::{Layer, Trial};
import package::matmul::product::tile_product;
import package::matmul::tile::{MICRO_M, MICRO_N, THREADS_M, THREADS_N, result_at, tile_of};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(4) var<storage, read> deltas: array<f32>; // [trial, row, o]
@group(0) @binding(5) var<storage, read> derivatives_before: array<f32>; // [trial, row, i]
@group(0) @binding(7) var<storage, read_write> deltas_before: array<f32>; // [trial, row, i]

// The operands of the matrix product: deltas on the left, weights on the right.

fn left_offset_m(trial: u32, m: u32) -> u32 {
  return (trial * layer.rows + m) * layer.outputs;
}

fn left_offset_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn left_value(offset_m: u32, offset_k: u32) -> f32 {
  return deltas[offset_m + offset_k];
}

fn right_offset_k(trial: u32, k: u32) -> u32 {
  return trial * layer.parameters + layer.weight + k * layer.inputs;
}

fn right_offset_n(trial: u32, n: u32) -> u32 {
  return n;
}

fn right_value(offset_k: u32, offset_n: u32) -> f32 {
  return parameters[offset_k + offset_n];
}

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  // See "Lengths" in matmul/tile.wgsl.
  let before = min(arrayLength(&deltas_before), arrayLength(&derivatives_before));
  if (min(min(arrayLength(&deltas), arrayLength(&parameters)), before) == 0u) {
    return;
  }
  if (trials[group.z].live == 0u) {
    return;
  }
  let tile = tile_of(group, local);
  var sums = tile_product(tile, local, layer.outputs);
  for (var i = 0u; i < MICRO_M; i++) {
    for (var j = 0u; j < MICRO_N; j++) {
      let m = tile.m + i;
      let n = tile.n + j;
      if (m < layer.rows && n < layer.inputs) {
        let index = (tile.trial * layer.rows + m) * layer.inputs + n;
        deltas_before[index] = result_at(&sums, i, j) * derivatives_before[index];
      }
    }
  }
}
