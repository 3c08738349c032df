// Structs that the host writes. Their layouts are read from this file when the project is built (tools/wgsl-layouts.ts).

/// One trial's hyperparameters. The host writes them between submits; kernels only read them, which also makes
/// `live` uniform for a workgroup, so that a stopped trial's workgroups may return before any barrier.
struct Trial {
  /// Read by the resident plan, in which they may differ between trials: index in `updateNames`, and its own batches.
  update: u32,
  batch_size: u32,
  steps_per_epoch: u32,
  learning_rate: f32,
  momentum: f32,
  nesterov: u32,
  alpha: f32,
  one_minus_alpha: f32,
  beta1: f32,
  beta2: f32,
  one_minus_beta1: f32,
  one_minus_beta2: f32,
  epsilon: f32,
  weight_decay: f32,
  l1: f32,
  l2: f32,
  clip_norm: f32,
  label_smoothing: f32,
  schedule: u32,
  /// In steps, as the warm-up and the flat part are.
  schedule_period: u32,
  schedule_flat: u32,
  schedule_factor: f32,
  schedule_log2_factor: f32,
  warmup: u32,
  seed: u32,
  shuffled: u32,
  live: u32,
  /// Per hidden layer: a unit is left out when its hash is below the threshold; the others are scaled up.
  dropout_threshold: array<u32, 64>,
  dropout_scale: array<f32, 64>,
  /// Per layer: index in `activationNames`.
  activations: array<u32, 65>,
}

/// Where a trial is. The first dispatch of a step reads `next_step` and writes the rest; the later ones read the rest;
/// the last one writes `next_step`. So no dispatch reads what it writes, and every step records the same commands.
struct State {
  next_step: u32,
  step: u32,
  rows_in_batch: u32,
  /// The learning rate of this step, its schedule applied.
  learning_rate: f32,
  /// 1 - beta1^t and 1 - beta2^t, as c = c beta + (1 - beta): exact from the first step, where 1 - pow() is not.
  bias_correction1: f32,
  bias_correction2: f32,
  /// Where trials have different batch sizes: see step_schedule.wgsl.
  phase: u32,
}

/// One layer's shape and places, written once when the population is made. Counts are in elements.
struct Layer {
  /// Its number among the layers, from 0.
  index: u32,
  inputs: u32,
  outputs: u32,
  /// Start of this layer's weight and bias (of a scale layer: scale and shift; of a periodic one: frequency and phase) among a trial's parameters, and the number of these.
  weight: u32,
  bias: u32,
  parameters: u32,
  /// Rows of a batch, or of an evaluation's window.
  rows: u32,
  /// Between one trial's input and the next one's: 0 where all trials read the same.
  input_stride: u32,
  /// Between one row of the data set and the next: features, then targets, then the row's weight.
  data_stride: u32,
  /// Between one trial's list of rows and the next one's: 0 where all trials share it.
  list_stride: u32,
  train_rows: u32,
  steps_per_epoch: u32,
  /// Steps that the loss log holds before it wraps; the tiles' partial sums lie behind it.
  log_steps: u32,
  trials: u32,
  /// Partial losses per trial.
  partials: u32,
  /// With clipping: partial squared norms per trial, and where this layer's start.
  norm_partials: u32,
  first_norm: u32,
  /// Split-K: the parts that the weight gradient's batch is cut into, and the rows of a part.
  splits: u32,
  split_rows: u32,
  /// Gradients that are stored of one trial, all splits of all layers, and where this layer's start.
  stored_gradients: u32,
  first_gradient: u32,
  /// Of a periodic layer: cosines of each embedded input.
  frequencies: u32,
}

/// Parameters of one layer that follow each other, as many as one workgroup takes, or fewer.
struct Block {
  /// The first one among a trial's parameters; those from `bias` on are biases.
  parameter: u32,
  count: u32,
  bias: u32,
  /// Its gradients of the first split among a trial's stored gradients, the number of splits, and how far apart they are.
  gradient: u32,
  splits: u32,
  split_stride: u32,
  /// With clipping: the index of its squared norm, if this block makes it.
  norm: u32,
  /// The number of its layer.
  layer: u32,
}

/// How a layer's tensors are trained: x of its weight, y of its bias, or of what other kinds have in their places.
struct TensorTraining {
  /// Multiply the learning rate; 0 where the tensor is frozen.
  rates: vec2f,
  /// 1 where l1, l2 and weight decay apply.
  regularized: vec2u,
}

/// What the workgroups of the resident plan share. Counts are in elements.
struct Resident {
  parameters: u32,
  columns: u32,
  outputs: u32,
  data_stride: u32,
  train_rows: u32,
  /// Steps of the population in an epoch: see step_schedule.wgsl.
  population_steps: u32,
  trials: u32,
  layers: u32,
  /// Units from a hidden unit's activations to its derivatives.
  derivative_shift: u32,
  /// inputs, outputs, and the starts of weight and bias among a trial's parameters
  shapes: array<vec4u, 65>,
}
