// Sums over a window of evaluated rows, for each trial and output, so that only numbers leave the GPU:
//   sum_row weight x loss(y, t)        sum_row (y - t)^2        sum_row |y - t|        rows whose class is right
// y are the outputs of a forward pass. One workgroup an output (x) and trial (z): its threads take the rows in turn, and
// their sums are added up in the order of the threads. The host adds up windows, in float64. What a row's outputs say
// together, the loss of softmax cross entropy and the class, the first output's workgroup has. Which class is chosen:
// src/spec/answers.ts.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(4) var<storage, read> results: array<f32>; // [trial, row, output]
@group(0) @binding(5) var<storage, read> row_list: array<u32>; // [row], NO_ROW where the window is not full
@group(0) @binding(7) var<storage, read_write> scores: array<vec4f>; // [window, trial, output]: loss, squared, absolute, right
@group(0) @binding(10) var<storage, read> data: array<f32>; // [row, features, targets, weight]

override THREADS: u32 = 64u;
const NO_ROW = 0xffffffffu;
const LOGIT = 4u; // binary_cross_entropy
const SOFTMAX = 5u;

var<workgroup> shares: array<vec4f, THREADS>;

fn target_value(at: u32, unit: u32) -> f32 {
  return data[(at + 1u) * layer.data_stride - layer.outputs - 1u + unit];
}

fn softmax_loss(first: u32, at: u32) -> f32 {
  var largest = results[first];
  for (var o = 1u; o < layer.outputs; o++) {
    largest = max(largest, results[first + o]);
  }
  var sum = 0.0;
  var product = 0.0;
  for (var o = 0u; o < layer.outputs; o++) {
    let shifted = results[first + o] - largest;
    sum += safe_exp(shifted);
    product += target_value(at, o) * shifted;
  }
  return log(sum) - product;
}

fn loss_of(first: u32, at: u32, o: u32, y: f32, goal: f32) -> f32 {
  if (LOSS != SOFTMAX) {
    return loss_value(y, goal);
  }
  if (o != 0u) {
    return 0.0;
  }
  return softmax_loss(first, at);
}

/// 1 where the class chosen is the target's: the largest of several, the first of equals; of one output yes or no.
fn right_class(first: u32, at: u32) -> f32 {
  if (layer.outputs == 1u) {
    let y = results[first];
    let chosen = select(y >= 0.5, y > 0.0, LOSS == LOGIT);
    return f32(chosen == (target_value(at, 0u) >= 0.5));
  }
  var chosen = 0u;
  var goal = 0u;
  for (var o = 1u; o < layer.outputs; o++) {
    if (results[first + o] > results[first + chosen]) {
      chosen = o;
    }
    if (target_value(at, o) > target_value(at, goal)) {
      goal = o;
    }
  }
  return f32(chosen == goal);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let o = group.x;
  let trial = group.z;
  var sums = vec4f();
  for (var row = thread; row < layer.rows; row += THREADS) {
    let at = row_list[row];
    if (at != NO_ROW) {
      let first = (trial * layer.rows + row) * layer.outputs;
      let y = results[first + o];
      let goal = target_value(at, o);
      let weight = data[(at + 1u) * layer.data_stride - 1u];
      sums += vec4f(weight * loss_of(first, at, o, y, goal), (y - goal) * (y - goal), abs(y - goal), 0.0);
      if (o == 0u) {
        sums.w += right_class(first, at);
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
