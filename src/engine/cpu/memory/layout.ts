/**
 * Where a population lies in the memory of its kernels: worked out as a list of parts before any of it is taken, so that the
 * size is known first. `kernels/place.ts` says how panels are laid out.
 */
import { stateOf } from '../../../spec/optimizers.ts';
import type { EngineData, PopulationShape } from '../../engine.ts';
import { embeddingOf, kindOf, type LayerKind, type LayerSize } from '../../layers.ts';
import { parameterBytes } from '../../memory.ts';
import { referenceBytes } from '../../reference/memory.ts';
import { createStepSchedules } from '../../step-schedule.ts';
import { mostBytes } from '../module.ts';
import {
  jobFields,
  layerFields,
  levelFields,
  problemFields,
  sizeOf,
  stepFields,
  trialFields,
  workFields,
} from './struct-layouts.ts';

const start = 1024;

/** A level of more blocks has an odd number of them: panels at round distances would fall into the same cache sets. */
const roundBlocks = 8;

/** Rows that are predicted at once, at least. */
const minPredictedRows = 64;
/** And that threads share, at most: as many as have this many numbers, features and outputs together. */
const maxPredictedRows = 4096;
const predictedFloats = 2 ** 18;

export const blocksOf = (units: number) => Math.ceil(units / 8);

export function paddedUnits(units: number): number {
  const blocks = blocksOf(units);
  return 8 * (blocks >= roundBlocks && blocks % 2 === 0 ? blocks + 1 : blocks);
}

/** Rows that the kernels work on at once: as many as fill their vectors, and no more than a batch has by much. */
export function lanesFor(batch_size: number): 1 | 4 | 8 {
  if (batch_size === 1) return 1;
  return batch_size <= 4 ? 4 : 8;
}

interface WeightPanels {
  /** Units that have weights. */
  units: number;
  /** Weights of one unit. */
  perUnit: number;
  /** Floats from one panel of 8 units to the next, and from the weights that give 8 inputs their errors to the next 8. */
  panel: number;
  block: number;
}

/** How the first tensor of each kind of layer lies in panels. */
const weightPanels: Record<LayerKind, (layer: LayerSize) => WeightPanels> = {
  dense: ({ inputs, outputs }) => ({ units: outputs, perUnit: inputs, panel: 8 * paddedUnits(inputs), block: 64 }),
  scale: ({ outputs }) => ({ units: outputs, perUnit: 1, panel: 8, block: 8 }),
  periodic: ({ inputs, outputs }) => ({ units: outputs - inputs, perUnit: 1, panel: 8, block: 8 }),
};

/** Of each unit with weights of a periodic layer: its input. Up to whole blocks of 8; empty for the other kinds. */
export function sourcesOf(layer: LayerSize): Uint32Array {
  if (kindOf(layer) !== 'periodic') return new Uint32Array();
  const { inputs, frequencies } = embeddingOf(layer);
  const sources = new Uint32Array(8 * blocksOf(inputs.length * frequencies));
  inputs.forEach((input, j) => {
    sources.fill(input, j * frequencies, (j + 1) * frequencies);
  });
  return sources;
}

/** Offsets of one layer in a padded arena, in floats. */
export interface PaddedLayer extends WeightPanels {
  weights: number;
  biases: number;
}

export interface CpuLayout {
  layers: PaddedLayer[];
  /** Floats of a padded arena. */
  arena: number;
  /** Rows that fit into a work. */
  rows: number;
  /** Steps of a trial that one job may have. */
  steps: number;
  /** Addresses in bytes. */
  problem: number;
  levels: number;
  layerRecords: number;
  /** Of each layer: where `sourcesOf` it lies. */
  sources: number[];
  trials: {
    record: number;
    activations: number;
    dropout: number;
    parameters: number;
    slots: number[];
    job: number;
    steps: number;
    losses: number;
  }[];
  data: { features: number; targets: number; weights: number; train: number; validation: number; test: number };
  workspaces: {
    record: number;
    base: number;
    targets: number;
    weights: number;
    losses: number;
    squares: number;
    gradients: number;
    scratch: number;
    scratchBytes: number;
    barrier: number;
  }[];
  /** Words that threads count the jobs with. */
  control: number;
  /** Addresses of the jobs of a slice. */
  jobList: number;
  /** Room for `rows` rows that are predicted, and the outputs of every trial for them. */
  predictionBuffers: {
    rows: number;
    features: number;
    outputs: number;
    /** Addresses of the trials' records. */
    records: number;
    /** A word that threads count their parts with. */
    counter: number;
  };
  /** Offsets of each level in a work, in bytes. */
  levelOffsets: { values: number; slopes: number; errors: number; errors_by_row: number }[];
  bytes: number;
}

/** For as many threads, up to these, as WebAssembly can address the memory of; for one where it cannot even that. */
export function fittingLayout(data: EngineData, settings: PopulationShape, threads: number): CpuLayout {
  const layout = cpuLayout(data, settings, threads);
  return threads === 1 || layout.bytes <= mostBytes ? layout : fittingLayout(data, settings, threads - 1);
}

/** Bytes of a population: what its kernels work on, and its parameters as they were given and as they are kept. */
export function cpuBytes(data: EngineData, settings: PopulationShape, threads: number): number {
  const { bytes, arena } = fittingLayout(data, settings, threads);
  // Then plain loops train it.
  if (bytes > mostBytes) return referenceBytes(data, settings);
  return bytes + parameterBytes(settings) + 4 * arena * settings.trials.length;
}

export function cpuLayout(data: EngineData, settings: PopulationShape, threads: number): CpuLayout {
  let next = start;
  /** Every part begins at a cache line of its own. */
  const take = (bytes: number) => {
    const at = next;
    next += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const { layers: sizes, trials } = settings;
  const units = [sizes[0].inputs, ...sizes.map(({ outputs }) => outputs)];
  const padded = units.map(paddedUnits);

  let arena = 0;
  const layers = sizes.map((layer): PaddedLayer => {
    const panels = weightPanels[kindOf(layer)](layer);
    const weights = arena;
    const biases = weights + panels.panel * blocksOf(panels.units);
    arena = biases + 8 * blocksOf(panels.units);
    return { ...panels, weights, biases };
  });
  const tiles = layers.reduce((sum, { perUnit, units }) => sum + blocksOf(perUnit) * blocksOf(units), 0);

  const problem = take(sizeOf(problemFields));
  const levels = take(sizeOf(levelFields) * units.length);
  const layerRecords = take(sizeOf(layerFields) * sizes.length);
  const sources = sizes.map((layer) => take(sourcesOf(layer).byteLength));
  const control = take(64);
  const jobList = take(4 * settings.trials.length);

  const trained = data.sets.train.length;
  const rowsOf = (batch_size: number) => {
    const lanes = lanesFor(Math.min(batch_size, trained));
    return Math.ceil(Math.min(batch_size, trained) / lanes) * lanes;
  };
  const rows = 8 * Math.ceil(Math.max(minPredictedRows, ...trials.map(({ batch_size }) => rowsOf(batch_size))) / 8);
  const [{ populationSteps }] = createStepSchedules(
    trained,
    trials.map(({ batch_size }) => batch_size),
  );
  const steps = Math.min(Math.max(64, Math.ceil(65536 / trials.length)), 2048, Math.max(64, 4 * populationSteps));

  const trialParts = trials.map(({ optimizer }) => ({
    record: take(sizeOf(trialFields)),
    activations: take(4 * sizes.length),
    dropout: take(8 * sizes.length),
    parameters: take(4 * arena),
    slots: stateOf(optimizer).map(() => take(4 * arena)),
    job: take(sizeOf(jobFields)),
    steps: take(sizeOf(stepFields) * steps),
    losses: take(4 * steps),
  }));

  const dataParts = {
    features: take(data.features.byteLength),
    targets: take(data.targets.byteLength),
    weights: data.weights ? take(data.weights.byteLength) : 0,
    train: take(data.sets.train.byteLength),
    validation: take(data.sets.validation.byteLength),
    test: take(data.sets.test.byteLength),
  };

  let work = 0;
  const inWork = (floats: number) => {
    const at = work;
    work += Math.ceil(floats / 16) * 64;
    return at;
  };
  const levelOffsets = padded.map((count, l) => {
    const part = () => inWork(count * rows);
    const values = part();
    return l === 0
      ? { values, slopes: 0, errors: 0, errors_by_row: 0 }
      : { values, slopes: part(), errors: part(), errors_by_row: part() };
  });
  const scratchBytes = 64 * Math.ceil((256 + 64 * data.outputs) / 64);
  const workspaces = Array.from({ length: threads }, () => ({
    record: take(sizeOf(workFields)),
    base: take(work),
    targets: take(4 * rows * data.outputs),
    weights: take(4 * rows),
    losses: take(8 * rows),
    squares: take(8 * tiles),
    gradients: take(4 * arena),
    scratch: take(scratchBytes * threads),
    scratchBytes,
    barrier: take(64),
  }));
  const perRow = data.columns + trials.length * data.outputs;
  const predictedRows = Math.max(rows, Math.min(maxPredictedRows, Math.floor(predictedFloats / perRow)));
  const predictionBuffers = {
    rows: predictedRows,
    features: take(4 * predictedRows * data.columns),
    outputs: take(4 * predictedRows * trials.length * data.outputs),
    records: take(4 * trials.length),
    counter: take(64),
  };
  return {
    layers,
    arena,
    rows,
    steps,
    problem,
    levels,
    layerRecords,
    sources,
    control,
    jobList,
    trials: trialParts,
    data: dataParts,
    workspaces: workspaces,
    predictionBuffers: predictionBuffers,
    levelOffsets,
    bytes: next,
  };
}
