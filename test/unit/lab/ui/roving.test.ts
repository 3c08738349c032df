import { expect, test } from 'vitest';
import { nextPlace } from '../../../../src/lab/ui/roving.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent => ({ key, ...more }) as KeyboardEvent;

test('arrows wrap round, and Home and End go to the ends', () => {
  expect(nextPlace(press('ArrowRight'), 4, 5)).toBe(0);
  expect(nextPlace(press('ArrowLeft'), 0, 5)).toBe(4);
  expect(nextPlace(press('Home'), 3, 5)).toBe(0);
  expect(nextPlace(press('End'), 3, 5)).toBe(4);
});

test('rows end at the first and the last, and there are none without columns', () => {
  expect(nextPlace(press('ArrowDown'), 1, 11, 6)).toBe(7);
  expect(nextPlace(press('ArrowUp'), 7, 11, 6)).toBe(1);
  expect(nextPlace(press('ArrowDown'), 5, 11, 6)).toBeUndefined();
  expect(nextPlace(press('ArrowUp'), 5, 11, 6)).toBeUndefined();
  expect(nextPlace(press('ArrowDown'), 1, 11)).toBeUndefined();
});

test('other keys, and those with a modifier, are left to the browser', () => {
  expect(nextPlace(press('Tab'), 0, 5)).toBeUndefined();
  expect(nextPlace(press('ArrowRight', { altKey: true }), 0, 5)).toBeUndefined();
});
