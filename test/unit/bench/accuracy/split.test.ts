/** Held-out rows are drawn the same way each time, and nothing shows their target. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownTables } from '../../../../bench/accuracy/own-tables.ts';
import { seededSplits, splitCells } from '../../../../bench/accuracy/split.ts';
import { columnOf, parseCells, textOfCells } from '../../../../bench/accuracy/tables.ts';

describe('splits', () => {
  it('are drawn without replacement, the same for the same seed', () => {
    const draw = { share: 0.3, count: 3, seed: 1 };
    const splits = seededSplits(50, draw);
    expect(splits.map((rows) => new Set(rows).size)).toEqual([15, 15, 15]);
    expect(splits.flat().every((row) => row >= 0 && row < 50)).toBe(true);
    expect(seededSplits(50, draw)).toEqual(splits);
    expect(new Set([...splits, ...seededSplits(50, { ...draw, seed: 2 })].map(String)).size).toBe(6);
  });

  const cells = {
    names: ['x', 'target', 'y'],
    rows: Array.from({ length: 6 }, (_, i) => [`x${i}`, `answer${i}`, `y${i}`]),
  };

  it('hide the target of the test rows and those rows from training', () => {
    const { train, test, truth } = splitCells(cells, 'target', [4, 1]);
    expect(test).toEqual({
      names: ['x', 'y'],
      rows: [
        ['x1', 'y1'],
        ['x4', 'y4'],
      ],
    });
    expect(truth).toEqual(['answer1', 'answer4']);
    expect(columnOf(train, 'target')).toEqual(['answer0', 'answer2', 'answer3', 'answer5']);
    expect(textOfCells(test)).not.toContain('answer');
    expect(textOfCells(train)).not.toMatch(/[xy][14]/);
  });

  it('are of rows that the table has', () => {
    expect(() => splitCells(cells, 'target', [1, 6])).toThrow('test row 6 of a table of 6 rows');
  });
});

describe('cells', () => {
  it('come back from their text', () => {
    const odd = {
      names: ['a, b', 'c'],
      rows: [
        ['say "hi"', ''],
        ['two\nlines', ' 1'],
      ],
    };
    expect(parseCells(textOfCells(odd))).toEqual(odd);
  });
});

describe("the project's own tables", () => {
  const tables = ownTables(join(import.meta.dirname, '..', '..', '..', '..'));

  it('have a target, a source and rows on both sides of every split', () => {
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['spirals', 'penguins', 'digits', 'friedman1', 'friedman2', 'friedman3', 'buyers']),
    );
    for (const { name, source, target, splits, read } of tables) {
      expect(source, name).not.toBe('');
      for (const rows of splits) {
        const { train, truth } = splitCells(read(), target, rows);
        expect(
          [truth.length, train.rows.length].every((count) => count > 50),
          name,
        ).toBe(true);
      }
    }
  });

  it('predict the last days from those before', () => {
    const weather = tables.find(({ name }) => name === 'seattle-weather')!;
    const { train, test } = splitCells(weather.read(), weather.target, weather.splits[0]);
    const last = columnOf(train, 'date').sort().at(-1) as string;
    expect(columnOf(test, 'date').every((day) => day > last)).toBe(true);
  });
});
