/**
 * The records that the kernels read from memory: every field is 4 bytes, in this order, after one another. The kernels'
 * constants (`fields.ts` beside them, made by the build) come from here, so that no offset is counted by hand.
 * Addresses are bytes from the start of the memory; `u` is an unsigned integer or an address, `f` a float32.
 */

/** One for a population. */
export const problemFields = [
  'features',
  'targets',
  /** 0 where every row weighs 1. */
  'weights',
  /** Which rows are trained on. */
  'train_rows',
  'train_count',
  'columns',
  'outputs',
  'layers',
  'loss',
  'level_records',
  'layer_records',
] as const;

/** One for the input and for each layer's units; what a panel of rows holds of them lies in the workspace. */
export const levelFields = ['units', 'padded', 'values', 'slopes', 'errors', 'errors_by_row'] as const;

/**
 * One for each layer; offsets in bytes from the start of an arena. Weights and biases are the first and the second tensor,
 * scale and shift of a scale layer, frequency and phase of a periodic one.
 */
export const layerFields = [
  /** Index in `layerKinds`. */
  'kind',
  /** How many units have weights: of a periodic layer those before the unchanged inputs, and `sources` has the input of each. */
  'units',
  'sources',
  /** Weights of one unit, and bytes from the weights that give 8 inputs their errors to the next 8. */
  'per_unit',
  'block_bytes',
  'weights',
  'panel_bytes',
  'biases',
  /** Of weights, then of biases: what multiplies the learning rate, 0 where they are not trained; and whether they are regularized. */
  'weight_rate',
  'weights_regularized',
  'bias_rate',
  'biases_regularized',
] as const;

/** One for each trial. */
export const trialFields = [
  'parameters',
  'slot0',
  'slot1',
  /** Of each layer: which activation. */
  'activations',
  /** Of each hidden layer: the hash below which a unit is dropped, and 1 / (1 - rate) of it. */
  'dropout',
  'batch_size',
  /** Rows of a panel: 1, 4 or 8. */
  'lanes',
  'seed',
  'shuffle',
  'update',
  'nesterov',
  'momentum',
  'alpha',
  'beta1',
  'beta2',
  /** What is left of 1, rounded from float64. */
  'rest_alpha',
  'rest1',
  'rest2',
  'l1',
  'l2',
  'clip_norm',
  'label_smoothing',
] as const;

/** One for each thread that trains trials of its own, or for all that share one. */
export const workFields = [
  /** What the levels' offsets count from. */
  'base',
  /** [output][lane] of each panel */
  'targets',
  /** [lane] of each panel; 0 where there is no row. */
  'weights',
  /** float64 of each panel. */
  'losses',
  /** float64 of each tile. */
  'squares',
  /** An arena, for gradients whose length is limited. */
  'gradients',
  /** Of each thread: a tile, and room for the outputs of one row. */
  'scratch',
  'scratch_bytes',
  /** Two words: how many have come, and how often all have. */
  'barrier',
] as const;

/** One for each step: what depends on its number, worked out by the host in float64. */
export const stepFields = ['rate', 'epsilon', 'decay', 'unused'] as const;

/** What a thread is to do: steps of one trial. `steps` are records of them, `losses` a float32 of each. */
export const jobFields = ['trial', 'epoch', 'within', 'step', 'count', 'steps', 'losses'] as const;

export const structLayouts = {
  problem: problemFields,
  level: levelFields,
  layer: layerFields,
  trial: trialFields,
  work: workFields,
  step: stepFields,
  job: jobFields,
} as const;

/** Bytes of a record. */
export const sizeOf = (fields: readonly string[]): number => 4 * fields.length;
