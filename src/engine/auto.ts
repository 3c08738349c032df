/**
 * The engine that `auto` is on a machine with a GPU: for each population it trains a little on the GPU and on the CPU and
 * takes the faster one. A GPU is behind for one tiny network, where a step is over before its dispatches are; by how
 * much depends on the machine, so it is measured and not guessed.
 */
import type { Engine, EngineData, PopulationSettings } from './engine.ts';
import { millisecondsPerStep } from './measure.ts';

/** What plain loops reach at most, in multiply-adds a second: a CPU that would be far behind is not even tried. */
const cpuRate = 2e9;
const farBehind = 4;

export function createAutoEngine(gpu: Engine, cpu: Engine): Engine {
  let chosen = gpu;
  let why = gpu.why;
  return {
    get kind() {
      return chosen.kind;
    },
    get adapter() {
      return chosen.adapter;
    },
    get software() {
      return chosen.software;
    },
    get bytes() {
      return gpu.bytes;
    },
    get why() {
      return why;
    },
    // A GPU that goes away does not matter to a run on the CPU.
    lost: new Promise((resolve) => {
      gpu.lost.then((reason) => {
        if (chosen === gpu) resolve(reason);
      });
    }),
    async populate(data, settings) {
      const onGpu = await stepsPerSecond(gpu, data, settings);
      const mostOnCpu = cpuRate / multiplyAdds(settings);
      if (farBehind * mostOnCpu < onGpu) {
        chosen = gpu;
        why = `measured ${short(onGpu)} steps/s; the CPU could not come near`;
      } else {
        const onCpu = await stepsPerSecond(cpu, data, settings);
        chosen = onCpu > onGpu ? cpu : gpu;
        why = `measured ${short(onGpu)} steps/s on WebGPU (${gpu.adapter}), ${short(onCpu)} on the CPU`;
      }
      return chosen.populate(data, settings);
    },
    destroy() {
      gpu.destroy();
      cpu.destroy();
    },
  };
}

/** Trains a population that is thrown away: the same work, nothing of the run itself. */
async function stepsPerSecond(engine: Engine, data: EngineData, settings: PopulationSettings): Promise<number> {
  const population = await engine.populate(data, settings);
  return 1000 / (await millisecondsPerStep(population).finally(() => population.destroy()));
}

/** Multiply-adds of one tick: three products a layer, one for each of forward, errors and gradients. */
function multiplyAdds({ layers, trials }: PopulationSettings): number {
  const parameters = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  const smallest = Math.min(...trials.map(({ batch_size }) => batch_size));
  return 3 * parameters * smallest * trials.length;
}

function short(rate: number): string {
  return Number(rate.toPrecision(2)).toLocaleString('en');
}
