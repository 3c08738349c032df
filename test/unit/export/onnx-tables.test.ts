/** Exported graphs of models that were trained, on every sample table, and of tables of random kinds of columns. */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { toOnnx } from '../../../src/export/onnx/onnx.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import type { Model } from '../../../src/model/model.ts';
import { activationNames } from '../../../src/spec/activations.ts';
import { numericNames } from '../../../src/spec/data-settings.ts';
import { train } from '../../../src/train/trainer.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { type Cell, range, tableOf } from '../../support/data/tables.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { randomModel } from '../../support/models/exported-models.ts';
import { largestError, runOnnx, runtimes, tolerance } from '../../support/models/onnx.ts';

const samples: { name: string; file: string; target: string }[] = JSON.parse(readFileSync('data/samples.json', 'utf8'));
const engine = await requestCpuEngine('asked for', { threads: 1 });
const open = (file: string) => readCsv(createReadStream(join('data', file)), { source: file });

/** `predict` runs on the reference, which takes its time for many rows. */
function firstRows(table: Table, most = 100): Table {
  const rows = Math.min(most, table.rows);
  const columns = table.columns.map((column) =>
    column.kind === 'text'
      ? { ...column, codes: column.codes.subarray(0, rows) }
      : { ...column, values: column.values.subarray(0, rows) },
  );
  return { ...table, rows, columns };
}

async function expectAgreement(model: Model, table: Table): Promise<void> {
  const bytes = toOnnx(model);
  for (const [name, runtime] of Object.entries(runtimes)) {
    const { values } = await runOnnx(runtime, bytes, model, table);
    expect(largestError(model, table, values), name).toBeLessThan(tolerance);
  }
}

it.each(samples)('a model trained on $name', async ({ file, target }) => {
  const table = await open(file);
  const run = train(engine, prepare(table, { target }), { training: { epochs: 2 } });
  await expectAgreement(await run.model(), firstRows(table));
  await run.destroy();
});

it('an ensemble that `fit` found', async () => {
  const table = await open('penguins.csv');
  const plan = { folds: 2, held_out: 0.5, max_rows: 200, max_width: 8, trials: 2, epochs: 5, packs: 2 };
  const { model } = await fitModel(engine, table, { target: 'species', plan });
  expect(model.members.length).toBeGreaterThan(1);
  expect(model.calibration).toBeDefined();
  await expectAgreement(model, firstRows(table));
});

/** Cells from a number within 0 and 1; levels of new rows are not all known. */
const cells: Record<string, (share: number, known: boolean) => Cell> = {
  number: (share) => share - 0.5,
  large: (share) => 1e9 + 10 * share,
  skewed: (share) => Math.exp(20 * share),
  whole: (share) => Math.floor(5 * share),
  category: (share, known) => `level ${Math.floor((known ? 4 : 6) * share)}`,
  boolean: (share, known) => (share < 0.5 ? 'yes' : known || share < 0.9 ? 'no' : 'perhaps'),
  date: (share) => new Date(Date.UTC(2020, 0, 1, 24 * Math.floor(900 * share))).toISOString().slice(0, 16),
};
const kinds = Object.keys(cells);
const wanted = { category: 'category', boolean: 'boolean', date: 'date' } as const;

const anyTable = fc.record({
  seed: fc.nat(),
  columns: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }),
  gaps: fc.constantFrom(0, 0.1, 0.6),
  target: fc.constantFrom<(share: number) => Cell>(
    (share) => 1e6 + share,
    (share) => ['no', 'yes'][Math.floor(2 * share)],
    (share) => ['a', 'b', 'c', 'd'][Math.floor(4 * share)],
  ),
  numeric: fc.constantFrom(...numericNames),
  activation: fc.constantFrom(...activationNames),
});

it('any table', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyTable, async ({ seed, columns, gaps, target, numeric, activation }) => {
      const rowsOf = (from: number, known: boolean) =>
        columns.map((kind, column): [string, Cell[]] => [
          `${kind} ${column}`,
          range(80, from).map((row) =>
            uniformAt(seed, row, 2 * column) < gaps ? null : cells[kind](uniformAt(seed, row, 2 * column + 1), known),
          ),
        ]);
      const y = range(80).map((row) => target(uniformAt(seed, row, 100)));
      const types = Object.fromEntries(
        columns.flatMap((kind, column) =>
          kind in wanted ? [[`${kind} ${column}`, wanted[kind as keyof typeof wanted]] as const] : [],
        ),
      );
      const data = prepare(tableOf({ ...Object.fromEntries(rowsOf(0, true)), y }), {
        target: 'y',
        types,
        numeric,
        split: { train: 1 },
      });
      const model = randomModel(data, { model: { hidden: [5], activation } }, seed);
      for (const { kind } of data.preprocessing.features) seen.add(kind);
      await expectAgreement(model, tableOf(Object.fromEntries(rowsOf(1000, false))));
    }),
    { seed: faultSeed, numRuns: times(10, 1000) },
  );
  expect([...seen].sort()).toEqual(['boolean', 'category', 'date', 'number']);
});
