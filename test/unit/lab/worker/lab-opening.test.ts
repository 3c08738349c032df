/** What the page makes of a table that nobody has set up: its target, its settings, and what a person keeps. */
import { describe, expect, it, vi } from 'vitest';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { openedForm, openingData } from '../../../../src/lab/data/initial-settings.ts';
import type { ReadingProgress, TableView } from '../../../../src/lab/protocol/messages.ts';
import { changeForm, type Form, startingForm, valueAt } from '../../../../src/lab/shared/form.ts';
import { cancelled } from '../../../../src/lab/shared/refusals.ts';
import { looksLikeTable } from '../../../../src/lab/ui/clipboard.ts';
import { prepareOpened } from '../../../../src/lab/worker/table/open-table.ts';
import { Reading } from '../../../../src/lab/worker/table/table-reader.ts';
import { likelyTargets, withTarget } from '../../../../src/lab/worker/table/target-choice.ts';
import { checkData } from '../../../../src/spec/check.ts';
import { withFirstData } from '../../../../src/spec/first-defaults.ts';
import { InputError } from '../../../../src/util/errors.ts';

const rate = 'trial.training.optimizer.learning_rate';

function view(target: string, data: object = {}): TableView {
  return {
    target,
    settings: checkData(withFirstData({ ...data, target })),
    sets: { train: 60, validation: 20, test: 20 },
  } as TableView;
}

describe('another table', () => {
  const suits = { model: { hidden: [8] }, data: withFirstData({ scaling: 'none' as const }), training: { epochs: 30 } };

  it('brings what suits it, and forgets what suited the one before', () => {
    const first = openedForm(suits, view('y', suits.data), startingForm(), startingForm());
    expect(first.kept).toEqual([]);
    expect(valueAt(first.form, 'trial.model.hidden')).toEqual([8]);
    const second = openedForm({}, view('z'), first.form, first.base);
    expect(second.kept).toEqual([]);
    expect(valueAt(second.form, 'trial.model.hidden')).toEqual([64, 64]);
    expect(valueAt(second.form, 'trial.training.epochs')).toBe(200);
    expect(openingData({}, first.form, first.base).scaling).toBe('standardize');
  });

  const other = { data: withFirstData({}) };

  it('keeps what a person has changed, over and over, but nothing that is wrong or names a column', () => {
    let { form, base } = openedForm(suits, view('y', suits.data), startingForm(), startingForm());
    const change = (next: Form, path: Parameters<typeof changeForm>[1], value: unknown) =>
      changeForm(next, path, value);
    form = change(form, rate, 0.02);
    form = change(form, 'trial.training.batch_size', -4);
    form = change(form, 'data.ignore', ['a']);
    form = change(form, 'data.impute', 'most_frequent');
    form = change(form, 'data.split.train', 0.5);
    for (let time = 0; time < 2; time += 1) {
      const data = openingData(other.data, form, base);
      expect(data).toMatchObject({ impute: 'most_frequent', ignore: [], split: { train: 0.5, validation: 0.2 } });
      const next = openedForm(other, { ...view('z'), settings: checkData({ ...data, target: 'z' }) }, form, base);
      expect(next.kept).toEqual([rate, 'data.impute', 'data.split.train']);
      expect(valueAt(next.form, rate)).toBe(0.02);
      expect(valueAt(next.form, 'trial.training.batch_size')).toBe(16);
      ({ form, base } = next);
    }
  });

  it('keeps another optimizer with its numbers, and a group that was switched on', () => {
    const opened = openedForm(suits, view('y', suits.data), startingForm(), startingForm());
    const sgd = changeForm(opened.form, 'trial.training.optimizer.kind', 'sgd');
    const form = changeForm(sgd, 'trial.training.optimizer.momentum', 0.9);
    const next = openedForm({}, view('z'), form, opened.base);
    expect(next.form.trial.training?.optimizer).toMatchObject({ kind: 'sgd', momentum: 0.9 });
    expect(next.form.problems.size).toBe(0);
  });
});

describe('the target', () => {
  it('is the column called so, else the last', async () => {
    const likely = async (text: string) => [...likelyTargets(await readCsv(text))];
    expect(await likely('a,b,c\n1,2,3\n4,5,7\n')).toEqual(['c', 'b', 'a']);
    expect(await likely('Class,b,c\n1,2,3\n4,5,7\n')).toEqual(['Class', 'c', 'b']);
  });

  it('is the last that can be one, where the last is a remark', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 1.5) % 11},"a remark of its own, number ${i}"`);
    const table = await readCsv(`a,b,remark\n${rows.join('\n')}\n`);
    const set = await withTarget(table, {}, (settings) => prepare(table, settings));
    expect(set.preprocessing.targets[0].column).toBe('b');
    const given = await withTarget(table, { target: 'a' }, (settings) => prepare(table, settings));
    expect(given.preprocessing.targets[0].column).toBe('a');
    await expect(withTarget(table, { target: 'c' }, (settings) => prepare(table, settings))).rejects.toThrow(
      InputError,
    );
  });

  it('that cannot be had is told of as for the likeliest', async () => {
    const table = await readCsv('a,b\n1,1\n1,1\n1,1\n');
    const refused = (target?: string) =>
      withTarget(table, target ? { target } : {}, (settings) => prepare(table, settings)).catch(
        (error: Error) => error.message,
      );
    expect(await refused()).toBe(await refused('b'));
    expect(await refused()).toMatch(/b/);
  });
});

describe('a table that is opened', () => {
  const text = `a,b,y\n${Array.from({ length: 30 }, (_, row) => `${row % 4},${row},${row * 2}`).join('\n')}`;

  it('is told of while it is prepared, further each time', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const table = await readCsv(text);
      const told: ReadingProgress[] = [];
      const prepared = await new Reading().prepare(
        table,
        (progress) => told.push(progress),
        async (watch) => {
          const progress = (...of: Parameters<NonNullable<typeof watch.progress>>) => {
            vi.advanceTimersByTime(150);
            watch.progress?.(...of);
          };
          return prepareOpened(table, { target: 'y' }, { ...watch, progress });
        },
      );
      expect(prepared.set).toEqual(prepare(table, { target: 'y' }));
      const shares = told.map(({ preparing }) => preparing ?? Number.NaN);
      expect(shares.length).toBeGreaterThan(4);
      expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
      expect(told.every(({ rows, preparing = -1 }) => rows === 30 && preparing >= 0 && preparing < 1)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is no longer prepared once it is cancelled, or another is read', async () => {
    const table = await readCsv(text);
    const other = { name: 'other.csv', text };
    for (const end of [(reading: Reading) => reading.cancel(), (reading: Reading) => void reading.read(other)]) {
      const reading = new Reading();
      let steps = 0;
      const preparing = reading.prepare(table, undefined, (watch) =>
        prepareOpened(
          table,
          { target: 'y' },
          {
            ...watch,
            progress() {
              steps += 1;
              if (steps === 2) end(reading);
            },
          },
        ),
      );
      await expect(preparing).rejects.toMatchObject({ name: 'InputError', where: cancelled });
      expect(steps).toBe(2);
    }
  });
});

describe('text on the clipboard', () => {
  it.each([
    ['a,b\n1,2', true],
    ['a\tb\r\n1\t2\r\n', true],
    ['\n\na;b\n\n1;2', true],
    ['[{"a": 1}, {"a": 2}]', true],
    ['{"a": 1}\n{"a": 2}', true],
    ['<table><tr><td>1</table>', true],
    ['[1] Smith et al.', false],
    ['a,b', false],
    ['Dear all,\nthe figures are late, as ever, this week', false],
    ['one\ntwo', false],
    ['', false],
  ])('%j: %s', (text, table) => {
    expect(looksLikeTable(text)).toBe(table);
  });
});
