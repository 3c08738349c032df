// The product with a diagonal matrix on the right, which a scale layer is: of the sum over k only the term k = n is left,
//   product[m, n] = left(m, n) right(n, n)
// Every thread reads its own values; there is nothing that two threads share.
import package::kernel::{left_offset_k, left_offset_m, left_value, right_offset_k, right_offset_n, right_value};
import package::matmul::tile::{MICRO_M, MICRO_N, Results, Tile};

fn diagonal_product(tile: Tile, depth: u32) -> Results {
  var product = Results();
  for (var j = 0u; j < MICRO_N; j++) {
    // What lies beyond the last n is not stored, but k has to be in range.
    let k = min(tile.n + j, depth - 1u);
    let right = right_value(right_offset_k(tile.trial, k), right_offset_n(tile.trial, k));
    for (var i = 0u; i < MICRO_M; i++) {
      product[i][j] = left_value(left_offset_m(tile.trial, tile.m + i), left_offset_k(tile.trial, k)) * right;
    }
  }
  return product;
}
