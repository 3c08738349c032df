// As matmul_tiled.wgsl, with 8 x 8 results a thread: half the reads of workgroup memory for each multiply-add.
override DEPTH: u32 = 16u;
override LEFT_ALONG_K: bool = true;
override RIGHT_ALONG_K: bool = true;

const MICRO_M = 8u;
const MICRO_N = 8u;

override LEFT_FOURS: u32 = (2u * THREADS_M + 1u) * DEPTH;
override RIGHT_FOURS: u32 = (2u * THREADS_N + 1u) * DEPTH;
var<workgroup> left_tile: array<vec4f, LEFT_FOURS>; // [k, m / 4]
var<workgroup> right_tile: array<vec4f, RIGHT_FOURS>; // [k, n / 4]

/// This thread's results. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  for (var first_k = 0u; first_k < depth; first_k += DEPTH) {
    let count = min(DEPTH, depth - first_k);
    for (var i = place.thread; i < 2u * THREADS_M * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / (2u * THREADS_M), i % DEPTH, LEFT_ALONG_K);
      let m4 = select(i % (2u * THREADS_M), i / DEPTH, LEFT_ALONG_K);
      if (k < count) {
        left_tile[k * (2u * THREADS_M + 1u) + m4] = left_four(left_at_four(place.trial, place.group_m + m4 * 4u), left_at_k(place.trial, first_k + k));
      }
    }
    for (var i = place.thread; i < 2u * THREADS_N * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / (2u * THREADS_N), i % DEPTH, RIGHT_ALONG_K);
      let n4 = select(i % (2u * THREADS_N), i / DEPTH, RIGHT_ALONG_K);
      if (k < count) {
        right_tile[k * (2u * THREADS_N + 1u) + n4] = right_four(right_at_k(place.trial, first_k + k), right_at_four(place.trial, place.group_n + n4 * 4u));
      }
    }
    workgroupBarrier();
    for (var k = 0u; k < count; k++) {
      let left0 = left_tile[k * (2u * THREADS_M + 1u) + 2u * local.y];
      let left1 = left_tile[k * (2u * THREADS_M + 1u) + 2u * local.y + 1u];
      let right0 = right_tile[k * (2u * THREADS_N + 1u) + 2u * local.x];
      let right1 = right_tile[k * (2u * THREADS_N + 1u) + 2u * local.x + 1u];
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
    workgroupBarrier();
  }
  return sum;
}
