/** Importance and dependence of a model that answers as an ensemble, held against its own predictions and scores. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import type { Table } from '../../../../src/data/table/table.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import { createModel, type Model } from '../../../../src/model/model.ts';
import { onlyMember } from '../../../../src/model/model-data.ts';
import { modelDependence, modelExplanations, modelImportance } from '../../../../src/train/explain/explain.ts';
import { train } from '../../../../src/train/trainer.ts';
import { uniformAt } from '../../../../src/util/random.ts';

const engine = createReferenceEngine('reference', 'asked for');

/** y follows a and the kind, and has nothing of the noise. */
const lines = Array.from({ length: 90 }, (_, row) => {
  const [a, noise] = [uniformAt(3, 2 * row), uniformAt(3, 2 * row + 1)];
  const kind = ['low', 'middle', 'high'][row % 3];
  const y = 4 * a + (row % 3);
  return { a, noise, kind, y, above: y > 3 ? 'yes' : 'no' };
});

const tableOf = (target: 'y' | 'above', rows = lines): Promise<Table> =>
  readCsv(
    [
      `a,noise,kind,${target}`,
      ...rows.map((row) => [row.a, row.noise, row.kind, row[target]].join(',')),
      // Left out: it has no answer.
      '0.5,0.5,low,',
    ].join('\n'),
  );

async function ensemble(target: 'y' | 'above'): Promise<Model> {
  const data = prepare(await tableOf(target), { target, split: { train: 1 } });
  const training = { epochs: 60, optimizer: { kind: 'adam', learning_rate: 0.01 } } as const;
  const wide = await train(engine, data, { model: { hidden: [8] }, training }).model();
  const deep = await train(engine, data, { model: { hidden: [6, 6] }, training: { ...training, seed: 3 } }).model();
  const members = [
    { ...onlyMember(wide), weight: 0.75 },
    { ...onlyMember(deep), weight: 0.25 },
  ];
  return createModel({ ...wide, members, origin: {} });
}

const numbers = (model: Model, table: Table, name: string): number[] => {
  const column = model.predict(table).find((one) => one.name === name);
  if (column?.kind !== 'number') throw new Error(`no numbers called ${name}`);
  return Array.from(column.values.subarray(0, lines.length));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);

describe('an ensemble', () => {
  it('has the importance of its columns, from the score that it has', async () => {
    const model = await ensemble('y');
    const table = await tableOf('y');
    const found = await modelImportance(model, table);
    const { metrics } = model.evaluate(table);
    if (!('rmse' in metrics)) throw new Error('not the metrics of numbers');
    expect(found).toMatchObject({ rows: 90, metric: 'rmse', repeats: 5 });
    expect(found.baseline).toBeCloseTo(metrics.rmse, 4);
    const by = new Map(found.columns.map((column) => [column.column, column.mean]));
    expect([...by.keys()].sort()).toEqual(['a', 'kind', 'noise']);
    expect(by.get('a')).toBeGreaterThan(5 * Math.abs(by.get('noise') ?? Number.NaN));
    expect(by.get('kind')).toBeGreaterThan(5 * Math.abs(by.get('noise') ?? Number.NaN));
  });

  it('depends on a column as its predictions do when it is changed in every row', async () => {
    const model = await ensemble('y');
    const { at, curves, rows } = await modelDependence(model, await tableOf('y'), 'a');
    expect(rows).toBe(90);
    for (const place of [0, 15, 30]) {
      const changed = await tableOf(
        'y',
        lines.map((line) => ({ ...line, a: at[place] })),
      );
      expect(curves[0].mean[place]).toBeCloseTo(mean(numbers(model, changed, 'predicted_y')), 3);
    }
    const classes = await ensemble('above');
    const { labels, curves: shares } = await modelDependence(classes, await tableOf('above'), 'kind');
    expect(shares.map(({ name }) => name)).toEqual(['yes']);
    for (const [place, kind] of (labels ?? []).entries()) {
      if (!lines.some((line) => line.kind === kind)) continue;
      const changed = await tableOf(
        'above',
        lines.map((line) => ({ ...line, kind })),
      );
      expect(shares[0].mean[place]).toBeCloseTo(mean(numbers(classes, changed, 'probability_yes')), 4);
    }
    expect(labels).toEqual(expect.arrayContaining(['low', 'middle', 'high']));
  });

  it('keeps the answers of single rows, whose mean the dependence is', async () => {
    const model = await ensemble('y');
    const table = await tableOf('y');
    const { at, curves, individuals } = await modelDependence(model, table, 'a');
    expect([individuals.length, new Set(individuals).size]).toEqual([50, 50]);
    const [{ individual }] = curves;
    for (const [line, row] of [...individuals.entries()].filter((_, place) => place % 7 === 0)) {
      const changed = await tableOf('y', [{ ...lines[row], a: at[12] }]);
      const [answer] = model.predict(changed);
      expect(individual[line * at.length + 12]).toBeCloseTo(
        answer.kind === 'number' ? answer.values[0] : Number.NaN,
        3,
      );
    }
    const few = await modelDependence(model, await tableOf('y', lines.slice(0, 20)), 'kind');
    expect([...few.individuals]).toEqual(Array.from({ length: 20 }, (_, row) => row));
    for (const place of few.at.keys()) {
      const own = few.curves[0].individual.filter((_, index) => index % few.at.length === place);
      expect(mean([...own])).toBeCloseTo(few.curves[0].mean[place], 6);
    }
  });

  it('explains its predictions, in what they are given in', async () => {
    const model = await ensemble('y');
    const table = await tableOf('y');
    const { background, predictions, rows } = await modelExplanations(model, table, { rows: [4, 5] });
    // The row without an answer is one to compare with.
    expect(background).toEqual({ rows: 91, of: 91 });
    expect(predictions).toBe(1 + 91 * 9);
    expect(rows.map(([{ prediction }]) => prediction)).toEqual(
      [4, 5].map((row) => expect.closeTo(numbers(model, table, 'predicted_y')[row], 4)),
    );
    const of = ([{ columns }]: (typeof rows)[number]) =>
      new Map(columns.map(({ column, contribution }) => [column, contribution]));
    // 4 a on average 2, and levels of 0, 1 and 2, which follow each other.
    expect(of(rows[0]).get('a')).toBeCloseTo(4 * (lines[4].a - 0.5), 0);
    expect((of(rows[1]).get('kind') ?? 0) - (of(rows[0]).get('kind') ?? 0)).toBeCloseTo(1, 0);
    expect(Math.abs(of(rows[0]).get('noise') ?? 1)).toBeLessThan(0.3);
    const classes = await ensemble('above');
    const other = await modelExplanations(classes, table, { rows: [4], background: table, sample: 30 });
    expect(other.background).toEqual({ rows: 30, of: 91 });
    const [[no, yes]] = other.rows;
    expect([no.name, yes.name]).toEqual(['no', 'yes']);
    expect(yes.prediction).toBeCloseTo(numbers(classes, table, 'probability_yes')[4], 5);
    yes.columns.forEach(({ contribution }, column) => {
      expect(no.columns[column].contribution).toBeCloseTo(-contribution, 12);
    });
    const none = { ...table, rows: 0 };
    await expect(modelExplanations(model, table, { background: none })).rejects.toMatchObject({
      code: 'background_empty',
    });
  });

  it('refuses a column that it has not learned from, and ends when it is told to', async () => {
    const model = await ensemble('y');
    const table = await tableOf('y');
    await expect(modelDependence(model, table, 'y')).rejects.toMatchObject({ code: 'not_learned_from' });
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(modelImportance(model, table, { signal })).rejects.toBe(reason);
    const shares: number[] = [];
    await modelImportance(model, table, { progress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
  });
});
