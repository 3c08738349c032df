/** Texts of a column, and which level a text is. */
import { expect, test } from 'vitest';
import { asText, cellFinder } from '../../../../src/data/table/levels.ts';

test('a column of numbers has its numbers as levels, in the order of their first appearance, and none for a gap', () => {
  const column = { name: 'n', kind: 'number' as const, values: Float64Array.of(3, Number.NaN, 1.5, 3) };
  const { codes, levels } = asText(column);
  expect([...codes]).toEqual([1, 0, 2, 1]);
  expect(levels).toEqual(['3', '1.5']);
});

test('a column of texts is what it is', () => {
  const column = { name: 't', kind: 'text' as const, codes: Uint32Array.of(1), levels: ['a'] };
  expect(asText(column)).toBe(column);
});

test('a cell is found among levels by its spelling, or by its quantity without the unit', () => {
  const find = cellFinder(['5', 'Ten'], {});
  expect(['5', 'ten', '5 kg', 'six'].map(find)).toEqual([0, 1, 0, -1]);
});
