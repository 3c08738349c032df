import { expect, test } from 'vitest';
import { LatestOnly } from '../../../../src/lab/ui/latest-only.ts';

test('one thing is done at a time, and then only the newest of what came up meanwhile', async () => {
  const newest = new LatestOnly();
  const done: number[] = [];
  const waiting: (() => void)[] = [];
  const ask = (number: number) =>
    newest.ask(async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      done.push(number);
    });
  for (const number of [1, 2, 3]) ask(number);
  expect(waiting).toHaveLength(1);
  while (waiting.length > 0) {
    waiting.shift()?.();
    await new Promise(setImmediate);
  }
  expect(done).toEqual([1, 3]);
  ask(4);
  expect(waiting).toHaveLength(1);
});
