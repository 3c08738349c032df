/** `model.h`: it compiles without a warning, and answers as the model does. */
import { expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { toC } from '../../../src/export/c/c.ts';
import { range, tableOf } from '../../support/data/tables.ts';
import { answersInC, findCompiler } from '../../support/models/c-program.ts';
import { type ExportCase, exportCases } from '../../support/models/exported-models.ts';
import { answersOf, farthest } from '../../support/models/rows-of.ts';
import { untrained } from '../../support/models/untrained.ts';

const cases = exportCases();
const compiler = findCompiler();
if (!compiler) console.warn('There is no C compiler: model.h is not compiled.');

/** The largest difference from what the model answers, for each case. */
async function distancesOf(some: readonly ExportCase[], flags: string[] = []) {
  const given = await answersInC(compiler as string, some, flags);
  return some.map(({ name, model, table }, index) => {
    const wanted = answersOf(model, table);
    const each = model.preprocessing.targets.map(({ column }) => {
      const [own, theirs] = [given[index], wanted].map((answers) => answers.map((answer) => answer[column]));
      return farthest(own, theirs, 1e-6);
    });
    return { name, distance: Math.max(...each) };
  });
}

it.skipIf(!compiler)('answers as the model does, from every kind of column, layer and answer', async () => {
  const distances = await distancesOf(cases);
  expect(distances.filter(({ distance }) => !(distance <= 1e-6))).toEqual([]);
});

it.skipIf(!compiler)('reads and writes within its arrays', async () => {
  const some = cases.filter(({ name }) => /^(an ensemble for (a log|three)|numbers by quantile)/.test(name));
  const distances = await distancesOf(some, ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']);
  expect(distances.map(({ distance }) => distance <= 1e-6)).toEqual([true, true, true]);
});

it('names columns, levels and classes so that C takes them', () => {
  const odd = ['int', '1st', '가격 (원)', 'Été*/', 'a b', 'a-b', '', '??/', 'é "\\'];
  const x = range(30).map((row) => Math.sin(row));
  const columns = Object.fromEntries(odd.map((name, index) => [name, x.map((value) => value + index)]));
  const kind = x.map((_, row) => odd[row % odd.length] || 'none');
  const data = prepare(tableOf({ ...columns, kind, y: kind }), { target: 'y', split: { train: 1 } });
  const source = toC(untrained(data));
  const fields = /typedef struct \{\n([^}]*)\} perceptron_row;/.exec(source)?.[1] ?? '';
  expect([...fields.matchAll(/^ {2}\w+ (\w+);/gm)].map(([, name]) => name)).toEqual([
    ...['int_', 'column_1st', 'column', 'ete', 'a_b', 'a_b_2', 'column_2', 'column_3', 'e', 'kind'],
  ]);
  expect(source).toContain('"\\?\\?/"');
  expect(source).toContain('"\\303\\251 \\"\\\\"');
  expect(source).not.toMatch(/\*\/.*\*\//);
});
