import { expect, test } from 'vitest';
import { contentsChanged, itemsChanged, keptMap, keptSet } from '../../../../src/lab/ui/equality.ts';

test('lists with the same items have not changed, however often they are put together', () => {
  expect(itemsChanged([1, 'a'], [1, 'a'])).toBe(false);
  expect(itemsChanged([1, 'a'], [1, 'b'])).toBe(true);
  expect(itemsChanged([1], [1, 2])).toBe(true);
  expect(itemsChanged([], undefined)).toBe(true);
  expect(itemsChanged(undefined, undefined)).toBe(false);
  expect(contentsChanged({ epochs: 3, scores: { rmse: 1 } }, { epochs: 3, scores: { rmse: 1 } })).toBe(false);
  expect(contentsChanged({ epochs: 3 }, { epochs: 4 })).toBe(true);
});

test('a set or a map stays the object that it was until something of it changes', () => {
  const set = new Set(['a', 'b']);
  expect(keptSet(set, new Set(['a', 'b']))).toBe(set);
  expect(keptSet(set, new Set(['a']))).toEqual(new Set(['a']));
  const map = new Map([['a', 1]]);
  expect(keptMap(map, new Map([['a', 1]]))).toBe(map);
  expect(keptMap(map, new Map([['a', 2]]))).toEqual(new Map([['a', 2]]));
});
