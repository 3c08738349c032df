enable subgroups;

// The matrix product without workgroup memory, 16 x 8 results a thread, by a workgroup of four threads side by side along
// n: each reads a quarter of the left values and shows it to the others. Where a read costs more than arithmetic
// and threads are lanes of one vector (SwiftShader), that is 12 reads for 128 multiply-adds instead of 16 for 64. A
// workgroup must be one subgroup, or a part of one.
const MICRO_M = 16u;
const MICRO_N = 8u;

/// This thread's results. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  let at_m0 = left_at_m(place.trial, place.m + local.x);
  let at_m1 = left_at_m(place.trial, place.m + local.x + 4u);
  let at_m2 = left_at_m(place.trial, place.m + local.x + 8u);
  let at_m3 = left_at_m(place.trial, place.m + local.x + 12u);
  let at_n0 = right_at_four(place.trial, place.n);
  let at_n1 = right_at_four(place.trial, place.n + 4u);
  for (var k = 0u; k < depth; k++) {
    let left_k = left_at_k(place.trial, k);
    let right_k = right_at_k(place.trial, k);
    let right0 = right_four(right_k, at_n0);
    let right1 = right_four(right_k, at_n1);
    add_rows(&sum, 0u, left_value(at_m0, left_k), right0, right1);
    add_rows(&sum, 8u, left_value(at_m1, left_k), right0, right1);
    add_rows(&sum, 16u, left_value(at_m2, left_k), right0, right1);
    add_rows(&sum, 24u, left_value(at_m3, left_k), right0, right1);
  }
  return sum;
}

/// Four rows of results, whose left values the four threads have.
fn add_rows(sum: ptr<function, Results>, first: u32, left: f32, right0: vec4f, right1: vec4f) {
  let left0 = subgroupBroadcast(left, 0u);
  let left1 = subgroupBroadcast(left, 1u);
  let left2 = subgroupBroadcast(left, 2u);
  let left3 = subgroupBroadcast(left, 3u);
  (*sum)[first] += left0 * right0;
  (*sum)[first + 1u] += left0 * right1;
  (*sum)[first + 2u] += left1 * right0;
  (*sum)[first + 3u] += left1 * right1;
  (*sum)[first + 4u] += left2 * right0;
  (*sum)[first + 5u] += left2 * right1;
  (*sum)[first + 6u] += left3 * right0;
  (*sum)[first + 7u] += left3 * right1;
}
