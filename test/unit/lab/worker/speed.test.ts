/** The stopwatch of a run: what a machine sleeps is no time of training, though its clock goes on. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Speed } from '../../../../src/lab/worker/speed.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const pass = (seconds: number) => vi.advanceTimersByTime(1000 * seconds);

test('counts what passes between steps, without pauses', () => {
  const speed = new Speed(5);
  speed.start();
  for (let step = 1; step <= 200; step++) {
    pass(1);
    speed.add(step);
  }
  speed.stop();
  pass(50);
  expect(speed.seconds).toBeCloseTo(205);
  expect(speed.rate).toBeCloseTo(1);
  speed.start();
  pass(2);
  expect(speed.seconds).toBeCloseTo(207);
});

test('of a day asleep it counts a minute, and goes on from there', () => {
  const speed = new Speed();
  speed.start();
  pass(10);
  speed.add(100);
  pass(24 * 3600);
  expect(speed.seconds).toBe(70);
  for (const steps of [101, 201, 301]) {
    speed.add(steps);
    pass(1);
  }
  expect(speed.seconds).toBe(73);
  expect(speed.rate).toBe(100);
});
