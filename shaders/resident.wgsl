// The resident plan: one workgroup owns one trial and runs many whole training steps in one dispatch.
//
// What a step computes is src/engine/reference/network.ts; this file is the loop over steps, and the parts are
//   resident_batch.wgsl          which rows, and their features
//   resident_forward*.wgsl       z = a_before W + b, layer by layer
//   resident_rows_*.wgsl         four rows of a unit, as a thread holds them
//   resident_finish.wgsl         a = f(z) d and, where they are kept, the slopes f'(z) d
//   resident_judge.wgsl          the loss and the last layer's errors, with resident_loss.wgsl or resident_softmax.wgsl
//   resident_backward*.wgsl      errors of the layer before and gradients, in one pass over W
//   resident_first_layer.wgsl    the first layer's gradients, and those of all biases
//   resident_update.wgsl         what becomes of a gradient, at once or when all of them are there
// Forward and backward come in two ways with the same sums in the same order: for a GPU, a thread per unit; and _wide, with
// four units a thread, for an adapter on which a thread, a load and a branch cost more than arithmetic. The host measures
// which kind of adapter it has (resident-variants.ts).
//
// Layout. All values of a step are in `units` [unit, row / 4], four rows to a vec4f: first the batch's features as the
// units of a layer 0, then the units of every layer. A batch that does not fill its last vec4f has rows of zeros there,
// whose errors are 0. The errors of a layer take the place of its activations, which a pass over W reads for the last time
// just before: 1-150-150-1 with a batch of 8 fits in 10 kB. Where f' does not follow from f(z), or with dropout, the
// slopes lie behind (SLOPES). `units` is workgroup memory (resident_workgroup.wgsl), or storage on an adapter where that
// is the same memory and workgroup memory is costly to set up (resident_storage.wgsl). Parameters and optimizer state are
// in storage: a workgroup's share of them is in its core's cache.
//
// Every sum is taken by one thread in one order, whatever THREADS is: same seed, same bits. Losses that a tick without a
// step leaves in the log are 0. Nothing but kinds and counts decides control flow around barriers, and these come from
// read-only memory, or through workgroupUniformLoad.
@group(0) @binding(0) var<uniform> plan: Resident;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>; // [trial, parameter]
@group(0) @binding(4) var<storage, read> data: array<f32>; // [row, features, targets, weight]
@group(0) @binding(9) var<storage, read_write> losses: array<f32>; // [tick of this dispatch, trial]
@group(0) @binding(15) var<uniform> ticks: vec4u; // x: ticks of this dispatch

/// Chosen by measurement: see resident-variants.ts.
override THREADS: u32 = 64u;
/// vec4f of `units` that a workgroup holds, and row vec4fs of the largest batch.
override UNITS: u32 = 1u;
override ROW_FOURS: u32 = 1u;
override SLOPES: bool = false;
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
var<private> arena: u32;
var<private> rule: Rule;
var<private> update_kind: u32;
var<private> clips: bool;

struct Shape {
  inputs: u32,
  outputs: u32,
  weight: u32,
  bias: u32,
}

/// A layer, with the places of its parameters in the whole buffer.
fn shape_of(layer: u32) -> Shape {
  let shape = plan.shapes[layer];
  return Shape(shape.x, shape.y, arena + shape.z, arena + shape.w);
}

/// Whether two vec4fs of rows are taken together from this one on.
fn is_pair(four: u32) -> bool {
  return ALL_PAIRS || (ROW_FOURS > 1u && four + 1u < row_fours);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  // Lengths are asked for first: see matmul.wgsl.
  let own = min(arrayLength(&parameters), arrayLength(&trials));
  let kept = min(arrayLength(&gradients), arrayLength(&moments));
  let given = min(arrayLength(&data), arrayLength(&train_rows));
  if (min(min(units_length(), own), min(kept, given)) == 0u) {
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
  arena = trial * plan.parameters;
  row_fours = (batch_size + 3u) / 4u;
  update_kind = trials[trial].update;
  clips = CLIPS && trials[trial].clip_norm > 0.0;
  var phase = begun.phase;
  var next = begun.next_step;
  var correction1 = begun.correction1;
  var correction2 = begun.correction2;
  for (var tick = 0u; tick < ticks.x; tick++) {
    let due = is_due(phase, steps_per_epoch, plan.ticks_per_epoch);
    phase = next_phase(phase, steps_per_epoch, plan.ticks_per_epoch);
    if (!due) {
      if (thread == 0u) {
        losses[tick * plan.trials + trial] = 0.0;
      }
      continue;
    }
    step = next;
    next++;
    correction1 = correction1 * trials[trial].beta1 + trials[trial].one_minus_beta1;
    correction2 = correction2 * trials[trial].beta2 + trials[trial].one_minus_beta2;
    let rate = trials[trial].learning_rate * schedule_factor(trial, step);
    rule = rule_of(trial, rate, correction1, correction2);
    let position = (step % steps_per_epoch) * batch_size;
    rows = min(batch_size, plan.train_rows - position);

    gather_batch(position, step / steps_per_epoch);
    var first_in = origin(); // where a layer's inputs lie
    for (var layer = 0u; layer < plan.layers; layer++) {
      forward_layer(layer, first_in);
      first_in += shape_of(layer).inputs * row_fours;
      units_barrier();
    }
    let loss = judge_batch(first_in);
    if (thread == 0u) {
      losses[tick * plan.trials + trial] = loss;
    }
    for (var layer = plan.layers - 1u; layer > 0u; layer--) {
      first_in -= shape_of(layer).inputs * row_fours;
      backward_layer(layer, first_in);
      units_barrier();
    }
    backward_first_layer();
    update_biases();
    storageBarrier();
    workgroupBarrier();
    if (!FUSED || (CLIPS && trials[group.x].clip_norm > 0.0)) {
      update_arena();
    }
  }
  if (thread == 0u) {
    state[trial].phase = phase;
    state[trial].next_step = next;
    state[trial].correction1 = correction1;
    state[trial].correction2 = correction2;
  }
}
