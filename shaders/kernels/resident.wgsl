// The resident network: one workgroup owns one trial and runs many whole training steps in one dispatch. What a step computes is
// src/engine/reference/network.ts. This file is the loop over steps; its parts are
//   resident/batch.wgsl            which rows, and their features
//   resident/forward.wgsl          z = a_before W + b, layer by layer
//   resident/activate_layer.wgsl   a = f(z) d and, where they are kept, the derivatives f'(z) d
//   resident/loss.wgsl             the loss and the last layer's deltas, with lib/losses.wgsl or lib/softmax.wgsl (softmax)
//   resident/backward.wgsl         deltas of the layer before and gradients, in one pass over W
//   resident/gradients.wgsl        the first layer's gradients, and those of all biases
//   resident/update.wgsl           what becomes of a gradient, at once or when all of them are there
// in_storage and quad_swap are for software adapters: activations in storage, and forward and backward from shaders/software
// with the same sums in the same order.
//
// Layout. All values of a step are in `activations` [unit, row / 4], four rows to a vec4f: first the batch's features as the
// units of a layer 0, then the units of every layer. A batch that does not fill its last vec4f has rows of zeros there, whose
// deltas are 0. The deltas of a layer take the place of its activations, which a pass over W reads for the last time just
// before: 1-150-150-1 with a batch of 8 fits in 10 kB. Where f' does not follow from f(z), or with dropout, the derivatives
// are behind the activations (DERIVATIVES). Parameters and optimizer state are in storage: a workgroup's share of them is in
// its core's cache.
//
// Every sum is taken by one thread in one order, whatever THREADS is: same seed, same bits. Losses are 0 in a step of the
// population in which the trial has none. Nothing but kinds and counts decides control flow around barriers, and these come from
// read-only memory, or through workgroupUniformLoad.
import package::lib::optimizers::{Hyperparameters, hyperparameters_of};
import package::lib::schedule::schedule_factor;
import package::lib::softmax::softmax_loss_and_deltas;
import package::lib::step_schedule::{is_due, next_phase};
import package::lib::structs::{Resident, State, Trial};
import package::resident::backward::backward_layer;
import package::resident::batch::{batch_row_weight, batch_target, gather_batch};
import package::resident::forward::forward_layer;
import package::resident::gradients::{backward_first_layer, update_biases};
import package::resident::loss::loss_and_deltas;
import package::resident::memory::{activations_barrier, activations_length, origin};
import package::resident::update::{CLIPS, FUSED, update_stored};
@if(in_storage) import package::software::resident_backward::backward_layer_wide;
@if(in_storage) import package::software::resident_forward::forward_layer_wide;

@group(0) @binding(0) var<uniform> network: Resident;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@group(0) @binding(6) var<storage, read> train_rows: array<u32>;
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [step of this dispatch, trial]
@group(0) @binding(11) var<storage, read_write> optimizer_state: array<vec2f>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> gradients: array<f32>; // [trial, parameter]
@if(in_storage) @group(0) @binding(13) var<storage, read_write> activations: array<vec4f>; // [trial, unit, row / 4]
@else var<workgroup> activations: array<vec4f, UNITS>; // [unit, row / 4]
@group(0) @binding(15) var<uniform> dispatch: vec4u; // x: the population's steps in this dispatch

/// Chosen by measurement.
override THREADS: u32 = 64u;
/// vec4f of `activations` that a workgroup holds, and row vec4fs of the largest batch.
override UNITS: u32 = 1u;
override ROW_FOURS: u32 = 1u;
override DERIVATIVES: bool = false;
/// Whether all batches of all trials take an even number of row vec4fs: no code for the odd ones.
override ALL_PAIRS: bool = false;

var<workgroup> started: State;

/// Where this thread is, the same for all threads of the workgroup but for `thread`; since the compiler cannot know that,
/// what barriers depend on is read again.
var<private> trial: u32;
var<private> thread: u32;
var<private> step: u32;
/// Rows of this step's batch, and vec4fs of rows that a batch of this trial takes.
var<private> rows: u32;
var<private> row_fours: u32;
/// Start of this trial's parameters.
var<private> first_parameter: u32;
var<private> hyperparameters: Hyperparameters;
var<private> update_kind: u32;
var<private> clips: bool;

struct Shape {
  inputs: u32,
  outputs: u32,
  weight: u32,
  bias: u32,
}

/// A layer's sizes, and where its parameters begin in the whole buffer.
fn layer_shape(layer: u32) -> Shape {
  let shape = network.shapes[layer];
  return Shape(shape.x, shape.y, first_parameter + shape.z, first_parameter + shape.w);
}

/// Whether two vec4fs of rows are taken together from this one on.
fn is_pair(four: u32) -> bool {
  return ALL_PAIRS || (ROW_FOURS > 1u && four + 1u < row_fours);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  // See "Lengths" in matmul/tile.wgsl.
  let own = min(arrayLength(&parameters), arrayLength(&trials));
  let kept = min(arrayLength(&gradients), arrayLength(&optimizer_state));
  let given = min(arrayLength(&data), arrayLength(&train_rows));
  if (min(min(activations_length(), own), min(kept, given)) == 0u) {
    return;
  }
  trial = group.x;
  thread = local;
  if (trials[group.x].live == 0u) {
    return;
  }
  if (thread == 0u) {
    started = state[trial];
  }
  let begun = workgroupUniformLoad(&started);
  let batch_size = trials[group.x].batch_size;
  let steps_per_epoch = trials[group.x].steps_per_epoch;
  first_parameter = trial * network.parameters;
  row_fours = (batch_size + 3u) / 4u;
  update_kind = trials[trial].update;
  clips = CLIPS && trials[trial].clip_norm > 0.0;
  var phase = begun.phase;
  var next = begun.next_step;
  var bias_correction1 = begun.bias_correction1;
  var bias_correction2 = begun.bias_correction2;
  for (var i = 0u; i < dispatch.x; i++) {
    let due = is_due(phase, steps_per_epoch, network.population_steps);
    phase = next_phase(phase, steps_per_epoch, network.population_steps);
    if (!due) {
      if (thread == 0u) {
        losses[i * network.trials + trial] = 0.0;
      }
      continue;
    }
    step = next;
    next++;
    bias_correction1 = bias_correction1 * trials[trial].beta1 + trials[trial].one_minus_beta1;
    bias_correction2 = bias_correction2 * trials[trial].beta2 + trials[trial].one_minus_beta2;
    let learning_rate = trials[trial].learning_rate * schedule_factor(trial, step);
    hyperparameters = hyperparameters_of(trial, learning_rate, bias_correction1, bias_correction2);
    let position = (step % steps_per_epoch) * batch_size;
    rows = min(batch_size, network.train_rows - position);

    gather_batch(position, step / steps_per_epoch);
    var first_in = origin(); // where a layer's inputs begin
    for (var layer = 0u; layer < network.layers; layer++) {
      @if(in_storage) forward_layer_wide(layer, first_in);
      @else forward_layer(layer, first_in);
      first_in += layer_shape(layer).inputs * row_fours;
      activations_barrier();
    }
    let loss = loss_and_deltas(first_in);
    if (thread == 0u) {
      losses[i * network.trials + trial] = loss;
    }
    for (var layer = network.layers - 1u; layer > 0u; layer--) {
      first_in -= layer_shape(layer).inputs * row_fours;
      @if(in_storage) backward_layer_wide(layer, first_in);
      @else backward_layer(layer, first_in);
      activations_barrier();
    }
    backward_first_layer();
    update_biases();
    storageBarrier();
    workgroupBarrier();
    if (!FUSED || (CLIPS && trials[group.x].clip_norm > 0.0)) {
      update_stored();
    }
  }
  if (thread == 0u) {
    state[trial].phase = phase;
    state[trial].next_step = next;
    state[trial].bias_correction1 = bias_correction1;
    state[trial].bias_correction2 = bias_correction2;
  }
}

// What lib/softmax.wgsl asks of this kernel.

@if(softmax) var<private> last_layer: u32;

/// Turns one row of logits into deltas; returns its share of the loss. `dataset_row` is the row's number in the data set.
@if(softmax) fn softmax_of_row(first_out: u32, row: u32, dataset_row: u32) -> f32 {
  last_layer = first_out;
  let scale = batch_row_weight(dataset_row) / f32(rows);
  return softmax_loss_and_deltas(row, dataset_row, network.outputs, trials[trial].label_smoothing, scale);
}

@if(softmax) fn row_value(row: u32, o: u32) -> f32 {
  return activations[last_layer + o * row_fours + row / 4u][row % 4u];
}

@if(softmax) fn set_row_value(row: u32, o: u32, value: f32) {
  activations[last_layer + o * row_fours + row / 4u][row % 4u] = value;
}

@if(softmax) fn row_target(dataset_row: u32, o: u32) -> f32 {
  return batch_target(dataset_row, o);
}
