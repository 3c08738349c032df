/** What the diagram shows of a model, and how layers are edited: the parts that need no page. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../../src/data/prepare/generate.ts';
import { layerShapes, parameterCount } from '../../../../src/engine/parameters.ts';
import { activations } from '../../../../src/engine/reference/activations.ts';
import { activationCurve } from '../../../../src/lab/network/activation-curve.ts';
import { activationFacts } from '../../../../src/lab/network/activation-facts.ts';
import {
  addLayer,
  type EditedModel,
  removeLayer,
  resizeLayer,
  setOfLayer,
  sizeAway,
} from '../../../../src/lab/network/layer-edit.ts';
import type { Change } from '../../../../src/lab/shared/form.ts';
import { shownUnits } from '../../../../src/lab/shared/shown-units.ts';
import { bytesWords, memoryOf } from '../../../../src/lab/trainer/memory.ts';
import { shownWeights, tilesOf } from '../../../../src/lab/worker/views/network-picture.ts';
import { activationNames } from '../../../../src/spec/activations.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import { resolveTrial } from '../../../../src/train/trials.ts';
import { prepare } from '../../../support/first-defaults.ts';

const layersOf = (hidden: number[], inputs = 2, outputs = 1) =>
  layerShapes(resolveTrial(checkTrial({ model: { hidden, activation: 'relu' } }), 'regression').model, inputs, outputs);

describe('the picture of a network', () => {
  it('shows every unit of a narrow layer, and of a wide one the first, the last and some between', () => {
    expect(shownUnits(3)).toEqual([0, 1, 2]);
    expect(shownUnits(8)).toHaveLength(8);
    const wide = shownUnits(100);
    expect(wide).toHaveLength(7);
    expect([wide[0], wide.at(-1)]).toEqual([0, 99]);
  });

  it('takes each weight from its place in the arena', () => {
    const layers = layersOf([20]);
    const parameters = Float32Array.from({ length: parameterCount(layers) }, (_, index) => index);
    const [first, second] = shownWeights(layers, parameters);
    // weight [outputs, inputs]: unit 19 of the first layer starts at 38; the second layer's weights after 40 and 20 biases.
    expect([...first.slice(-2)]).toEqual([38, 39]);
    expect([second[0], second.at(-1)]).toEqual([60, 79]);
  });

  it('has of an embedding the frequency of each cosine at its input, and what passes unchanged', () => {
    const embedding = { kind: 'periodic' as const, frequencies: 2 };
    const { model } = resolveTrial(checkTrial({ model: { hidden: [4], embedding } }), 'regression');
    const layers = layerShapes(model, 2, 1, [1]);
    const parameters = Float32Array.from({ length: parameterCount(layers) }, (_, index) => index + 1);
    const [first, second] = shownWeights(layers, parameters);
    expect([...first]).toEqual([0, 1, 0, 2, 1, 0, 0, 1]);
    // After two frequencies and two phases.
    expect([...second.slice(0, 4)]).toEqual([5, 6, 7, 8]);
  });

  it('has a tile for each unit that answers over the plane: the first input to the right, the second upwards', () => {
    const data = prepare(generate('moons', { rows: 50 }), { target: 'class' });
    const layers = layersOf([2]);
    // Unit 0 answers with the first input where it is positive, unit 1 with the second; the output takes their difference.
    const parameters = Float32Array.from([1, 0, 0, 1, 0, 0, 1, -1, 0]);
    const tiles = tilesOf(data, layers, parameters);
    if (!tiles) throw new Error('no tiles');
    const { side, values } = tiles;
    const at = (layer: number, unit: number, row: number, column: number) =>
      values[layer][unit * side * side + row * side + column];
    const last = side - 1;
    expect(at(0, 0, 0, 0)).toBeLessThan(0);
    expect(at(0, 0, 0, last)).toBeGreaterThan(0);
    expect(at(0, 1, 0, 0)).toBeGreaterThan(0);
    expect(at(0, 1, last, 0)).toBeLessThan(0);
    expect(at(1, 0, 0, 0)).toBe(0);
    expect(at(2, 0, last, last)).toBeGreaterThan(0);
    expect(at(2, 0, 0, 0)).toBeLessThan(0);
    expect(Math.max(...values[0].map(Math.abs))).toBe(127);
  });

  it('has none where the inputs are no plane, or the network would hold up the training', () => {
    const curve = prepare(generate('curve', { rows: 50 }), { target: 'y' });
    const narrow = layersOf([4], 1);
    expect(tilesOf(curve, narrow, new Float32Array(parameterCount(narrow)))).toBeUndefined();
    const moons = prepare(generate('moons', { rows: 50 }), { target: 'class' });
    const wide = layersOf([512, 512]);
    expect(tilesOf(moons, wide, new Float32Array(parameterCount(wide)))).toBeUndefined();
  });
});

describe('editing layers', () => {
  const model: EditedModel = { hidden: [8, 4], activation: ['tanh', 'relu'], dropout: 0.1 };
  const applied = (changes: Change[]) =>
    checkTrial({
      model: { ...model, ...Object.fromEntries(changes.map(({ path, value }) => [path.split('.').at(-1), value])) },
    }).model;

  it('keeps lists as long as the layers', () => {
    expect(applied(addLayer(model, 0))).toMatchObject({ hidden: [8, 8, 4], activation: ['tanh', 'tanh', 'relu'] });
    expect(applied(addLayer(model))).toMatchObject({ hidden: [8, 4, 4], activation: ['tanh', 'relu', 'relu'] });
    expect(applied(removeLayer(model, 0))).toMatchObject({ hidden: [4], activation: 'relu', dropout: 0.1 });
    const none = removeLayer({ hidden: [4], activation: ['relu'], dropout: [0.5] }, 0);
    expect(applied(none)).toMatchObject({ hidden: [], activation: 'relu', dropout: 0.5 });
  });

  it('gives one layer a value of its own, and one value to all where they agree', () => {
    expect(applied(setOfLayer(model, 'dropout', 1, 0.5))).toMatchObject({ dropout: [0.1, 0.5] });
    expect(applied(setOfLayer(model, 'activation', 1, 'tanh'))).toMatchObject({ activation: 'tanh' });
    expect(applied(resizeLayer(model, 1, 0))).toMatchObject({ hidden: [8, 1] });
  });

  it('goes through sizes that are in use', () => {
    expect(sizeAway(8, 2)).toBe(16);
    expect(sizeAway(100, -1)).toBe(96);
    expect(sizeAway(2, -5)).toBe(1);
    expect(sizeAway(1024, 1)).toBe(2048);
  });
});

it('memory is that of parameters, gradients, what the optimizer keeps, and the rows', () => {
  const layers = layersOf([64, 64]);
  const trial = checkTrial({ training: { optimizer: { kind: 'adam' } } });
  expect(memoryOf(trial, layers, 400)).toEqual({ parameters: 17668, optimizer: 53004, data: 4800 });
  const plain = checkTrial({ training: { optimizer: { kind: 'sgd' } } });
  expect(memoryOf(plain, layers, 400).optimizer).toBe(17668);
  const squares = checkTrial({ training: { optimizer: { kind: 'rmsprop' } } });
  expect(memoryOf(squares, layers, 400).optimizer).toBe(53004);
  expect(['512', '17668', '53004', '1234567'].map((bytes) => bytesWords(Number(bytes)).replace('\u00a0', ' '))).toEqual(
    ['512 B', '18 kB', '53 kB', '1.2 MB'],
  );
});

describe('what is said of an activation', () => {
  it.each(activationNames)('%s is what the reference computes: slope and range', (name) => {
    const { z, value, slope } = activationCurve(name, -30, 30, 6001);
    expect(value).toEqual(z.map(activations[name].value));
    const [low, high] = [Math.min(...value), Math.max(...value)];
    const { range } = activationFacts(name);
    const [least, most] = {
      'all numbers': [-Infinity, Infinity],
      '0 or 1': [0, 1],
      'between 0 and 1': [0, 1],
      'between −1 and 1': [-1, 1],
      '0 and above': [0, Infinity],
      'above −1': [-1, Infinity],
      'from about −0.17 up': [-0.17, Infinity],
      'from about −0.28 up': [-0.2785, Infinity],
      'from about −0.31 up': [-0.309, Infinity],
      'above 0': [0, Infinity],
    }[range] as [number, number];
    if (Number.isFinite(least)) expect(low).toBeCloseTo(least, 2);
    else expect(low).toBeLessThan(-0.29);
    if (Number.isFinite(most)) expect(high).toBeCloseTo(most, 2);
    else expect(high).toBeGreaterThan(20);
    // The slope is the difference quotient, but at corners and jumps.
    z.slice(1, -1).forEach((at, before) => {
      const index = before + 1;
      if (Math.abs(at) < 0.05) return;
      const quotient = (value[index + 1] - value[index - 1]) / (z[index + 1] - z[index - 1]);
      expect(Math.abs(slope[index] - quotient)).toBeLessThan(1e-4);
    });
  });
});
