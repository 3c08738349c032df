// Gradients of parts of a batch, of the first layer and of the biases in the resident kernel.
import package::kernel::{ROW_FOURS, THREADS, activations, gradients, layer_shape, network, parameters, row_fours, thread};
import package::resident::memory::origin;
import package::resident::update::apply_or_store;

/// The gradient of some rows joins that of the rows before; with the last rows it is whole.
fn add_gradient(index: u32, parameter: f32, part: f32, first: bool, last: bool) {
  var gradient = part;
  if (ROW_FOURS > 2u && !first) {
    gradient += gradients[index];
  }
  if (ROW_FOURS <= 2u || last) {
    apply_or_store(index, false, parameter, gradient);
  } else {
    gradients[index] = gradient;
  }
}

/// The first layer has nothing before it: a task is one weight.
fn backward_first_layer() {
  let shape = layer_shape(0u);
  let first_out = origin() + shape.inputs * row_fours;
  for (var i = thread; i < shape.inputs * shape.outputs; i += THREADS) {
    let source = origin() + i % shape.inputs * row_fours;
    let delta = first_out + i / shape.inputs * row_fours;
    var gradient = 0.0;
    for (var four = 0u; four < row_fours; four++) {
      gradient += dot(activations[delta + four], activations[source + four]);
    }
    apply_or_store(shape.weight + i, false, parameters[shape.weight + i], gradient);
  }
}

/// The biases of all layers, whose deltas are still where they were: the gradient is the sum over the rows. One thread a unit.
fn update_biases() {
  var first = origin() + network.columns * row_fours;
  for (var layer = 0u; layer < network.layers; layer++) {
    let shape = layer_shape(layer);
    for (var o = thread; o < shape.outputs; o += THREADS) {
      var gradient = 0.0;
      for (var four = 0u; four < row_fours; four++) {
        gradient += dot(activations[first + o * row_fours + four], vec4f(1.0));
      }
      apply_or_store(shape.bias + o, true, parameters[shape.bias + o], gradient);
    }
    first += shape.outputs * row_fours;
  }
}
