// The matrix product through workgroup memory: DEPTH values along k at a time are brought in by all threads of the workgroup,
// so that each value is read from memory once per tile instead of once per thread. *_ALONG_K says whether neighbours in memory
// are neighbours along k, so that neighbouring threads read neighbouring addresses. A row of a tile is one vec4 longer than it
// has values: neighbours along k would otherwise write to the same bank of workgroup memory. With 8 x 8 results a thread
// (`wide`) there are half the reads of workgroup memory for each multiply-add.
import package::kernel::{left_offset_k, right_offset_k};
import package::matmul::tile::{
  MICRO_M, MICRO_N, Results, THREADS_M, THREADS_N, TILE_THREADS, Tile, left_offsets, left_values, right_offsets, right_values
};

override DEPTH: u32 = 16u;
override LEFT_ALONG_K: bool = true;
override RIGHT_ALONG_K: bool = true;

/// vec4s along m and n that a thread computes with.
const FOURS_M = MICRO_M / 4u;
const FOURS_N = MICRO_N / 4u;

override LEFT_FOURS: u32 = (FOURS_M * THREADS_M + 1u) * DEPTH;
override RIGHT_FOURS: u32 = (FOURS_N * THREADS_N + 1u) * DEPTH;
var<workgroup> left_tile: array<vec4f, LEFT_FOURS>; // [k, m / 4]
var<workgroup> right_tile: array<vec4f, RIGHT_FOURS>; // [k, n / 4]

fn tiled_product(tile: Tile, local: vec3u, depth: u32) -> Results {
  var sum = Results();
  for (var first_k = 0u; first_k < depth; first_k += DEPTH) {
    let count = min(DEPTH, depth - first_k);
    for (var i = tile.thread; i < FOURS_M * THREADS_M * DEPTH; i += TILE_THREADS) {
      let k = select(i / (FOURS_M * THREADS_M), i % DEPTH, LEFT_ALONG_K);
      let m4 = select(i % (FOURS_M * THREADS_M), i / DEPTH, LEFT_ALONG_K);
      if (k < count) {
        left_tile[k * (FOURS_M * THREADS_M + 1u) + m4] = left_values(
          left_offsets(tile.trial, tile.group_m + m4 * 4u),
          left_offset_k(tile.trial, first_k + k),
        );
      }
    }
    for (var i = tile.thread; i < FOURS_N * THREADS_N * DEPTH; i += TILE_THREADS) {
      let k = select(i / (FOURS_N * THREADS_N), i % DEPTH, RIGHT_ALONG_K);
      let n4 = select(i % (FOURS_N * THREADS_N), i / DEPTH, RIGHT_ALONG_K);
      if (k < count) {
        right_tile[k * (FOURS_N * THREADS_N + 1u) + n4] = right_values(
          right_offset_k(tile.trial, first_k + k),
          right_offsets(tile.trial, tile.group_n + n4 * 4u),
        );
      }
    }
    workgroupBarrier();
    for (var k = 0u; k < count; k++) {
      let left = k * (FOURS_M * THREADS_M + 1u) + FOURS_M * local.y;
      let right = k * (FOURS_N * THREADS_N + 1u) + FOURS_N * local.x;
      @if(wide) {
        let left0 = left_tile[left];
        let left1 = left_tile[left + 1u];
        let right0 = right_tile[right];
        let right1 = right_tile[right + 1u];
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
      } @else {
        let left0 = left_tile[left];
        let right0 = right_tile[right];
        sum[0] += left0.x * right0;
        sum[1] += left0.y * right0;
        sum[2] += left0.z * right0;
        sum[3] += left0.w * right0;
      }
    }
    workgroupBarrier();
  }
  return sum;
}
