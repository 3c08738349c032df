/**
 * Which variant of the matrix product a device runs fastest, by running them: adapters differ by more than a factor of three,
 * in both directions. Takes well under a second, once per device.
 */
import * as z from 'zod/mini';
import { type Buffers, bind, type Kernel, type PipelineCache } from '../device/pipelines.ts';
import { blockTable, storedGradients } from '../layered/blocks.ts';
import { forwardKernel, gradientKernels, updateKernel } from '../layered/kernels.ts';
import {
  type MatmulConfig,
  type MatmulConfigs,
  type MatmulVariant,
  matmulVariants,
  oneConfig,
  splitKFor,
  type Tiling,
  tileFor,
} from '../layered/matmul-config.ts';
import { createMemory, type Memory } from '../memory/memory.ts';
import { Layer, State, structArray, structBytes, Trial } from '../memory/structs.ts';
import { fastestRun } from './measure.ts';

/** Forward passes that stand for products with few results, with many, and with a great many. */
const sizes = {
  few: { rows: 8, inputs: 150, outputs: 150 },
  many: { rows: 128, inputs: 128, outputs: 128 },
  large: { rows: 1024, inputs: 256, outputs: 1024 },
};
type Size = (typeof sizes)['few'];

/** A weight gradient of few tiles and many rows. */
const long = { rows: 2048, inputs: 64, outputs: 256 };
/** Rows of a slice, at least: so many that what a slice costs in memory traffic is little beside its sum. */
const sliceRows = 128;

/**
 * The tiled cores are built for GPUs, and there the variants are close at these sizes; the others have to win clearly, so
 * that noise cannot make the choice differ from run to run.
 */
const minSpeedup = { direct: 1.5, wide: 1.15, threads: 1.15, split_k: 1.3 };

const configSchema = z.object({
  core: z.enum(Object.keys(matmulVariants) as MatmulVariant[]),
  threads: z.union([z.literal(2), z.literal(8), z.literal(16)]),
});
export const configsSchema: z.ZodMiniType<MatmulConfigs> = z.object({
  few: configSchema,
  many: configSchema,
  large: configSchema,
  sliceRows: z.optional(z.int().check(z.positive())),
});

/**
 * Milliseconds of the product with many results, 4 million floating-point operations, above which a device is a CPU or
 * like one: it has no cores to fill with split-K, and larger products would take it seconds to measure.
 */
const slowest = 0.5;

/**
 * Measured work has to outweigh what a submit costs by itself, and how seldom a browser looks for its end: every
 * millisecond or two, so that an empty submit seems to take nothing and all short ones the same.
 */
const outweigh = 4;
const minMeasureMs = 8;
const maxDispatches = 256;

/** Milliseconds of a kernel, or some, so many times over; the least of some runs. */
type Timer = (times: number, runs?: number) => Promise<number>;

interface Bench {
  device: GPUDevice;
  pipelines: PipelineCache;
  memory: Memory;
  /** Milliseconds of a submit without work. */
  empty: number;
}

/**
 * @param emulated where workgroups are emulated, and then whether four threads are lanes that can show each other their
 *   values: there the tiled cores, all barriers, are not even tried, and it is slow
 * @param slow milliseconds above which a device counts as slow
 */
export async function fastestConfigs(
  device: GPUDevice,
  pipelines: PipelineCache,
  emulated: { lanes: boolean } | null,
  slow = slowest,
): Promise<MatmulConfigs> {
  const memory = createMemory(device);
  try {
    const bench = { device, pipelines, memory, empty: await fastestRun(device, () => {}) };
    // Where a workgroup is emulated, threads beyond the width of its vectors only cost.
    const direct: MatmulConfig = { core: 'direct', threads: emulated ? 2 : 8 };
    const tiled: MatmulConfig = { core: 'tiled', threads: 8 };
    const narrow = emulated ? direct : await firstUnless(bench, tiled, direct, sizes.many, minSpeedup.direct);
    const wide: MatmulConfig = { ...narrow, core: narrow.core === 'tiled' ? 'tiled_wide' : 'direct_wide' };
    const wider = (size: Size, second = wide) => firstUnless(bench, narrow, second, size, minSpeedup.wide);

    const few = await wider(sizes.few);
    const many = await wider(sizes.many, emulated?.lanes ? { core: 'direct_lanes', threads: 2 } : wide);
    const configs = { few, many, large: many };
    if (emulated) return configs;
    const product = await forwardTimer(bench, many, sizes.many);
    // Several, since a submit alone may take a millisecond more or less.
    if (((await product(8)) - bench.empty) / 8 > slow) return configs;
    if (narrow.core === 'tiled') configs.large = await largeConfig(bench, await wider(sizes.large));
    return { ...configs, sliceRows: (await splitKPays(bench, configs)) ? sliceRows : undefined };
  } finally {
    memory.destroy();
  }
}

/** For a great many results: workgroups of 256 threads, where the device has them and they win. */
async function largeConfig(bench: Bench, small: MatmulConfig): Promise<MatmulConfig> {
  if (bench.device.limits.maxComputeInvocationsPerWorkgroup < 256) return small;
  return firstUnless(bench, small, { ...small, threads: 16 }, sizes.large, minSpeedup.threads);
}

/** The first, unless the second wins clearly at products of this size. */
async function firstUnless(
  bench: Bench,
  first: MatmulConfig,
  second: MatmulConfig,
  size: Size,
  margin: number,
): Promise<MatmulConfig> {
  const ofFirst = await forwardTimer(bench, first, size);
  const ofSecond = await forwardTimer(bench, second, size);
  return (await ratio(bench, ofFirst, ofSecond)) > margin ? second : first;
}

/** Whether split-K, with the dispatch more that it takes, wins clearly where it is at home. */
async function splitKPays(bench: Bench, configs: MatmulConfigs): Promise<boolean> {
  const whole = await gradientTimer(bench, configs, long);
  const split = await gradientTimer(bench, { ...configs, sliceRows }, long);
  return (await ratio(bench, whole, split)) > minSpeedup.split_k;
}

/** How many times as long as the second the first takes. */
async function ratio({ empty }: Bench, first: Timer, second: Timer): Promise<number> {
  let times = 1;
  const enough = Math.max((1 + outweigh) * empty, minMeasureMs);
  while (times < maxDispatches && (await second(times, 1)) < enough) times *= 2;
  // A very fast second may end up within the noise of an empty submit.
  return ((await first(times)) - empty) / Math.max((await second(times)) - empty, 0.1 * empty);
}

/** A forward pass of this size with one config. */
async function forwardTimer(bench: Bench, config: MatmulConfig, { rows, inputs, outputs }: Size): Promise<Timer> {
  const { memory } = bench;
  const layer = { inputs, outputs, bias: inputs * outputs, rows, parameters: (inputs + 1) * outputs };
  const tiling = tileFor(oneConfig(config.core, config.threads), rows, outputs);
  const forward = await prepared(bench, forwardKernel('units', tiling.tile, 0), tiling, {
    0: memory.uniform('layer', structBytes(Layer, layer)),
    1: memory.storage('trials', structArray(Trial, [{ live: 1 }])),
    3: memory.storage('parameters', 4 * layer.parameters),
    4: memory.storage('input', 4 * rows * inputs),
    7: memory.storage('results', 4 * rows * outputs),
  });
  return timerOf(bench, [forward]);
}

/** A weight gradient of this size and the update with plain SGD: with split-K where these configs have it. */
async function gradientTimer(bench: Bench, configs: MatmulConfigs, { rows, inputs, outputs }: Size): Promise<Timer> {
  const { memory } = bench;
  const tiling = tileFor(configs, outputs, inputs + 1);
  const cut = splitKFor(configs, tiling, rows);
  const bias = inputs * outputs;
  const parameters = (inputs + 1) * outputs;
  const stored = storedGradients([{ inputs, outputs }], [cut.splits]);
  const shape = {
    inputs,
    outputs,
    bias,
    parameters,
    rows,
    input_stride: rows * inputs,
    stored_gradients: stored.length,
  };
  const common = {
    0: memory.uniform('layer', structBytes(Layer, { ...shape, ...cut, log_steps: 1, trials: 1 })),
    1: memory.storage('trials', structArray(Trial, [{ live: 1 }])),
  };
  const gradient = {
    ...common,
    4: memory.storage('input', 4 * rows * inputs),
    7: memory.storage('errors', 4 * rows * outputs),
  };
  const updated = { 2: memory.storage('state', State.size), 3: memory.storage('parameters', 4 * parameters) };
  if (cut.splits === 1) {
    const kernel = gradientKernels.dense(tiling.tile, { first: false, becomes: 'sgd' });
    // The update of this kernel only reads its trial's state.
    return timerOf(bench, [await prepared(bench, kernel, tiling, { ...gradient, ...updated })]);
  }
  const kernel = gradientKernels.dense(tiling.tile, { first: false, becomes: 'split_k' });
  const { blocks, table } = blockTable([{ inputs, outputs }], stored, [cut.splits], [0]);
  const gradients = memory.storage('gradients', 4 * stored.length);
  const groups = { tilesM: tiling.tilesM * cut.splits, tilesN: tiling.tilesN };
  return timerOf(bench, [
    await prepared(bench, kernel, groups, { ...gradient, 12: gradients }),
    await prepared(
      bench,
      updateKernel('sgd'),
      { tilesM: 1, tilesN: blocks },
      {
        ...common,
        ...updated,
        9: memory.storage('losses', 8),
        12: gradients,
        13: memory.storage('squared norms', 4),
        14: memory.storage('blocks', table),
      },
    ),
  ]);
}

type Prepared = (pass: GPUComputePassEncoder) => void;

async function prepared(
  { device, pipelines }: Bench,
  kernel: Kernel,
  { tilesM, tilesN }: Omit<Tiling, 'tile'>,
  buffers: Buffers,
): Promise<Prepared> {
  const pipeline = await pipelines.get(kernel);
  const bindings = bind(device, pipeline, buffers);
  return (pass) => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(tilesN, tilesM, 1);
  };
}

function timerOf({ device }: Bench, kernels: Prepared[]): Timer {
  return (times, runs) =>
    fastestRun(
      device,
      (pass) => {
        for (let i = 0; i < times; i++) for (const record of kernels) record(pass);
      },
      runs,
    );
}
