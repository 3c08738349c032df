/** Classes written in several ways: put together where that is safe, named, and known to the model. */
import { describe, expect, it } from 'vitest';
import { readLabels } from '../../../../src/data/prepare/labels.ts';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { levelFinder, mergeSpellings } from '../../../../src/data/table/spellings.ts';
import type { Table, TextColumn } from '../../../../src/data/table/table.ts';
import { typedTable } from '../../../../src/data/table/typed.ts';
import { columnOf, range, repeat, tableOf } from '../../../support/data/tables.ts';

const merged = (cells: string[]) => mergeSpellings(columnOf(cells) as TextColumn);
const textsOf = ({ notices }: { notices: { text: string }[] }) => notices.map(({ text }) => text);

describe('mergeSpellings', () => {
  it.each([
    ['case', ['Yes', 'yes', 'YES', 'Yes'], ['Yes']],
    ['blanks within', ['New York', 'New  York', 'New\u00a0York', 'New York'], ['New York']],
    ['full width', ['Ａ', 'A', 'A'], ['A']],
    ['Hangul in parts', ['한국'.normalize('NFD'), '한국', '한국'], ['한국']],
    ['yes and no in a letter', ['y', 'Y', 'y'], ['y']],
    ['the most frequent', ['red', 'RED', 'RED'], ['RED']],
    ['a letter that hardly occurs otherwise', [...(repeat(['M'], 18) as string[]), 'm'], ['M']],
  ])('puts together what differs by %s', (_, cells, levels) => {
    const found = merged([...cells, 'other']);
    expect(found?.column.levels.toSorted()).toEqual([...levels, 'other'].toSorted());
    expect([...new Set(found?.column.codes.subarray(0, cells.length))]).toHaveLength(1);
    expect(found?.groups.map(({ apart }) => apart)).toEqual([false]);
  });

  it('keeps apart what may mean two things, and names it', () => {
    const found = merged(['Co', 'CO', 'CO', 'Co', 'N']);
    expect(found?.column.levels).toEqual(['Co', 'CO', 'N']);
    expect(found?.groups).toEqual([
      {
        apart: true,
        spellings: [
          { text: 'Co', rows: 2 },
          { text: 'CO', rows: 2 },
        ],
      },
    ]);
  });

  it('has nothing to do where all classes differ', () => {
    expect(merged(['red', 'green', 'blue'])).toBeUndefined();
  });

  it('keeps missing cells missing', () => {
    const column = columnOf(['Yes', null, 'yes', 'No']) as TextColumn;
    expect([...mergeSpellings(column)!.column.codes]).toEqual([1, 0, 1, 2]);
  });
});

describe('levelFinder', () => {
  it('prefers the very text, then what differs by width and blanks, then by case', () => {
    const find = levelFinder(['Co', 'CO', 'New York']);
    expect(['CO', 'ＣＯ', 'co', 'new  york', 'x'].map(find)).toEqual([1, 1, -1, 2, -1]);
  });
});

const cells = {
  answer: repeat(['Yes', 'yes', 'YES', 'No', 'no', 'Yes'], 10),
  city: repeat(['Seoul', 'SEOUL', 'Busan', 'Ｂusan', 'Jeju'], 12),
  x: range(60).map((row) => Math.sin(row)),
};

describe('classes', () => {
  const table = tableOf(cells);
  const data = prepare(table, { target: 'answer' });

  it('are one each, and their spellings are named with their rows', () => {
    expect(data.preprocessing.targets).toEqual([{ column: 'answer', kind: 'classes', classes: ['No', 'Yes'] }]);
    expect(data.preprocessing.features).toMatchObject([
      { column: 'city', levels: ['Busan', 'Seoul', 'Jeju'] },
      { column: 'x' },
    ]);
    expect(textsOf(data)).toEqual([
      'Column "answer": "Yes" in 20 rows, "yes" in 10 rows, "YES" in 10 rows are taken as one class, "Yes"; merge_spellings false keeps them apart.',
      'Column "answer": "No" in 10 rows, "no" in 10 rows are taken as one class, "No"; merge_spellings false keeps them apart.',
      'Column "city": "Seoul" in 12 rows, "SEOUL" in 12 rows are taken as one class, "Seoul"; merge_spellings false keeps them apart.',
      'Column "city": "Busan" in 12 rows, "Ｂusan" in 12 rows are taken as one class, "Busan"; merge_spellings false keeps them apart.',
    ]);
    expect(table.columns[0]).toEqual(columnOf(cells.answer, 'answer'));
  });

  it('are known to the model in every spelling', () => {
    const rows = (answer: string, city: string): Table => tableOf({ answer: [answer], city: [city], x: [0] });
    const known = applyFeatures(data.preprocessing, rows('No', 'Seoul'));
    expect(known.findings.notices).toEqual([]);
    for (const city of ['seoul', 'SEOUL', 'sEoul', 'Ｓeoul']) {
      expect(applyFeatures(data.preprocessing, rows('No', city))).toEqual(known);
    }
    const answers = ['Yes', 'yes', 'yEs'].map(
      (answer) => readLabels(data.preprocessing, rows(answer, 'Jeju')).targets[0],
    );
    expect(answers).toEqual([1, 1, 1]);
  });

  it('are kept apart where the settings say so', () => {
    const { preprocessing, notices } = prepare(table, { target: 'answer', merge_spellings: false });
    expect(preprocessing.targets).toMatchObject([{ classes: ['No', 'YES', 'Yes', 'no', 'yes'] }]);
    expect(notices).toEqual([]);
  });

  it('make yes and no of what is written in several ways', () => {
    const { types } = typedTable(tableOf(cells), {});
    expect(types.get('answer')?.type).toBe('boolean');
    expect(typedTable(tableOf(cells), { types: { answer: 'boolean' } }).types.get('answer')?.type).toBe('boolean');
  });

  it('are not looked for in names', () => {
    const names = range(60).map((row) => `name${row}`);
    const { table: typed } = typedTable(tableOf({ name: [...names, 'NAME1'] }), {});
    expect((typed.columns[0] as TextColumn).levels).toHaveLength(61);
  });
});
