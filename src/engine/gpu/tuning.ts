/**
 * Which of two ways to a matrix product a device runs faster, by running both: adapters differ by more than a factor
 * of three, in both directions. Takes well under half a second, once per device.
 */
import { bind, type Core, forwardKernel, type PipelineCache } from './kernels.ts';
import { fastestRun } from './measure.ts';
import { createMemory } from './memory.ts';
import { Layer, structArray, structBytes, Trial } from './structs.ts';
import { tileFor } from './tiles.ts';

/** A forward pass of middling size: 64 rows, 128 inputs, 128 outputs. */
const rows = 64;
const units = 128;
/**
 * The tiled core is built for GPUs, and there the two are close at this size; the direct one has to win clearly, so
 * that noise cannot make the choice differ from run to run.
 */
const clearly = 1.5;

export async function fasterCore(device: GPUDevice, pipelines: PipelineCache): Promise<Core> {
  const memory = createMemory(device);
  try {
    const layer = structBytes(Layer, {
      inputs: units,
      outputs: units,
      bias: units * units,
      rows,
      parameters: units * (units + 1),
    });
    const buffers = {
      0: memory.uniform('layer', layer),
      1: memory.storage('trials', structArray(Trial, [{ live: 1 }])),
      3: memory.storage('parameters', 4 * units * (units + 1)),
      4: memory.storage('input', 4 * rows * units),
      7: memory.storage('results', 4 * rows * units),
    };
    const best = async (core: Core) => {
      const { tile, tilesM, tilesN } = tileFor(core, rows, units);
      const pipeline = await pipelines.get(forwardKernel('units', tile, 0));
      const bindings = bind(device, pipeline, buffers);
      return fastestRun(device, (pass) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        for (let dispatch = 0; dispatch < 4; dispatch++) pass.dispatchWorkgroups(tilesN, tilesM, 1);
      });
    };
    return (await best('tiled')) > clearly * (await best('direct')) ? 'direct' : 'tiled';
  } finally {
    memory.destroy();
  }
}
