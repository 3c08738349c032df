// Parts of the way back in the resident plan that its two ways share: gradients of parts of a batch, the first layer, biases.

/// The gradient of some rows joins that of the rows before; with the last rows it is whole.
fn take_part(index: u32, parameter: f32, part: f32, first: bool, last: bool) {
  var gradient = part;
  if (ROW_FOURS > 2u && !first) {
    gradient += gradients[index];
  }
  if (ROW_FOURS <= 2u || last) {
    take(index, false, parameter, gradient);
  } else {
    gradients[index] = gradient;
  }
}

/// The first layer has nothing before it: a task is one weight.
fn backward_first_layer() {
  let shape = shape_of(0u);
  let first_out = origin() + shape.inputs * row_fours;
  for (var i = thread; i < shape.inputs * shape.outputs; i += THREADS) {
    let source = origin() + i % shape.inputs * row_fours;
    let error = first_out + i / shape.inputs * row_fours;
    var gradient = 0.0;
    for (var four = 0u; four < row_fours; four++) {
      gradient += dot(units[error + four], units[source + four]);
    }
    take(shape.weight + i, false, parameters[shape.weight + i], gradient);
  }
}

/// The biases of all layers, whose errors are still where they were: the gradient is the sum over the rows. One thread a unit.
fn update_biases() {
  var place = origin() + plan.columns * row_fours;
  for (var layer = 0u; layer < plan.layers; layer++) {
    let shape = shape_of(layer);
    for (var o = thread; o < shape.outputs; o += THREADS) {
      var gradient = 0.0;
      for (var four = 0u; four < row_fours; four++) {
        gradient += dot(units[place + o * row_fours + four], vec4f(1.0));
      }
      take(shape.bias + o, true, parameters[shape.bias + o], gradient);
    }
    place += shape.outputs * row_fours;
  }
}
