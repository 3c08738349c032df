/** Notices in the order in which they are read, once each; and what mends them, on the page and in a terminal. */
import { describe, expect, it } from 'vitest';
import { fixOption } from '../../../../src/cli/fix-option.ts';
import { notedFacts } from '../../../../src/cli/output/output.ts';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import {
  critical,
  info,
  mergeNotices,
  type Notice,
  type NoticeFix,
  type SettingFix,
  warning,
} from '../../../../src/data/table/notices.ts';
import { applyFix, isDone } from '../../../../src/lab/data/notice-fix.ts';
import { formOf } from '../../../../src/lab/shared/form.ts';
import type { TrainerController } from '../../../../src/lab/trainer/controller.ts';
import { Controls } from '../../../../src/lab/trainer/controls.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';

const leak = critical('Column "total" equals the target in every row.', {
  topic: 'leak',
  column: 'total',
  fix: { setting: 'ignore', column: 'total' },
});

describe('notices of a data set and of its table', () => {
  const identifier = (text: string, column: string) => info(text, { topic: 'identifier', column });

  it('are said once where both know the same of a column, the most serious first', () => {
    const prepared = [identifier('Column "id" is left out as an identifier.', 'id'), leak];
    const table = [
      identifier('Column "id" identifies rows.', 'id'),
      identifier('Column "no" identifies rows.', 'no'),
      warning('Column "id" is missing in 60 % of the rows.', { column: 'id' }),
      { ...leak },
    ];
    expect(mergeNotices(prepared, table)).toEqual([leak, table[2], prepared[0], table[1]]);
  });

  it('are not said column by column where one speaks for all', () => {
    const all = info('5 columns are left out, each with one value in every training row.', { topic: 'constant' });
    const one = info('Column "a" has the same value in every row.', { topic: 'constant', column: 'a' });
    expect(mergeNotices([all], [one])).toEqual([all]);
  });
});

describe('numbers that could be dates', () => {
  const days = ['20240105', '20240229', '', '20241231', '20240105', '20240607'];
  const csv = (cells: readonly string[]) =>
    `day,x,y\n${cells.map((day, row) => `${day},${row % 2},${row}\n`).join('')}`;
  const fixes = (notices: readonly Notice[]) => notices.flatMap(({ fix }) => (fix ? [fix] : []));
  const asDate = { setting: 'types', column: 'day', value: 'date' };

  it('are offered to be read as such, by table and data set alike', async () => {
    const table = await readCsv(csv(days));
    const said =
      'Column "day" is read as numbers that could be dates, such as 20240105 (yyyymmdd); read it as dates if they are.';
    for (const { notices } of [{ notices: summarize(table).warnings }, prepare(table, { target: 'y' })]) {
      expect(notices).toContainEqual(expect.objectContaining({ severity: 'warning', text: said, fix: asDate }));
    }
    for (const types of [{ day: 'date' }, { day: 'integer' }] as const) {
      expect(fixes(summarize(table, { types }).warnings)).toEqual([]);
      expect(fixes(prepare(table, { target: 'y', types }).notices)).toEqual([]);
    }
  });

  it.each([
    ['the target', { target: 'day' }, days],
    ['a column that is left out', { ignore: ['day'] }, days],
    ['numbers among which one is no day', {}, [...days, '20230229']],
    ['numbers among which one is another year', {}, [...days, '30000101']],
    ['two of them', {}, ['20240105', '20240229', '20240105']],
  ])('are not where they are %s', async (_, options, cells) => {
    expect(fixes(summarize(await readCsv(csv(cells)), options).warnings)).toEqual([]);
  });
});

describe('in a terminal', () => {
  it('what makes scores doubtful stands above all facts, with the option that mends it', () => {
    const notes = [info('Column "a" is left out.'), leak];
    expect(notedFacts([['data', 'shop.csv: 400 rows']], notes, { ignore: ['id'] }).split('\n')).toEqual([
      'critical  Column "total" equals the target in every row. Option: --ignore id,total',
      'data      shop.csv: 400 rows',
      'note      Column "a" is left out.',
    ]);
  });

  it.each<[NoticeFix, string | undefined]>([
    [{ setting: 'ignore', column: 'total amount' }, "--ignore 'total amount'"],
    [{ setting: 'types', column: 'when', value: 'date' }, '--types when=date'],
    [{ setting: 'class_weights', value: 'balanced' }, '--class_weights balanced'],
    [{ setting: 'task', value: 'regression' }, '--task regression'],
    [{ setting: 'early_stopping' }, '--early_stopping'],
    [{ setting: 'dropout', value: 0.4 }, '--dropout 0.4'],
    [{ setting: 'epochs', value: 400 }, '--epochs 400'],
    // Another command.
    [{ command: 'fit' }, undefined],
    // A list of names cannot have it.
    [{ setting: 'ignore', column: 'a,b' }, undefined],
  ])('%o is an option', (fix, option) => {
    expect(fixOption(fix, {})).toBe(option);
  });

  it('types that were given stay', () => {
    const fix = { setting: 'types', column: 'when', value: 'date' } as const;
    expect(fixOption(fix, { types: { zip: 'category' } })).toBe('--types zip=category,when=date');
  });
});

describe('on the page', () => {
  const settings = {
    trial: checkTrial({ training: { early_stopping: false } }),
    data: checkData({ target: 'y' }),
    engine: 'cpu',
  } as const;

  it.each<SettingFix>([
    { setting: 'ignore', column: 'total' },
    { setting: 'types', column: 'when', value: 'date' },
    { setting: 'class_weights', value: 'balanced' },
    { setting: 'task', value: 'regression' },
    { setting: 'early_stopping' },
    { setting: 'dropout', value: 0.4 },
    { setting: 'epochs', value: 400 },
  ])('%o is a change of the controls, which can be taken back', (fix) => {
    const changed = () => {};
    const trainer = { applied: settings, changed, ask: async () => undefined, run: undefined, atOnce: { changed } };
    const controls = new Controls(trainer as unknown as TrainerController);
    controls.opened(formOf(settings));
    expect(isDone(controls.form, fix)).toBe(false);
    applyFix(controls, fix);
    expect(isDone(controls.form, fix)).toBe(true);
    expect(controls.changes.size).toBe(1);
    controls.restore();
    expect(isDone(controls.form, fix)).toBe(false);
  });
});
