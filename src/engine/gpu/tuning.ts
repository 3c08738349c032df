/**
 * Which way to a matrix product a device runs fastest, by running them: adapters differ by more than a factor of three,
 * in both directions. Takes well under a second, once per device.
 */
import { bind, type Core, forwardKernel, type PipelineCache } from './kernels.ts';
import { createMemory, type Memory } from './memory.ts';
import { Layer, structArray, structBytes, Trial } from './structs.ts';
import { type Cores, tileFor } from './tiles.ts';

/** Forward passes that stand for the two: a batch of 8 through 150 units, and one of 128 through 128. */
const trialRuns = {
  few: { rows: 8, inputs: 150, outputs: 150 },
  many: { rows: 128, inputs: 128, outputs: 128 },
};

const repetitions = 3;

/**
 * The tiled cores are built for GPUs, and there the ways are close at these sizes; the others have to win clearly, so
 * that noise cannot make the choice differ from run to run.
 */
const clearly = { direct: 1.5, wide: 1.15 };

export async function fastestCores(device: GPUDevice, pipelines: PipelineCache): Promise<Cores> {
  const memory = createMemory(device);
  const time = (core: Core, run: keyof typeof trialRuns) =>
    timeForward(device, pipelines, memory, core, trialRuns[run]);
  try {
    const direct = await time('direct', 'many');
    const family = (await time('tiled', 'many')) > clearly.direct * direct ? 'direct' : 'tiled';
    const wider = async (run: keyof typeof trialRuns): Promise<Core> => {
      const narrow = await time(family, run);
      return narrow > clearly.wide * (await time(`${family}_wide`, run)) ? `${family}_wide` : family;
    };
    return { few: await wider('few'), many: await wider('many') };
  } finally {
    memory.destroy();
  }
}

/** Milliseconds of a forward pass: the best of a few, after one that pays for what the driver puts off. */
async function timeForward(
  device: GPUDevice,
  pipelines: PipelineCache,
  memory: Memory,
  core: Core,
  { rows, inputs, outputs }: (typeof trialRuns)['few'],
): Promise<number> {
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
  const times: number[] = [];
  for (let run = 0; run <= repetitions; run++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(tilesN, tilesM, 1);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    times.push(performance.now() - begun);
  }
  return Math.min(...times.slice(1));
}
