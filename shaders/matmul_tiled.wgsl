// The matrix product through workgroup memory: slices of DEPTH along k are brought in by all threads of the workgroup,
// so that each value is read from memory once per tile instead of once per thread. *_ALONG_K says whether neighbours
// in memory are neighbours along k, so that neighbouring threads read neighbouring addresses. A row of a tile is one vec4
// longer than it has values: neighbours along k would otherwise write to the same bank of workgroup memory.
override DEPTH: u32 = 16u;
override LEFT_ALONG_K: bool = true;
override RIGHT_ALONG_K: bool = true;

const MICRO_M = 4u;
const MICRO_N = 4u;

override LEFT_FOURS: u32 = (THREADS_M + 1u) * DEPTH;
override RIGHT_FOURS: u32 = (THREADS_N + 1u) * DEPTH;
var<workgroup> left_tile: array<vec4f, LEFT_FOURS>; // [k, m / 4]
var<workgroup> right_tile: array<vec4f, RIGHT_FOURS>; // [k, n / 4]

/// This thread's results. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  for (var first_k = 0u; first_k < depth; first_k += DEPTH) {
    let count = min(DEPTH, depth - first_k);
    for (var i = place.thread; i < THREADS_M * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / THREADS_M, i % DEPTH, LEFT_ALONG_K);
      let m4 = select(i % THREADS_M, i / DEPTH, LEFT_ALONG_K);
      if (k < count) {
        left_tile[k * (THREADS_M + 1u) + m4] = left_four(left_at_four(place.trial, place.group_m + m4 * 4u), left_at_k(place.trial, first_k + k));
      }
    }
    for (var i = place.thread; i < THREADS_N * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / THREADS_N, i % DEPTH, RIGHT_ALONG_K);
      let n4 = select(i % THREADS_N, i / DEPTH, RIGHT_ALONG_K);
      if (k < count) {
        right_tile[k * (THREADS_N + 1u) + n4] = right_four(right_at_k(place.trial, first_k + k), right_at_four(place.trial, place.group_n + n4 * 4u));
      }
    }
    workgroupBarrier();
    for (var k = 0u; k < count; k++) {
      let left = left_tile[k * (THREADS_M + 1u) + local.y];
      let right = right_tile[k * (THREADS_N + 1u) + local.x];
      sum[0] += left.x * right;
      sum[1] += left.y * right;
      sum[2] += left.z * right;
      sum[3] += left.w * right;
    }
    workgroupBarrier();
  }
  return sum;
}
