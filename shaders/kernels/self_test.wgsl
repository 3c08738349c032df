// Numbers that a device has to get right before anything trains on it (src/engine/gpu/device/self-test.ts), one a thread:
//   hash_at(seed, tile, i), shuffled_row(i, 50, seed)   integers: exact
//   z = scale sum_k x[m, k] x[n, k]                     8 x 8 results of a matrix product, by two tiles in workgroup memory
//   a = sigmoid(z) or tanh(z)                           with large z too, where exp leaves its range
//   0.5 after one step of Adam with gradient a
// for x = hash_at / 2^31 - 1. One workgroup. Seed and scale come from the buffer: no compiler can work out the results.
import package::lib::activations::sigmoid;
import package::lib::optimizers::{Hyperparameters, adam_update};
import package::lib::random::{hash_at, shuffled_row};

/// Written by the host: seed, bits of scale. Then: hash, row, bits of a, bits of the parameter.
@group(0) @binding(0) var<storage, read_write> numbers: array<vec4u, 64>;

var<workgroup> tile_values: array<f32, 64>; // [m, k]

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread: u32) {
  let seed = numbers[thread].x;
  let m = thread / 8u;
  let n = thread % 8u;
  var hashed = 0u;
  var product = 0.0;
  for (var tile = 0u; tile < 2u; tile++) {
    hashed = hash_at(seed, tile, thread);
    tile_values[thread] = f32(hashed >> 8u) / 8388608.0 - 1.0;
    workgroupBarrier();
    for (var k = 0u; k < 8u; k++) {
      product += tile_values[m * 8u + k] * tile_values[n * 8u + k];
    }
    workgroupBarrier();
  }
  let z = bitcast<f32>(numbers[thread].y) * product;
  let a = select(tanh(clamp(z, -15.0, 15.0)), sigmoid(z), m < 4u);
  var h = Hyperparameters();
  h.learning_rate = 0.1;
  h.beta1 = 0.9;
  h.one_minus_beta1 = 0.1;
  h.bias_correction1 = 0.1;
  h.beta2 = 0.99;
  h.one_minus_beta2 = 0.01;
  h.bias_correction2 = 0.01;
  h.epsilon = 1e-3;
  let parameter = adam_update(h, 0.5, a, vec2f()).parameter;
  numbers[thread] = vec4u(hashed, shuffled_row(thread % 50u, 50u, seed), bitcast<u32>(a), bitcast<u32>(parameter));
}
