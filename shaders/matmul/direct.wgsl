// The matrix product without workgroup memory: every thread reads its own values. On an adapter that emulates workgroup memory
// and barriers (SwiftShader) this is several times faster than the tiled product, and compiles faster. With 8 x 8 results a
// thread (`wide`) there are half the reads for each multiply-add, where there are results enough to go round.
import package::kernel::{left_offset_k, right_offset_k};
import package::matmul::tile::{Results, Tile, left_offsets, left_values, right_offsets, right_values};

fn direct_product(tile: Tile, depth: u32) -> Results {
  var sum = Results();
  let offset_m0 = left_offsets(tile.trial, tile.m);
  @if(wide) let offset_m1 = left_offsets(tile.trial, tile.m + 4u);
  let offset_n0 = right_offsets(tile.trial, tile.n);
  @if(wide) let offset_n1 = right_offsets(tile.trial, tile.n + 4u);
  for (var k = 0u; k < depth; k++) {
    let left_k = left_offset_k(tile.trial, k);
    @if(wide) {
      let right_k = right_offset_k(tile.trial, k);
      let left0 = left_values(offset_m0, left_k);
      let left1 = left_values(offset_m1, left_k);
      let right0 = right_values(right_k, offset_n0);
      let right1 = right_values(right_k, offset_n1);
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
      let left = left_values(offset_m0, left_k);
      let right = right_values(right_offset_k(tile.trial, k), offset_n0);
      sum[0] += left.x * right;
      sum[1] += left.y * right;
      sum[2] += left.z * right;
      sum[3] += left.w * right;
    }
  }
  return sum;
}
