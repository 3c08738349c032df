/**
 * The engine that `auto` is on a machine with a GPU: for each population it trains a little on the GPU and on the CPU and
 * takes the faster one. A GPU is behind for one tiny network, where a step is over before its dispatches are; by how
 * much depends on the machine, so it is measured and not guessed, once for populations of one kind.
 */
import * as z from 'zod/mini';
import { engines } from '../messages/en/engines/engines.ts';
import { gpu as messages } from '../messages/en/engines/gpu.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { type Choices, createChoices } from './calibration.ts';
import { threadCount } from './cpu/threads/workers.ts';
import type { Engine, EngineData, PopulationSettings, PopulationShape } from './engine.ts';
import { engineOfPlan } from './engine.ts';
import type { Adapter } from './gpu/device/adapter.ts';
import { type GpuOptions, requestGpuEngine } from './gpu/engine.ts';
import { millisecondsPerStep } from './measure.ts';
import { isPlainChain, modelTensors } from './parameters.ts';

/** What one thread reaches at most, in multiply-adds a second: a CPU that would be far behind is not even tried. */
const threadRate = 3e10;
const farBehind = 4;

/** The CPU has to win clearly, so that noise cannot make the choice, and with it the bits, differ from run to run. */
const clearly = 1.2;

/** What was measured of the two, in steps a second; a CPU that was not tried has no figure. */
const rate = z.number().check(z.positive());
const measuredSchema = z.object({ gpu: rate, cpu: z.nullable(rate) });

/**
 * On an adapter that is a GPU; where that gets numbers wrong, the CPU alone.
 * @param cpu makes the other engine, and says why
 */
export async function requestAutoEngine(
  adapter: Adapter,
  cpu: (why: Said) => Promise<Engine>,
  options: GpuOptions,
): Promise<Engine> {
  const why = message(messages, 'adapter_real', { adapter: adapter.name });
  const gpu = await requestGpuEngine(adapter, why, options).catch(failedSelfTest);
  if ('problem' in gpu) {
    return cpu(message(messages, 'adapter_failing', { adapter: adapter.name, why: gpu.problem }));
  }
  return createAutoEngine(
    gpu,
    await cpu(message(messages, 'measured')),
    createChoices(adapter.identity, options.calibration),
  );
}

/** What the device got wrong. */
function failedSelfTest(error: unknown): { problem: Said } {
  if (!(error instanceof InputError) || error.code !== 'self_test_failed') throw error;
  return { problem: error.params?.why as Said };
}

export function createAutoEngine(gpu: Engine, cpu: Engine, choices: Choices = createChoices([])): Engine {
  /** Whether the latest population trains there. */
  let usesGpu = true;
  const createOn = async (engine: Engine, why: Said, data: EngineData, settings: PopulationSettings) => {
    usesGpu = engine === gpu;
    const population = await engine.createPopulation(data, settings);
    return Object.assign(population, { engine: { ...population.engine, why } });
  };
  return {
    kind: 'auto',
    adapter: gpu.adapter,
    software: gpu.software,
    why: gpu.why,
    warmup_ms: cpu.warmup_ms,
    get bytes() {
      return gpu.bytes;
    },
    // A GPU that goes away does not matter to a run on the CPU.
    lost: new Promise((resolve) => {
      gpu.lost.then((reason) => {
        if (usesGpu) resolve(reason);
      });
    }),
    memoryFor(data, settings, others) {
      const onGpu = settings.custom_loss ? undefined : fitting(gpu, data, settings, others);
      return typeof onGpu === 'number' ? onGpu : cpu.memoryFor(data, settings, others);
    },
    async createPopulation(data, settings) {
      if (settings.custom_loss) return createOn(cpu, message(messages, 'custom_loss_cpu'), data, settings);
      if (settings.plan_code !== undefined) {
        const engine = engineOfPlan(settings.plan_code) === 'webgpu' ? gpu : cpu;
        return createOn(engine, message(engines, 'asked_for'), data, settings);
      }
      // Where one alone has room for it there is no choice.
      const [onGpu, onCpu] = [gpu, cpu].map((engine) => fitting(engine, data, settings));
      if (typeof onGpu !== 'number')
        return createOn(cpu, message(messages, 'only_room', { why: onGpu }), data, settings);
      if (typeof onCpu !== 'number')
        return createOn(gpu, message(messages, 'only_room', { why: onCpu }), data, settings);
      const measured = await choices.make(nameOf(cpu, settings), measuredSchema, async () => {
        const onGpu = await stepsPerSecond(gpu, data, settings);
        const mostOnCpu = (threadRate * threadCount()) / multiplyAdds(settings);
        const hopeless = farBehind * mostOnCpu < onGpu;
        if (hopeless) return { gpu: onGpu, cpu: null };
        const onCpu = await stepsPerSecond(cpu, data, settings);
        // The choice is kept for good, and others may have kept the machine busy just while the GPU had its turn.
        const again = onCpu > clearly * onGpu ? await stepsPerSecond(gpu, data, settings) : onGpu;
        return { gpu: Math.max(onGpu, again), cpu: onCpu };
      });
      const takesCpu = measured.cpu !== null && measured.cpu > clearly * measured.gpu;
      const why =
        measured.cpu === null
          ? message(messages, 'cpu_far_behind', { rate: measured.gpu })
          : message(messages, 'both_measured', { adapter: gpu.adapter, rate: measured.gpu, other: measured.cpu });
      return createOn(takesCpu ? cpu : gpu, why, data, settings);
    },
    destroy() {
      gpu.destroy();
      cpu.destroy();
    },
  };
}

/** Bytes that a population takes there, or why there is no room for it. */
function fitting(engine: Engine, data: EngineData, settings: PopulationShape, others?: number): number | Said {
  try {
    return engine.memoryFor(data, settings, others);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return saidBy(error);
  }
}

/** Trains a population that is thrown away: the same work, nothing of the run itself. */
async function stepsPerSecond(engine: Engine, data: EngineData, settings: PopulationSettings): Promise<number> {
  const population = await engine.createPopulation(data, settings);
  return 1000 / (await millisecondsPerStep(population, engine.warmup_ms).finally(() => population.destroy()));
}

/** Multiply-adds of one population step: three products a layer, one for each of forward, errors and gradients. */
function multiplyAdds({ layers, trials }: PopulationSettings): number {
  // Of the first tensors: all but the biases.
  const firsts = modelTensors(layers).filter(({ layer }, t, all) => layer !== all[t - 1]?.layer);
  const parameters = firsts.reduce((sum, { size }) => sum + size, 0);
  const smallest = Math.min(...trials.map(({ batch_size }) => batch_size));
  return 3 * parameters * smallest * trials.length;
}

/** What decides about speed on a CPU as well as on a GPU: populations that agree in it are taken to behave alike. */
function nameOf(cpu: Engine, { layers, loss, trials, plan = 'auto' }: PopulationSettings): string {
  const sizes = isPlainChain(layers) ? layers.map(({ inputs, outputs }) => [inputs, outputs]) : layers;
  const kinds = trials.map(({ activations, optimizer, batch_size, clip_norm, dropout }) =>
    JSON.stringify([activations, optimizer, batch_size, clip_norm > 0, dropout.some((rate) => rate > 0)]),
  );
  return `engine ${JSON.stringify([cpu.adapter, sizes, loss, trials.length, [...new Set(kinds)].sort(), plan])}`;
}
