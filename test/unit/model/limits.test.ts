/** Predicted numbers are kept near those of the training rows, and everything that scores predictions goes by that. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictedNumber } from '../../../src/data/prepare/preprocessing.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { pictureOf } from '../../../src/html/picture.ts';
import { prepare } from '../../../src/library/prepare.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { createModel, saveModel } from '../../../src/model/model.ts';
import type { DataSettingsInput } from '../../../src/spec/data-settings.ts';
import { train } from '../../../src/train/trainer.ts';
import { range, scaleOf, tableOf, valuesOf } from '../../support/data/tables.ts';

const rows = 50;
const table = tableOf({ x: range(rows).map((i) => Math.sin(i)), y: range(rows).map((i) => 100 + 40 * Math.sin(i)) });

/** A line that is four times as steep as the data, and what it says of all rows. */
async function steep(given: Partial<DataSettingsInput>) {
  const data = prepare(table, { target: 'y', numeric: 'scale', ...given });
  const engine = await requestEngine({ kind: 'reference' });
  const run = train(engine, data, { model: { hidden: [] }, initial_parameters: Float32Array.of(4, 0) });
  const model = loadModel(saveModel(await run.snapshot()));
  const predicted = valuesOf(model.predict(table)[0]);
  const set = (name: 'train' | 'validation' | 'test') => {
    const held = [...data.sets[name]];
    const own = tableOf(
      Object.fromEntries(table.columns.map((column) => [column.name, held.map((row) => valuesOf(column)[row])])),
    );
    const errors = held.map((row) => predicted[row] - valuesOf(table.columns[1])[row]);
    return { own, rmse: Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length) };
  };
  const close = async () => {
    await run.destroy();
    engine.destroy();
  };
  const trained = Array.from(data.sets.train, (row) => valuesOf(table.columns[1])[row]);
  const [least, largest] = [Math.min(...trained), Math.max(...trained)];
  return { data, run, model, predicted, set, close, least, largest };
}

describe('predictions', () => {
  it.each([{}, { target_transform: 'log' }, { numeric: 'robust' }] as Partial<DataSettingsInput>[])(
    'are within the training range and a tenth of it, and are scored as they are: %j',
    async (given) => {
      const { data, run, model, predicted, set, close, least, largest } = await steep(given);
      const room = (largest - least) / 10;
      expect(Math.min(...predicted)).toBeCloseTo(least - room, 4);
      expect(Math.max(...predicted)).toBeCloseTo(largest + room, 4);
      expect(new Set(predicted).size).toBeGreaterThan(3);
      for (const name of ['train', 'validation', 'test'] as const) {
        const { own, rmse } = set(name);
        expect(await run.metrics(name)).toMatchObject({ rmse: expect.closeTo(rmse, 3) });
        expect(model.evaluate(own).metrics).toMatchObject({ rmse: expect.closeTo(rmse, 3) });
      }
      const picture = await pictureOf(data, (features, count) => run.predict(features, count));
      if (picture?.kind !== 'fit') throw new Error('no curve');
      expect(Math.max(...picture.fitted)).toBeCloseTo(largest + room, 9);
      await close();
    },
  );

  it('are within their intervals, which are about what is answered', async () => {
    const { model, predicted, close } = await steep({});
    const calibration = {
      kind: 'conformal' as const,
      residuals: [range(99).map((i) => i / 1000)],
      rows: 99,
      coverage: 0.9,
    };
    const [answers, low, high] = createModel({ ...model, calibration })
      .predict(table)
      .map(valuesOf);
    expect([...answers]).toEqual([...predicted]);
    answers.forEach((answer, row) => {
      expect(low[row]).toBeLessThan(answer);
      expect(high[row]).toBeGreaterThan(answer);
    });
    await close();
  });

  it('are what the network says where they are not to be clipped', async () => {
    const { data, run, predicted, set, close } = await steep({ clip_predictions: false });
    const { scale, offset } = scaleOf(data.preprocessing.targets);
    const feature = scaleOf(data.preprocessing.features);
    const values = valuesOf(table.columns[0]);
    predicted.forEach((value, row) => {
      expect(value).toBeCloseTo(offset + (scale * 4 * (values[row] - feature.offset)) / feature.scale, 3);
    });
    expect(await run.metrics('test')).toMatchObject({ rmse: expect.closeTo(set('test').rmse, 3) });
    await close();
  });

  it('of plain arrays are clipped like those of tables, unless the arrays are used as they are', () => {
    const arrays = {
      features: Float32Array.of(1, 2, 3, 4),
      rows: 4,
      columns: 1,
      targets: Float32Array.of(0, 5, 10, 5),
    };
    const split = { train: 1 };
    expect(prepare(arrays, { split }).preprocessing.targets[0]).toMatchObject({
      range: { least: 0, largest: 10 },
      limits: { least: -1, largest: 11 },
    });
    const plain = { column: 'y', kind: 'number', log: false, offset: 0, scale: 1 };
    expect(prepare(arrays, { split, scaling: 'none' }).preprocessing.targets).toEqual([plain]);
  });

  it('have limits that are numbers, and are within them, whatever the targets are', () => {
    const value = fc.double({ noNaN: true, min: -8e307, max: 8e307 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 9 }), fc.double(), (own, output) => {
        fc.pre(new Set(own.map(Math.fround)).size > 1);
        const y = [...own, own[0] / 2 + 1];
        fc.pre(new Set(y).size > 1);
        const data = prepare(tableOf({ x: range(y.length), y }), {
          target: 'y',
          task: 'regression',
          split: { train: 1 },
        });
        const [step] = data.preprocessing.targets;
        if (step.kind !== 'number' || !step.limits) throw new Error('no limits');
        const { least, largest } = step.limits;
        expect(least).toBeLessThanOrEqual(Math.min(...y));
        expect(largest).toBeGreaterThanOrEqual(Math.max(...y));
        expect([least, largest].every(Number.isFinite)).toBe(true);
        const predicted = predictedNumber(step, output);
        if (Number.isNaN(output)) expect(predicted).toBeNaN();
        else expect(predicted >= least && predicted <= largest).toBe(true);
      }),
      { seed: 10 },
    );
  });
});
