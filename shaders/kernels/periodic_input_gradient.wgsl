// The deltas of the layer before from those of this periodic layer; the trial is the z axis:
//   delta_before[trial, row, i] = derivative_before[trial, row, i] (delta[trial, row, C + i]
//     - sum_o delta[trial, row, o] 2 pi frequency[trial, o] sin(2 pi frequency[trial, o] input[trial, row, i] + phase[trial, o]))
// over the cosines o of input i, of which there are C in all: none where the input is not embedded. A thread has one i of one
// row. Recorded before the dispatch that updates these frequencies and phases.
import package::lib::periodic::{EmbeddedInputs, cosines_of, sine_of_turns, turns_of};
import package::lib::structs::{Layer, Trial};
import package::matmul::tile::{THREADS_M, THREADS_N};

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(4) var<storage, read> deltas: array<f32>; // [trial, row, o]
@group(0) @binding(5) var<storage, read> derivatives_before: array<f32>; // [trial, row, i]
@group(0) @binding(6) var<storage, read> input: array<f32>; // [trial, row, i]
@group(0) @binding(7) var<storage, read_write> deltas_before: array<f32>; // [trial, row, i]
@group(0) @binding(16) var<uniform> embedded: EmbeddedInputs;

@compute @workgroup_size(THREADS_N, THREADS_M)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let trial = group.z;
  let row = group.y * THREADS_M + local.y;
  let i = group.x * THREADS_N + local.x;
  if (trials[trial].live == 0u || row >= layer.rows || i >= layer.inputs) {
    return;
  }
  let index = (trial * layer.rows + row) * layer.inputs + i;
  let first_delta = (trial * layer.rows + row) * layer.outputs;
  let first_frequency = trial * layer.parameters + layer.weight;
  let value = input[index];
  let own = cosines_of(i);
  var delta = deltas[first_delta + layer.outputs - layer.inputs + i];
  for (var o = own.x; o < own.x + own.y; o++) {
    let rate = 6.2831853 * parameters[first_frequency + o];
    delta -= deltas[first_delta + o] * rate * sine_of_turns(turns_of(trial, o, value));
  }
  deltas_before[index] = delta * derivatives_before[index];
}
