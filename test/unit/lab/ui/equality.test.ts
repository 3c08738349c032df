import { expect, test } from 'vitest';
import { contentsChanged, itemsChanged, sameMembers } from '../../../../src/lab/ui/equality.ts';

test('lists with the same items have not changed, however often they are put together', () => {
  expect(itemsChanged([1, 'a'], [1, 'a'])).toBe(false);
  expect(itemsChanged([1, 'a'], [1, 'b'])).toBe(true);
  expect(itemsChanged([1], [1, 2])).toBe(true);
  expect(itemsChanged([], undefined)).toBe(true);
  expect(itemsChanged(undefined, undefined)).toBe(false);
  expect(contentsChanged({ epochs: 3, scores: { rmse: 1 } }, { epochs: 3, scores: { rmse: 1 } })).toBe(false);
  expect(contentsChanged({ epochs: 3 }, { epochs: 4 })).toBe(true);
});

test('sets and maps are the same where their members are', () => {
  expect(sameMembers(new Set(['a', 'b']), new Set(['a', 'b']))).toBe(true);
  expect(sameMembers(new Set(['a', 'b']), new Set(['a']))).toBe(false);
  expect(sameMembers(new Map([['a', 1]]), new Map([['a', 1]]))).toBe(true);
  expect(sameMembers(new Map([['a', 1]]), new Map([['a', 2]]))).toBe(false);
});
