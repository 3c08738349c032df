/** What takes more memory than there is, is refused before anything of it is allocated, with what fits. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { prepare } from '../../../src/library/prepare.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { train, trainPopulation } from '../../../src/train/trainer.ts';
import { InputError } from '../../../src/util/errors.ts';
import { machineMemory } from '../../../src/util/machine-memory.ts';

const gigabyte = 1e9;
const kinds = ['reference', 'cpu'] as const;
const features = Float32Array.from({ length: 50 }, (_, i) => i / 50);
const data = prepare({ features, targets: features.slice(), rows: 50, columns: 1 });
const wide = (...hidden: number[]): TrialInput => ({ model: { hidden }, training: { epochs: 1, batch_size: 8 } });

afterEach(() => {
  vi.restoreAllMocks();
});

async function refusal(engine: Engine, settings: TrialInput[]): Promise<InputError> {
  const made = vi.spyOn(WebAssembly, 'Memory');
  const before = process.memoryUsage().arrayBuffers;
  const begun = performance.now();
  const run = trainPopulation(engine, data, settings);
  const error = await run.epoch().catch((thrown: unknown) => thrown);
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
  expect(made).not.toHaveBeenCalled();
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe.each(kinds)('on engine %s', (kind) => {
  it('65,536 x 65,536 is refused on any machine, with the widest layers that fit', async () => {
    const engine = await requestEngine({ kind, host_memory_bytes: 4 * gigabyte });
    const error = await refusal(engine, [wide(65_536, 65_536)]);
    expect(error.code).toBe('memory_beyond');
    expect(error.where).toBe('model.hidden');
    expect(error.message).toMatch(
      /^Training needs \d\d\d? GB of memory, more than the 4 GB that there are; use hidden layers of [\d\u202f]+ units or fewer\.$/,
    );
    const units = error.params?.units as number;
    expect(() => train(engine, data, wide(units, units)).memory()).not.toThrow();
    expect(() => train(engine, data, wide(1.2 * units, 1.2 * units)).memory()).toThrow('units or fewer');
  });

  it('20,000 x 20,000 is refused where there are 8 GB', async () => {
    const engine = await requestEngine({ kind, host_memory_bytes: 8 * gigabyte });
    expect((await refusal(engine, [wide(20_000, 20_000)])).message).toMatch(
      /^Training needs (9\.\d+|1\d\.?\d*) GB of memory/,
    );
  });

  it('many trials are refused with as many as fit', async () => {
    const engine = await requestEngine({ kind, host_memory_bytes: gigabyte / 10 });
    const trials = Array.from({ length: 64 }, () => wide(500, 500));
    const error = await refusal(engine, trials);
    const fitting = error.params?.trials_fitting as number;
    expect(error.message).toContain(`use ${fitting} trials or fewer or hidden layers of `);
    expect(trainPopulation(engine, data, trials.slice(0, fitting)).memory()).toBeLessThanOrEqual(gigabyte / 10);
    expect(() => trainPopulation(engine, data, trials.slice(0, fitting + 1)).memory()).toThrow('trials or fewer');
  });

  it('what others need at the same time counts', async () => {
    const engine = await requestEngine({ kind, host_memory_bytes: gigabyte });
    const run = train(engine, data, wide(2000, 2000));
    const bytes = run.memory();
    expect(run.memory(gigabyte - bytes)).toBe(bytes);
    expect(() => run.memory(gigabyte - bytes + 1)).toThrow(/ GB that there are, of which others need \d+ MB; use /);
  });

  it('the estimate is little more than what is taken', async () => {
    let kernels = 0;
    const { Memory } = WebAssembly;
    class CountedMemory extends Memory {
      constructor(size: WebAssembly.MemoryDescriptor) {
        super(size);
        kernels += this.buffer.byteLength;
      }
    }
    const engine = await requestEngine({ kind });
    const run = train(engine, data, wide(600, 600));
    Object.assign(WebAssembly, { Memory: CountedMemory });
    await run.plan().finally(() => Object.assign(WebAssembly, { Memory }));
    const { arrays } = (await run.checkpoint()).population;
    const trained = Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
    // As they were given, and as gradients or as kept.
    const taken = (kernels || trained) + 2 * 4 * run.parameterCount;
    expect(run.memory()).toBeGreaterThan(taken - 65_536);
    expect(run.memory()).toBeLessThan(1.1 * taken);
    await run.destroy();
    engine.destroy();
  });
});

describe('a sweep', () => {
  it('whose populations do not fit together is refused before any trains', async () => {
    const base = withFirstDefaults(wide(300));
    const grid = {
      'model.hidden': [
        [300, 300],
        [301, 301],
        [302, 302],
      ],
    };
    const engine = await requestEngine({ kind: 'reference', host_memory_bytes: 6e6 });
    const epochs: unknown[] = [];
    const swept = sweep(engine, data, { base, grid }, { progress: () => epochs.push(0) });
    await expect(swept).rejects.toThrow(
      /^Training needs 2\.\d+ MB of memory, more than the 6 MB that there are, of which others need /,
    );
    expect(epochs).toEqual([]);
    expect(
      (
        await sweep(engine, data, {
          base,
          grid: {
            'model.hidden': [
              [300, 300],
              [301, 301],
            ],
          },
        })
      ).trials,
    ).toHaveLength(2);
  });
});

describe('a machine', () => {
  it('says how much it has left', () => {
    expect(machineMemory()).toBeGreaterThan(1e8);
    expect(machineMemory({ process: { availableMemory: () => 5e9 } })).toBe(5e9);
  });

  it('that counts files it remembers has all that it has', () => {
    const getBuiltinModule = () => ({ totalmem: () => 16e9 });
    expect(machineMemory({ process: { platform: 'darwin', availableMemory: () => 1e8, getBuiltinModule } })).toBe(16e9);
  });

  it('leaves a page three quarters of what the browser tells, or of 8 GB', () => {
    expect(machineMemory({ navigator: { deviceMemory: 4 } })).toBe(3 * 2 ** 30);
    expect(machineMemory({ navigator: {} })).toBe(6 * 2 ** 30);
  });
});
