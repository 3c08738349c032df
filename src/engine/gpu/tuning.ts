/**
 * Which way to a matrix product a device runs fastest, by running them: adapters differ by more than a factor of three,
 * in both directions. Takes well under a second, once per device.
 */
import { z } from 'zod';
import { bind, type Core, forwardKernel, type PipelineCache } from './kernels.ts';
import { fastestRun } from './measure.ts';
import { createMemory, type Memory } from './memory.ts';
import { Layer, structArray, structBytes, Trial } from './structs.ts';
import { type Cores, tileFor } from './tiles.ts';

/** Forward passes that stand for the two: a batch of 8 through 150 units, and one of 128 through 128. */
const trialRuns = {
  few: { rows: 8, inputs: 150, outputs: 150 },
  many: { rows: 128, inputs: 128, outputs: 128 },
};

/**
 * The tiled cores are built for GPUs, and there the ways are close at these sizes; the others have to win clearly, so
 * that noise cannot make the choice differ from run to run.
 */
const clearly = { direct: 1.5, wide: 1.15 };

const coreSchema = z.enum(['direct', 'direct_wide', 'tiled', 'tiled_wide'] satisfies Core[]);
export const coresSchema: z.ZodType<Cores> = z.object({ few: coreSchema, many: coreSchema });

/** Measured work has to outweigh what a submit costs by itself, which in a browser is milliseconds. */
const outweigh = 4;
const mostDispatches = 256;

/** @param emulated whether workgroups are emulated: there the tiled cores, all barriers, are not even tried */
export async function fastestCores(device: GPUDevice, pipelines: PipelineCache, emulated: boolean): Promise<Cores> {
  const memory = createMemory(device);
  try {
    const empty = await fastestRun(device, () => {});
    const timer = async (core: Core, run: keyof typeof trialRuns) =>
      forwardTimer(device, pipelines, memory, core, trialRuns[run]);

    const directMany = await timer('direct', 'many');
    const many = await enough(directMany, empty);
    const direct = emulated ? 0 : (await directMany(many)) - empty;
    const tiled = emulated ? undefined : (await (await timer('tiled', 'many'))(many)) - empty;
    const family = tiled === undefined || tiled > clearly.direct * direct ? 'direct' : 'tiled';

    const wider = async (run: keyof typeof trialRuns): Promise<Core> => {
      const narrow = await timer(family, run);
      const dispatches = run === 'many' ? many : await enough(narrow, empty);
      const wide = await (await timer(`${family}_wide`, run))(dispatches);
      return (await narrow(dispatches)) - empty > clearly.wide * (wide - empty) ? `${family}_wide` : family;
    };
    return { few: await wider('few'), many: await wider('many') };
  } finally {
    memory.destroy();
  }
}

type Timer = (dispatches: number) => Promise<number>;

/** Dispatches that take several times as long as an empty submit. */
async function enough(timer: Timer, empty: number): Promise<number> {
  let dispatches = 1;
  while (dispatches < mostDispatches && (await timer(dispatches)) < (1 + outweigh) * empty) dispatches *= 4;
  return dispatches;
}

/** Milliseconds of some dispatches of a forward pass of this size with this core. */
async function forwardTimer(
  device: GPUDevice,
  pipelines: PipelineCache,
  memory: Memory,
  core: Core,
  { rows, inputs, outputs }: (typeof trialRuns)['few'],
): Promise<Timer> {
  const layer = { inputs, outputs, bias: inputs * outputs, rows, parameters: (inputs + 1) * outputs };
  const { tile, tilesM, tilesN } = tileFor({ few: core, many: core }, rows, outputs);
  const pipeline = await pipelines.get(forwardKernel('units', tile, 0));
  const bindings = bind(device, pipeline, {
    0: memory.uniform('layer', structBytes(Layer, layer)),
    1: memory.storage('trials', structArray(Trial, [{ live: 1 }])),
    3: memory.storage('parameters', 4 * layer.parameters),
    4: memory.storage('input', 4 * rows * inputs),
    7: memory.storage('results', 4 * rows * outputs),
  });
  return (dispatches) =>
    fastestRun(device, (pass) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      for (let i = 0; i < dispatches; i++) pass.dispatchWorkgroups(tilesN, tilesM, 1);
    });
}
