// A layer forward in the resident plan:
//   z[row, o] = sum_i a_before[row, i] W[o, i] + b[o]
// A task is one unit o, and eight rows of it at a time (four where no more are left): one weight is read for eight
// multiply-adds, the inputs are the same for neighbouring threads.

fn forward_layer(layer: u32, first_in: u32) {
  let shape = shape_of(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var o = thread; o < shape.outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four += 2u) {
      let pair = is_pair(four);
      let to = first_out + o * row_fours + four;
      var weight = shape.weight + o * shape.inputs;
      var source = first_in + four;
      let end = weight + shape.inputs;
      var z0 = vec4f(parameters[shape.bias + o]);
      var z1 = z0;
      for (; weight < end; weight++) {
        let w = parameters[weight];
        z0 += w * units[source];
        if (pair) {
          z1 += w * units[source + 1u];
        }
        source += row_fours;
      }
      units[to] = z0;
      if (pair) {
        units[to + 1u] = z1;
      }
    }
  }
  finish_layer(layer, shape.outputs, first_out);
}
