/** `auto` between two engines of which a test says how fast they are: when it measures, and what it makes of the figures. */
import { describe, expect, it } from 'vitest';
import { createAutoEngine } from '../../../src/engine/auto.ts';
import { createChoices } from '../../../src/engine/calibration.ts';
import { createCustomLoss } from '../../../src/engine/cpu/custom-loss.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { LayerSize } from '../../../src/engine/layers.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { makeData, makePopulation, tiny } from '../../parity/support/cases.ts';
import { stopClock } from '../../parity/support/paced.ts';
import { memoryStore } from '../../parity/support/store.ts';

const data = makeData(tiny);
const cpu = createReferenceEngine('reference', 'asked for');
const gpu = createReferenceEngine('webgpu', 'asked for');

describe('auto', () => {
  it('measures a kind of population once, and remembers what it came to, figures and all', async () => {
    const paced = stopClock();
    const { store } = memoryStore();
    const auto = (one: Engine, other: Engine) => createAutoEngine(one, other, createChoices(['adapter'], store));

    const first = await auto(paced(gpu, 4), paced(cpu, 0.5)).createPopulation(data, makePopulation(tiny));
    expect(first.engine.kind).toBe('reference');
    expect(inEnglish(first.engine.why)).toContain('measured 250 steps/s on WebGPU');

    // Now the other way round: who measured would notice.
    const [slowCpu, fastGpu] = [paced(cpu, 4), paced(gpu, 0.5)];
    const engine = auto(fastGpu, slowCpu);
    const second = await engine.createPopulation(data, makePopulation(tiny));
    expect(second.engine).toEqual(first.engine);
    expect([fastGpu.made, slowCpu.made]).toEqual([0, 1]);

    const third = await engine.createPopulation(data, makePopulation({ ...tiny, batch_size: 4 }));
    expect(third.engine).toMatchObject({ kind: 'webgpu', adapter: gpu.adapter, software: false });
    // What trains the one before is as it was, and the engine too.
    expect(second.engine).toEqual(first.engine);
    expect(engine).toMatchObject({ kind: 'auto', adapter: gpu.adapter, why: 'asked for' });
  });

  it('takes a CPU only where it wins clearly', async () => {
    const paced = stopClock();
    const kinds: string[] = [];
    for (const milliseconds of [5 / 1.3, 5 / 1.1, 5, 20]) {
      const engine = createAutoEngine(paced(gpu, 5), paced(cpu, milliseconds));
      kinds.push((await engine.createPopulation(data, makePopulation(tiny))).engine.kind);
    }
    expect(kinds).toEqual(['reference', 'webgpu', 'webgpu', 'webgpu']);
  });

  it('takes the CPU for a loss that only it can call, and measures nothing', async () => {
    const paced = stopClock();
    const [quick, slow] = [paced(gpu, 0.5), paced(cpu, 20)];
    const custom_loss = createCustomLoss('none', () => 0);
    const settings = { ...makePopulation(tiny), custom_loss };
    const population = await createAutoEngine(quick, slow).createPopulation(data, settings);
    expect(population.engine).toMatchObject({ kind: 'reference', why: { code: 'custom_loss_cpu' } });
    expect([quick.made, slow.made]).toEqual([0, 1]);
  });

  it('does not wait for a CPU that would be far behind', async () => {
    const paced = stopClock();
    const slow = paced(cpu, 1000);
    // 36 multiply-adds a step: no CPU could do a hundred billion of them a second.
    const engine = createAutoEngine(paced(gpu, 1e-8), slow);
    const population = await engine.createPopulation(data, makePopulation(tiny));
    expect(population.engine.kind).toBe('webgpu');
    expect(inEnglish(population.engine.why)).toBe(
      'measured 100\u202f000\u202f000\u202f000 steps/s; the CPU could not come near',
    );
    expect(slow.made).toBe(0);
  });

  it('measures other layers and other training apart from dense layers of the same sizes', async () => {
    const paced = stopClock();
    const [fast, slow] = [paced(gpu, 1), paced(cpu, 5)];
    const engine = createAutoEngine(fast, slow);
    const plain = { ...makePopulation(tiny), layers: [{ inputs: 1, outputs: 1 }] };
    const others: LayerSize[] = [
      { inputs: 1, outputs: 1, kind: 'scale' },
      { inputs: 1, outputs: 1, training: { weight: { trainable: false } } },
    ];
    let measured = 0;
    for (const layer of [plain.layers[0], ...others]) {
      await engine.createPopulation(data, { ...plain, layers: [layer] });
      expect(slow.made).toBe(++measured);
    }
  });
});
