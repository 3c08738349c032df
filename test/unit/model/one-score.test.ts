/** What an epoch's record, the metrics at the end and a saved model say of the same rows is the same, weights or not. */

import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/data/table/table.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { baselineMetrics } from '../../../src/model/metrics.ts';
import type { DataSettingsInput } from '../../../src/spec/data-settings.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { normalAt } from '../../../src/util/random.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const rows = 60;
const x = Float64Array.from({ length: rows }, (_, row) => normalAt(1, row));
const w = Float64Array.from({ length: rows }, (_, row) => row % 4);
const text = (name: string, of: (row: number) => number, levels: string[]) => ({
  name,
  kind: 'text' as const,
  levels,
  codes: Uint32Array.from({ length: rows }, (_, row) => of(row) + 1),
});
const table: Table = {
  source: 'table.csv',
  rows,
  rowsBefore: 1,
  notices: [],
  columns: [
    { name: 'x', kind: 'number', values: x },
    { name: 'w', kind: 'number', values: w },
    text('two', (row) => (x[row] + normalAt(2, row) > 0.8 ? 1 : 0), ['no', 'yes']),
    text('three', (row) => (x[row] > 0.7 ? 2 : x[row] + normalAt(3, row) > 0 ? 1 : 0), ['a', 'b', 'c']),
    { name: 'y', kind: 'number', values: x.map((value, row) => 3 * value + normalAt(4, row)) },
  ],
};

const weightings: Partial<DataSettingsInput>[] = [{}, { weights: 'w' }, { class_weights: 'balanced' }];
const cases = (
  [
    ['two', 'binary_cross_entropy'],
    ['two', 'mse'],
    ['two', 'half_mse'],
    ['three', 'softmax_cross_entropy'],
    ['three', 'binary_cross_entropy'],
    ['three', 'mse'],
    ['y', 'mse'],
    ['y', 'huber'],
  ] as const
).flatMap(([target, loss]) =>
  weightings
    .filter((given) => target !== 'y' || given.class_weights === undefined)
    .flatMap((given) => (['cpu', 'reference'] as const).map((kind) => ({ target, loss, given, kind }))),
);

const settings = (target: string, given: Partial<DataSettingsInput>): DataSettingsInput => ({
  target,
  ignore: ['w', 'two', 'three', 'y'].filter((name) => name !== target && name !== given.weights),
  ...given,
});

function expectSame(one: object, other: object): void {
  const [a, b] = [one, other] as Record<string, number>[];
  for (const name of Object.keys(a)) expect(a[name], name).toBeCloseTo(b[name], 4);
}

describe('scores of the same rows', () => {
  it.each(cases)('agree: $target by $loss on $kind, $given', async ({ target, loss, given, kind }) => {
    const data = prepare(table, settings(target, given));
    const engine = await requestEngine({ kind });
    const trial: TrialInput = { model: { hidden: [4] }, training: { loss, epochs: 3, seed: 1 } };
    const run = train(engine, data, trial);
    while (await run.epoch());
    const final = await run.metrics('validation');
    const last = run.history.at(-1);
    if (!final || !last?.validation) throw new Error('no validation rows');
    expectSame(last.validation, final);
    if ('log_loss' in final) {
      expect(Object.keys(last.validation).sort()).toEqual(['accuracy', 'log_loss']);
      // Where the loss is the log loss, that of the validation rows is it, whatever weights training has.
      const direct = loss === 'softmax_cross_entropy' || (loss === 'binary_cross_entropy' && target === 'two');
      if (direct) expect(last.validation_loss).toBeCloseTo(final.log_loss, 5);
      expect(final.confusion.flat().reduce((sum, count) => sum + count)).toBe(data.sets.validation.length);
    } else if (loss === 'mse') {
      const [step] = data.preprocessing.targets;
      if (step.kind !== 'number') throw new Error('no number');
      expect((last.validation_loss ?? 0) * step.scale ** 2).toBeCloseTo(final.mse, 4);
    }
    // The baseline does not know of weights either.
    const plain = prepare(table, { ...settings(target, {}), ignore: settings(target, given).ignore?.concat('w') });
    expect(baselineMetrics(data, 'validation')).toEqual(baselineMetrics(plain, 'validation'));
    const model = await run.model();
    const held = [...data.sets.validation];
    const own: Table = {
      ...table,
      rows: held.length,
      columns: table.columns.map((column) =>
        column.kind === 'number'
          ? { ...column, values: Float64Array.from(held, (row) => column.values[row]) }
          : { ...column, codes: Uint32Array.from(held, (row) => column.codes[row]) },
      ),
    };
    expectSame(last.validation, model.evaluate(own).metrics);
    await run.destroy();
    engine.destroy();
  });

  it('do not part where a probability is below what a float can tell from 0', async () => {
    for (const kind of ['cpu', 'reference'] as const) {
      for (const target of ['two', 'three']) {
        const data = prepare(table, settings(target, {}));
        const engine = await requestEngine({ kind });
        const hugely = Array.from({ length: data.outputs }, (_, output) => 400 * (output + 1));
        const run = train(engine, data, {
          model: { hidden: [] },
          training: { epochs: 1, optimizer: { kind: 'sgd', learning_rate: 1e-9 } },
          initial_parameters: Float32Array.from([...hugely, ...hugely.map(() => 0)]),
        });
        while (await run.epoch());
        const final = await run.metrics('validation');
        const record = run.history[0].validation;
        if (!final || !record || !('log_loss' in final && 'log_loss' in record)) throw new Error('no log loss');
        expect(final.log_loss).toBeGreaterThan(-Math.log(Number.EPSILON));
        expect(record.log_loss / final.log_loss).toBeCloseTo(1, 5);
        expect(final.log_loss / (run.history[0].validation_loss ?? 0)).toBeCloseTo(1, 5);
        await run.destroy();
        engine.destroy();
      }
    }
  });
});
