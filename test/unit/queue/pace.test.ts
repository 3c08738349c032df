import { expect, it } from 'vitest';
import { createPace } from '../../../src/queue/pace.ts';

it('counts what has ended in the last minute', () => {
  let now = 0;
  const pace = createPace(() => now);
  now = 10;
  pace.ended(4);
  pace.ended(6);
  expect([pace.jobs(), pace.trials()]).toEqual([0.2, 1]);
  now = 65;
  pace.ended(20);
  expect([pace.jobs(), pace.trials()]).toEqual([3 / 60, 30 / 60]);
  now = 71;
  expect(pace.trials()).toBe(20 / 60);
});
