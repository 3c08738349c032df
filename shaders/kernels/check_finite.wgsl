// Whether all of a trial's parameters are finite numbers:
//   broken[trial] = or_i (all exponent bits of parameter i are set)
// on bit patterns, since a shader may be compiled as if there were no infinities and NaNs. One workgroup a trial, whose threads
// take the parameters in turn.
import package::lib::structs::Layer;

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(3) var<storage, read> parameters: array<u32>; // [trial, parameter]: the bits of float32 values
@group(0) @binding(7) var<storage, read_write> broken: array<u32>; // [trial]: 1 where any is not finite

override THREADS: u32 = 64u;
const EXPONENT = 0x7f800000u;

var<workgroup> found: array<u32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let trial = group.x;
  var any = 0u;
  for (var i = thread; i < layer.parameters; i += THREADS) {
    any |= select(0u, 1u, (parameters[trial * layer.parameters + i] & EXPONENT) == EXPONENT);
  }
  found[thread] = any;
  workgroupBarrier();
  if (thread == 0u) {
    for (var i = 1u; i < THREADS; i++) {
      any |= found[i];
    }
    broken[trial] = any;
  }
}
