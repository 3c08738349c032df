/** A table prepared as a model had its own: nothing is fitted anew, whatever the rows are. */
import { describe, expect, it } from 'vitest';
import { prepareLike } from '../../../../src/data/prepare/like.ts';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { fineTuning } from '../../../../src/train/fine-tune.ts';
import { type Cell, problemOf, range, tableOf, textsOf } from '../../../support/data/tables.ts';
import { ensembleOf } from '../../../support/models/safetensors.ts';

const rows = 40;
const columns = (shift = 0): Record<string, Cell[]> => ({
  size: range(rows).map((row) => 10 + shift + 5 * Math.sin(row)),
  kind: range(rows).map((row) => ['oak', 'fir'][row % 2]),
  y: range(rows).map((row) => shift + Math.cos(row)),
});
const first = prepare(tableOf(columns()), { target: 'y' });

describe('prepareLike', () => {
  it('gives the same data set from the same table and split', () => {
    const again = prepareLike(first, tableOf(columns()));
    const { notices: _, origin: __, ...data } = first;
    expect(again).toMatchObject(data);
  });

  it('encodes other rows by the scales and levels of the first', () => {
    const table = tableOf({ ...columns(100), extra: range(rows) });
    const data = prepareLike(first, table, { split: { train: 0.5, validation: 0.25, test: 0.25 } });
    expect(data.preprocessing).toBe(first.preprocessing);
    expect(data.features).toEqual(applyFeatures(first.preprocessing, table).features);
    expect(data.sets.train).toHaveLength(rows / 2);
    expect(Math.min(...data.targets)).toBeGreaterThan(Math.max(...first.targets));
    expect(textsOf(data.notices).join(' ')).toContain('size');
  });

  it('refuses classes that the model does not know, and a table without its columns', () => {
    const classes = prepare(tableOf({ ...columns(), y: range(rows).map((row) => ['a', 'b'][row % 2]) }), {
      target: 'y',
    });
    const other = tableOf({ ...columns(), y: range(rows).map((row) => ['a', 'c'][row % 2]) });
    expect(problemOf(() => prepareLike(classes, other)).message).toContain('"c"');
    const { size: _, ...lacking } = columns();
    expect(problemOf(() => prepareLike(first, tableOf(lacking))).message).toContain('size');
  });
});

it('an average of networks cannot be trained further', () => {
  expect(problemOf(() => fineTuning(ensembleOf())).message).toContain('average of 2 networks');
});
