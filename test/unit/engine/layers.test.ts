/** What layers declare, and that every engine on the CPU trains each tensor as it is declared. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { cpuLayout } from '../../../src/engine/cpu/memory/layout.ts';
import type { Hyperparameters } from '../../../src/engine/engine.ts';
import { gradientKernels } from '../../../src/engine/gpu/layered/kernels.ts';
import { layerTilings } from '../../../src/engine/gpu/layered/layer-tiling.ts';
import {
  kindOf,
  type LayerKind,
  type LayerShape,
  type LayerSize,
  layerKinds,
  tensorsOf,
} from '../../../src/engine/layers.ts';
import { initialParameters, layerOffsets, modelTensors, parameterCount } from '../../../src/engine/parameters.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { layerMath } from '../../../src/engine/reference/layers.ts';
import { optimizerNames } from '../../../src/spec/optimizer-settings.ts';
import { layers as layerCases, shapes } from '../../parity/numbers/numbers-cases.ts';
import { type Case, makeData, makePopulation, tiny } from '../../parity/support/cases.ts';
import { exportCases } from '../../support/models/exported-models.ts';
import { addedLayer } from '../../support/models/layers.ts';

const example = (kind: LayerKind): LayerSize => addedLayer({ kind }, 3);

describe('a layer', () => {
  it.each(layerKinds)('of kind %s has a place in every table that the guide lists', (kind) => {
    const names = tensorsOf(example(kind)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const table of [layerMath, layerTilings, gradientKernels]) expect(Object.keys(table)).toContain(kind);
    const settings = { ...makePopulation(tiny), layers: [example(kind)] };
    const [{ perUnit, units }] = cpuLayout(makeData(tiny), settings, 1).layers;
    expect((perUnit + 1) * units).toBe(parameterCount(settings.layers));
    // The names by which GPU and CPU kernels know a layer's tensors are two.
    expect(names).toHaveLength(2);
    const cases = [...layerCases, ...shapes].map(({ added }) => added?.kind ?? 'dense');
    expect(cases).toContain(kind);
    const exported = exportCases().flatMap(({ model }) => model.members.flatMap(({ layers }) => layers.map(kindOf)));
    expect(exported).toContain(kind);
  });

  it('is added in files that are there', () => {
    const guide = readFileSync('docs/adding.md', 'utf8');
    const places = [...guide.matchAll(/^\d+\. `([^`]+)`:/gm)].map(([, place]) => place);
    expect(places).toHaveLength(36);
    for (const place of places) expect(existsSync(place), place).toBe(true);
  });

  it('of kind scale has a scale of 1 and a shift of 0 for each feature, and neither is regularized', () => {
    const layers = [{ kind: 'scale' as const, inputs: 3, outputs: 3, activation: 'identity' as const }];
    expect(Array.from(initialParameters(layers, 'auto', 1))).toEqual([1, 1, 1, 0, 0, 0]);
    expect(layerOffsets(layers)).toEqual([{ scale: 0, shift: 3 }]);
    expect(tensorsOf(layers[0]).some(({ regularized }) => regularized)).toBe(false);
  });

  it('of kind periodic draws frequencies with the deviation asked for, and phases from all around the circle', () => {
    const embedding = { inputs: [0, 2], frequencies: 500, scale: 0.1 };
    const layer: LayerShape = { kind: 'periodic', inputs: 3, outputs: 1003, activation: 'identity', embedding };
    const [frequency, phase] = modelTensors([layer]);
    expect([frequency, phase].map(({ name, shape }) => [name, shape])).toEqual([
      ['frequency', [2, 500]],
      ['phase', [2, 500]],
    ]);
    const values = initialParameters([layer], 'he_normal', 1);
    const [first, second] = [frequency, phase].map(({ offset, size }) => [...values.subarray(offset, offset + size)]);
    const deviationOf = (all: number[]) => Math.hypot(...all) / Math.sqrt(all.length);
    expect(deviationOf(first)).toBeCloseTo(0.1, 2);
    expect(deviationOf(second)).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
    expect(Math.max(...second.map(Math.abs))).toBeLessThanOrEqual(Math.fround(Math.PI));
    // Another scale changes the frequencies alone.
    const wider = { ...layer, embedding: { ...embedding, scale: 0.2 } };
    expect(initialParameters([wider], 'zeros', 1)).toEqual(values.map((value, i) => (i < 1000 ? 2 * value : value)));
  });

  it('lies in memory after the one before it', () => {
    const layers: LayerSize[] = [example('scale'), { inputs: 3, outputs: 2 }, { kind: 'scale', inputs: 2, outputs: 2 }];
    expect(modelTensors(layers).map(({ layer, name, offset, size }) => [layer, name, offset, size])).toEqual([
      [0, 'scale', 0, 3],
      [0, 'shift', 3, 3],
      [1, 'weight', 6, 6],
      [1, 'bias', 12, 2],
      [2, 'scale', 14, 2],
      [2, 'shift', 16, 2],
    ]);
    expect(parameterCount(layers)).toBe(18);
  });
});

const engines = {
  reference: async () => createReferenceEngine('reference', 'asked for'),
  cpu: () => requestCpuEngine('asked for', { threads: 1 }),
};

/** Parameters after `steps` steps, with layer 0 trained as `training` says. */
async function trained(
  kind: keyof typeof engines,
  problem: Case,
  training: LayerSize['training'],
  steps = 1,
): Promise<{ before: Float32Array; after: Float32Array; weight: [number, number]; bias: [number, number] }> {
  const plain = makePopulation(problem);
  const settings = { ...plain, layers: plain.layers.map((layer, l) => (l === 0 ? { ...layer, training } : layer)) };
  const engine = await engines[kind]();
  const population = await engine.createPopulation(makeData(problem), settings);
  await population.train(steps);
  const after = await population.parameters(0);
  population.destroy();
  engine.destroy();
  const [weight, bias] = modelTensors(settings.layers).map(({ offset, size }): [number, number] => [
    offset,
    offset + size,
  ]);
  return { before: settings.initial_parameters, after, weight, bias };
}

describe.each(['reference', 'cpu'] as const)('the engine %s', (kind) => {
  const numbers: Partial<Hyperparameters> = { weight_decay: 0.1, l2: 0.01 };

  it.each(optimizerNames)('multiplies the learning rate of one tensor alone: %s', async (optimizer) => {
    const problem = { ...tiny, optimizer, numbers };
    const plain = await trained(kind, problem, undefined);
    const scaled = await trained(kind, problem, { weight: { learning_rate_scale: 3 } });
    for (let i = 0; i < plain.after.length; i++) {
      const own = i >= plain.weight[0] && i < plain.weight[1];
      if (!own) expect(scaled.after[i]).toBe(plain.after[i]);
      else {
        const once = plain.after[i] - plain.before[i];
        expect(Math.abs(once)).toBeGreaterThan(1e-4);
        expect((scaled.after[i] - scaled.before[i]) / once).toBeCloseTo(3, 2);
      }
    }
  });

  it('has the same bits where all rates are 1', async () => {
    const problem = { ...tiny, optimizer: 'adam' as const, numbers };
    const ones = { weight: { learning_rate_scale: 1 }, bias: { learning_rate_scale: 1 } };
    expect((await trained(kind, problem, ones, 9)).after).toEqual((await trained(kind, problem, undefined, 9)).after);
  });

  it('leaves out of the gradient and its length what is not trainable', async () => {
    // So short a limit that every step has its length, whatever the gradient's.
    const problem = { ...tiny, numbers: { ...numbers, clip_norm: 1e-3, weight_decay: 0, l2: 0 }, learning_rate: 1 };
    const { before, after, weight } = await trained(kind, problem, { weight: { trainable: false } });
    expect(after.subarray(...weight)).toEqual(before.subarray(...weight));
    expect(Math.hypot(...after.map((value, i) => value - before[i]))).toBeCloseTo(1e-3, 5);
  });

  it('regularizes what is said to be', async () => {
    const problem = { ...tiny, numbers: { l2: 0.5 }, learning_rate: 0.1 };
    const plain = await trained(kind, problem, undefined, 9);
    const { after, bias } = await trained(kind, problem, { bias: { regularized: true } }, 9);
    expect(after.subarray(...bias)).not.toEqual(plain.after.subarray(...bias));
  });
});
