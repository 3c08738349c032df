// The matrix product without workgroup memory: every thread reads its own values. 8 x 8 results a
// thread: half the reads of matmul_direct.wgsl for each multiply-add, where there are results enough to go round.
const MICRO_M = 8u;
const MICRO_N = 8u;

/// This thread's results. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  let at_m0 = left_at_four(place.trial, place.m);
  let at_m1 = left_at_four(place.trial, place.m + 4u);
  let at_n0 = right_at_four(place.trial, place.n);
  let at_n1 = right_at_four(place.trial, place.n + 4u);
  for (var k = 0u; k < depth; k++) {
    let left_k = left_at_k(place.trial, k);
    let right_k = right_at_k(place.trial, k);
    let left0 = left_four(at_m0, left_k);
    let left1 = left_four(at_m1, left_k);
    let right0 = right_four(right_k, at_n0);
    let right1 = right_four(right_k, at_n1);
    sum[0] += left0.x * right0;
    sum[1] += left0.x * right1;
    sum[2] += left0.y * right0;
    sum[3] += left0.y * right1;
    sum[4] += left0.z * right0;
    sum[5] += left0.z * right1;
    sum[6] += left0.w * right0;
    sum[7] += left0.w * right1;
    sum[8] += left1.x * right0;
    sum[9] += left1.x * right1;
    sum[10] += left1.y * right0;
    sum[11] += left1.y * right1;
    sum[12] += left1.z * right0;
    sum[13] += left1.z * right1;
    sum[14] += left1.w * right0;
    sum[15] += left1.w * right1;
  }
  return sum;
}
