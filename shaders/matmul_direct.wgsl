// The matrix product without workgroup memory: every thread reads its own values. On an adapter that
// emulates workgroup memory and barriers (SwiftShader) this is several times faster than the tiled one, and compiles faster.
const MICRO_M = 4u;
const MICRO_N = 4u;

/// This thread's results. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  let at_m = left_at_four(place.trial, place.m);
  let at_n = right_at_four(place.trial, place.n);
  for (var k = 0u; k < depth; k++) {
    let left = left_four(at_m, left_at_k(place.trial, k));
    let right = right_four(right_at_k(place.trial, k), at_n);
    sum[0] += left.x * right;
    sum[1] += left.y * right;
    sum[2] += left.z * right;
    sum[3] += left.w * right;
  }
  return sum;
}
