// Learning rates of tensors' own, frozen tensors, and what is regularized, in models that do not train all of their layers as
// dense ones are trained by default (condition `tensor_training`). A layer has two tensors, for example weight and bias.
import package::kernel::training;

/// What multiplies the learning rate, and with it weight decay; 0 where the tensor is frozen.
fn tensor_rate(layer_index: u32, is_second: bool) -> f32 {
  return select(training[layer_index].rates.x, training[layer_index].rates.y, is_second);
}

fn is_regularized(layer_index: u32, is_second: bool) -> bool {
  return select(training[layer_index].regularized.x, training[layer_index].regularized.y, is_second) == 1u;
}

/// The square of a gradient as a part of the length that clipping limits.
fn trained_square(layer_index: u32, is_second: bool, gradient: f32) -> f32 {
  return select(gradient * gradient, 0.0, tensor_rate(layer_index, is_second) == 0.0);
}
