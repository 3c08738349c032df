// What every kernel shares. The host reads these layouts with a tool when the project is built; nobody counts bytes.

/// One trial's own numbers. The host writes them between slices of work; kernels only read them, which also makes
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
  schedule: u32,
  /// In steps, as the warm-up is.
  schedule_period: u32,
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
  rate: f32,
  /// 1 - beta1^t and 1 - beta2^t, as c = c beta + (1 - beta): exact from the first step, where 1 - pow() is not.
  correction1: f32,
  correction2: f32,
  /// Where trials have different batch sizes: how far the clock is towards this trial's next step.
  phase: u32,
}

/// One layer's shape and places, written once when the population is made. Counts are in elements.
struct Layer {
  /// Its number among the layers, from 0.
  index: u32,
  inputs: u32,
  outputs: u32,
  /// Start of this layer's weight and bias in a trial's arena, and the length of the arena.
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
  /// The weight gradient's batch, cut into slices of so many rows: 1 slice of all rows where it is not cut.
  slices: u32,
  slice_rows: u32,
  /// Gradients that are stored of one trial, all slices of all layers, and where this layer's start.
  stored: u32,
  first_stored: u32,
}

/// Parameters of one layer that follow each other, as many as one workgroup takes, or fewer.
struct Block {
  /// Its place in a trial's arena; those from `bias` on are biases.
  parameter: u32,
  count: u32,
  bias: u32,
  /// Place of its first slice among a trial's stored gradients, how many slices there are, and how far apart.
  stored: u32,
  slices: u32,
  stride: u32,
  /// With clipping: the place of its squared norm, where this is what makes it.
  norm: u32,
}

/// What the workgroups of the resident plan share. Counts are in elements.
struct Resident {
  parameters: u32,
  columns: u32,
  outputs: u32,
  data_stride: u32,
  train_rows: u32,
  ticks_per_epoch: u32,
  trials: u32,
  layers: u32,
  /// Units from a hidden unit to the place of its slopes.
  slope_shift: u32,
  /// inputs, outputs, and the starts of weight and bias in a trial's arena
  shapes: array<vec4u, 65>,
}
