// The resident plan backward, one input after another: see resident_backward_one.wgsl.

fn backward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var i = thread; i < shape.inputs; i += THREADS) {
    for (var four = 0u; four < row_fours; four += 2u) {
      backward_one(layer, shape, first_in, first_out, i, four);
    }
  }
}
