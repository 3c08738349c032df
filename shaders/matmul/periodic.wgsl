// The values of a periodic layer in the place of a product (forward.wgsl): result n of row m is a cosine of one input, and
// after the cosines come all inputs unchanged,
//   product[m, n] = cos(2 pi frequency[n] left(m, source(n)) + phase[n])        for n < C = outputs - inputs
//   product[m, n] = left(m, n - C)                                              from there on
// Every thread reads its own values; there is nothing that two threads share.
import package::kernel::{layer, left_offset_k, left_offset_m, left_value};
import package::lib::periodic::{cosine_of_turns, source_of, turns_of};
import package::matmul::tile::{MICRO_M, MICRO_N, Results, Tile};

fn periodic_product(tile: Tile) -> Results {
  var product = Results();
  let cosines = layer.outputs - layer.inputs;
  for (var j = 0u; j < MICRO_N; j++) {
    // What lies beyond the last n is not stored, but its input has to be in range.
    let n = min(tile.n + j, layer.outputs - 1u);
    var k = n - cosines;
    if (n < cosines) {
      k = source_of(n);
    }
    for (var i = 0u; i < MICRO_M; i++) {
      var value = left_value(left_offset_m(tile.trial, tile.m + i), left_offset_k(tile.trial, k));
      if (n < cosines) {
        value = cosine_of_turns(turns_of(tile.trial, n, value));
      }
      product[i][j] = value;
    }
  }
  return product;
}
