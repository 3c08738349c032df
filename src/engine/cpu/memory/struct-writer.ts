/** Writes the records of `struct-layouts.ts` into the kernels' memory. */

import { activationNames } from '../../../spec/activations.ts';
import { lossNames } from '../../../spec/losses.ts';
import { optimizerTable, updateNames, updateTable } from '../../../spec/optimizers.ts';
import { dropoutThreshold } from '../../../util/random.ts';
import type { EngineData, Hyperparameters, PopulationSettings } from '../../engine.ts';
import { kindOf, layerKinds, type TensorTraining, tensorsOf } from '../../layers.ts';
import { type CpuLayout, lanesFor, paddedUnits, sourcesOf } from './layout.ts';
import { layerFields, levelFields, sizeOf, structLayouts } from './struct-layouts.ts';

type StructName = keyof typeof structLayouts;
type Values<Name extends StructName> = Partial<Record<(typeof structLayouts)[Name][number], number>>;

export class StructWriter {
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;

  constructor(memory: ArrayBufferLike) {
    this.#words = new Uint32Array(memory);
    this.#floats = new Float32Array(memory);
  }

  /** Whole numbers of a record. */
  words<Name extends StructName>(name: Name, at: number, values: Values<Name>): void {
    for (const [field, value] of Object.entries(values))
      this.#words[(at >> 2) + this.#place(name, field)] = Number(value);
  }

  floats<Name extends StructName>(name: Name, at: number, values: Values<Name>): void {
    for (const [field, value] of Object.entries(values))
      this.#floats[(at >> 2) + this.#place(name, field)] = Number(value);
  }

  #place(name: StructName, field: string): number {
    return (structLayouts[name] as readonly string[]).indexOf(field);
  }
}

/** All that stays as it is while a population trains. */
export function writeProblem(
  memory: ArrayBufferLike,
  layout: CpuLayout,
  data: EngineData,
  settings: PopulationSettings,
): void {
  const write = new StructWriter(memory);
  const { layers } = settings;
  write.words('problem', layout.problem, {
    features: layout.data.features,
    targets: layout.data.targets,
    weights: layout.data.weights,
    train_rows: layout.data.train,
    train_count: data.sets.train.length,
    columns: data.columns,
    outputs: data.outputs,
    layers: layers.length,
    loss: settings.custom_loss ? lossNames.length : lossNames.indexOf(settings.loss),
    level_records: layout.levels,
    layer_records: layout.layerRecords,
  });
  const units = [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
  units.forEach((count, l) => {
    const at = layout.levels + l * sizeOf(levelFields);
    write.words('level', at, { units: count, padded: paddedUnits(count), ...layout.levelOffsets[l] });
  });
  layout.layers.forEach(({ units, perUnit, weights, panel, block, biases }, l) => {
    const at = layout.layerRecords + l * sizeOf(layerFields);
    const [first, second] = tensorsOf(layers[l]);
    write.words('layer', at, {
      kind: layerKinds.indexOf(kindOf(layers[l])),
      units,
      sources: layout.sources[l],
      per_unit: perUnit,
      block_bytes: 4 * block,
      weights: 4 * weights,
      panel_bytes: 4 * panel,
      biases: 4 * biases,
      weights_regularized: Number(first.regularized),
      biases_regularized: Number(second.regularized),
    });
    write.floats('layer', at, { weight_rate: rateOf(first), bias_rate: rateOf(second) });
    const sources = sourcesOf(layers[l]);
    new Uint32Array(memory, layout.sources[l], sources.length).set(sources);
  });
  for (const {
    record,
    base,
    targets,
    weights,
    losses,
    squares,
    gradients,
    scratch,
    scratchBytes,
    barrier,
  } of layout.workspaces) {
    write.words('work', record, {
      base,
      targets,
      weights,
      losses,
      squares,
      gradients,
      scratch,
      scratch_bytes: scratchBytes,
      barrier,
    });
  }
  new Float32Array(memory, layout.data.features, data.features.length).set(data.features);
  new Float32Array(memory, layout.data.targets, data.targets.length).set(data.targets);
  if (data.weights) new Float32Array(memory, layout.data.weights, data.weights.length).set(data.weights);
  for (const set of ['train', 'validation', 'test'] as const) {
    new Uint32Array(memory, layout.data[set], data.sets[set].length).set(data.sets[set]);
  }
}

const rateOf = ({ trainable, learning_rate_scale }: TensorTraining) => (trainable ? learning_rate_scale : 0);

/** What a trial is trained by; again when its numbers change. */
export function writeTrial(
  memory: ArrayBufferLike,
  layout: CpuLayout,
  trial: number,
  numbers: Hyperparameters,
  trained: number,
): void {
  const write = new StructWriter(memory);
  const { record, activations, dropout, parameters, slots } = layout.trials[trial];
  const { betas, alpha } = numbers;
  write.words('trial', record, {
    parameters,
    slot0: slots[0],
    slot1: slots[1] ?? slots[0],
    activations,
    dropout,
    batch_size: numbers.batch_size,
    lanes: lanesFor(Math.min(numbers.batch_size, trained)),
    seed: numbers.seed,
    shuffle: numbers.shuffle ? 1 : 0,
    update: updateNames.indexOf(optimizerTable[numbers.optimizer].update),
    nesterov: numbers.nesterov ? 1 : 0,
  });
  write.floats('trial', record, {
    momentum: numbers.momentum,
    alpha,
    beta1: betas[0],
    beta2: betas[1],
    rest_alpha: 1 - alpha,
    rest1: 1 - betas[0],
    rest2: 1 - betas[1],
    l1: numbers.l1,
    l2: numbers.l2,
    clip_norm: numbers.clip_norm,
    label_smoothing: numbers.label_smoothing ?? 0,
  });
  const words = new Uint32Array(memory);
  const floats = new Float32Array(memory);
  numbers.activations.forEach((name, l) => {
    words[(activations >> 2) + l] = activationNames.indexOf(name);
  });
  numbers.dropout.forEach((rate, l) => {
    words[(dropout >> 2) + 2 * l] = dropoutThreshold(rate);
    floats[(dropout >> 2) + 2 * l + 1] = 1 / (1 - rate);
  });
}

/** Numbers of a step that need float64: [rate, epsilon, decay, -] for each, into `to`. */
export function writeSteps(
  to: Float32Array,
  factors: (step: number) => number,
  first: number,
  count: number,
  numbers: Hyperparameters,
): void {
  const { learning_rate, weight_decay, optimizer, betas, epsilon } = numbers;
  const { corrected } = updateTable[optimizerTable[optimizer].update];
  for (let i = 0; i < count; i++) {
    const step = first + i;
    const rate = learning_rate * factors(step);
    // rate (m / c1) / (sqrt(v / c2) + e) is rate sqrt(c2) / c1 m / (sqrt(v) + e sqrt(c2)).
    const root = corrected ? Math.sqrt(1 - betas[1] ** (step + 1)) : 1;
    to[4 * i] = corrected ? (rate * root) / (1 - betas[0] ** (step + 1)) : rate;
    to[4 * i + 1] = epsilon * root;
    to[4 * i + 2] = rate * weight_decay;
  }
}
