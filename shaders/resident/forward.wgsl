// A layer forward in the resident kernel:
//   z[row, o] = sum_i a_before[row, i] W[o, i] + b[o]
// A task is one unit o, and eight rows of it at a time (four where no more are left): one weight is read for eight
// multiply-adds, and the inputs are the same for neighbouring threads.
import package::kernel::{THREADS, activations, is_pair, layer_shape, parameters, row_fours, thread};
import package::resident::activate_layer::activate_layer;

fn forward_layer(layer: u32, first_in: u32) {
  let shape = layer_shape(layer);
  let first_out = first_in + shape.inputs * row_fours;
  for (var o = thread; o < shape.outputs; o += THREADS) {
    for (var four = 0u; four < row_fours; four += 2u) {
      let pair = is_pair(four);
      let destination = first_out + o * row_fours + four;
      var weight = shape.weight + o * shape.inputs;
      var source = first_in + four;
      let end = weight + shape.inputs;
      var z0 = vec4f(parameters[shape.bias + o]);
      var z1 = z0;
      for (; weight < end; weight++) {
        let w = parameters[weight];
        z0 += w * activations[source];
        if (pair) {
          z1 += w * activations[source + 1u];
        }
        source += row_fours;
      }
      activations[destination] = z0;
      if (pair) {
        activations[destination + 1u] = z1;
      }
    }
  }
  activate_layer(layer, shape.outputs, first_out);
}
