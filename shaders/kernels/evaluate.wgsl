// Sums over a window of evaluated rows, for each trial and output, so that only a few numbers leave the GPU:
//   sum_row weight loss(y, t)        sum_row (y - t)^2        sum_row |y - t|        rows whose class is right
// y are the outputs of a forward pass. One workgroup for each output (x) and trial (z): its threads take the rows in turn, and
// their sums are added up in the order of the threads. The host adds up windows, in float64. What a row's outputs say together
// (the loss of softmax cross entropy, and the class: see src/spec/answers.ts) is computed by the first output's workgroup.
import package::generated::constants::{LOSS_BINARY_CROSS_ENTROPY, LOSS_SOFTMAX_CROSS_ENTROPY};
import package::lib::activations::safe_exp;
import package::lib::dataset::{NO_ROW, row_weight, target_at};
import package::lib::losses::{LOSS, loss_value};
import package::lib::structs::Layer;

@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(4) var<storage, read> outputs: array<f32>; // [trial, row, output]
@group(0) @binding(5) var<storage, read> row_list: array<u32>; // [row], NO_ROW where the window is not full
@group(0) @binding(7) var<storage, read_write> scores: array<vec4f>; // [window, trial, output]: loss, squared, absolute, right
@group(0) @binding(10) var<storage, read> data: array<f32>; // [row, features, targets, weight]

override THREADS: u32 = 64u;

var<workgroup> shares: array<vec4f, THREADS>;

fn softmax_loss(first: u32, row: u32) -> f32 {
  var largest = outputs[first];
  for (var o = 1u; o < layer.outputs; o++) {
    largest = max(largest, outputs[first + o]);
  }
  var sum = 0.0;
  var product = 0.0;
  for (var o = 0u; o < layer.outputs; o++) {
    let shifted = outputs[first + o] - largest;
    sum += safe_exp(shifted);
    product += target_at(row, o) * shifted;
  }
  return log(sum) - product;
}

fn loss_term(first: u32, row: u32, o: u32, y: f32, target_value: f32) -> f32 {
  if (LOSS != LOSS_SOFTMAX_CROSS_ENTROPY) {
    return loss_value(y, target_value);
  }
  if (o != 0u) {
    return 0.0;
  }
  return softmax_loss(first, row);
}

/// 1 where the class chosen is the target's: the largest of several, the first of equals; of one output yes or no.
fn right_class(first: u32, row: u32) -> f32 {
  if (layer.outputs == 1u) {
    let y = outputs[first];
    let chosen = select(y >= 0.5, y > 0.0, LOSS == LOSS_BINARY_CROSS_ENTROPY);
    return f32(chosen == (target_at(row, 0u) >= 0.5));
  }
  var chosen = 0u;
  var right = 0u;
  for (var o = 1u; o < layer.outputs; o++) {
    if (outputs[first + o] > outputs[first + chosen]) {
      chosen = o;
    }
    if (target_at(row, o) > target_at(row, right)) {
      right = o;
    }
  }
  return f32(chosen == right);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let o = group.x;
  let trial = group.z;
  var sums = vec4f();
  for (var i = thread; i < layer.rows; i += THREADS) {
    let row = row_list[i];
    if (row != NO_ROW) {
      let first = (trial * layer.rows + i) * layer.outputs;
      let y = outputs[first + o];
      let error = y - target_at(row, o);
      let loss = loss_term(first, row, o, y, target_at(row, o));
      sums += vec4f(row_weight(row) * loss, error * error, abs(error), 0.0);
      if (o == 0u) {
        sums.w += right_class(first, row);
      }
    }
  }
  shares[thread] = sums;
  workgroupBarrier();
  if (thread == 0u) {
    var total = vec4f();
    for (var i = 0u; i < THREADS; i++) {
      total += shares[i];
    }
    scores[(layer.index * layer.trials + trial) * layer.outputs + o] = total;
  }
}
