import { afterEach, describe, expect, it, vi } from 'vitest';
import { runTimeSlices, type TimeSlicer } from '../../../../src/engine/gpu/plan/time-slice.ts';
import { unhandledDuring } from '../../../support/unhandled.ts';

describe('time slices', () => {
  it('reject with the first failure, whichever submit fails first', async () => {
    // A lost device rejects what is submitted after at once, and what was in flight a moment later.
    let fail: (error: Error) => void = () => {};
    const first = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const submits = [() => first, () => Promise.reject(new Error('the second'))];
    let submit = 0;
    const unhandled = await unhandledDuring(async () => {
      const training = runTimeSlices({ target_ms: 50, step_ms: 0, first: 1 }, 10, 1, () => submits[submit++]());
      await new Promise(setImmediate);
      fail(new Error('the first'));
      await expect(training).rejects.toThrow('the first');
    });
    expect(unhandled).toEqual([]);
    expect(submit).toBe(2);
  });
});

/** What an operating system's watchdog, and a person who waits, are far from. */
const longest = 100;
const slower = 10;

/** A device that does one submit after the other, on a clock of its own. */
class SimulatedDevice {
  now = 0;
  readonly slices: { steps: number; begun: number; took: number; submitted: number }[] = [];
  readonly #stepMs: (now: number) => number;
  readonly #waiting: { end: number; resolve: () => void }[] = [];
  #free = 0;

  /** @param stepMs what a step takes that begins then */
  constructor(stepMs: (now: number) => number) {
    this.#stepMs = stepMs;
    vi.spyOn(performance, 'now').mockImplementation(() => this.now);
  }

  readonly submit = (steps: number): Promise<void> => {
    const begun = Math.max(this.now, this.#free);
    const took = steps * this.#stepMs(begun);
    this.#free = begun + took;
    this.slices.push({ steps, begun, took, submitted: this.now });
    return new Promise((resolve) => {
      this.#waiting.push({ end: this.#free, resolve });
    });
  };

  async run(slicer: TimeSlicer, steps: number): Promise<void> {
    let running = true;
    const done = runTimeSlices(slicer, steps, 8192, this.submit).finally(() => {
      running = false;
    });
    while (running) {
      const next = this.#waiting.shift();
      if (next) this.now = next.end;
      next?.resolve();
      await new Promise(setImmediate);
    }
    await done;
  }
}

describe('a machine', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([12, 50, 75])('that is steady has slices of %d ms, and none that is too long', async (target_ms) => {
    for (const stepMs of [0.003, 0.2, 3, 11]) {
      const device = new SimulatedDevice(() => stepMs);
      await device.run({ target_ms, step_ms: 0, first: 1 }, 2000 / stepMs);
      expect(Math.max(...device.slices.map(({ took }) => took))).toBeLessThanOrEqual(Math.max(target_ms, stepMs));
      // Few to begin with, until the length is known.
      const middle = device.slices[device.slices.length >> 1];
      expect(middle.took).toBeGreaterThan(Math.min(0.5 * target_ms, 0.9 * 8192 * stepMs));
    }
  });

  it.each([12, 50, 75])('that slows down ten-fold has slices of %d ms again after two', async (target_ms) => {
    const slowsAt = 1000;
    const device = new SimulatedDevice((now) => (now < slowsAt ? 0.5 : 0.5 * slower));
    await device.run({ target_ms, step_ms: 0, first: 1 }, 4000);
    const after = device.slices.filter(({ begun }) => begun >= slowsAt).map(({ took }) => took);
    expect(after.length).toBeGreaterThan(10);
    // Those that were on their way.
    expect(after.slice(0, 2).every((took) => took <= slower * target_ms)).toBe(true);
    expect(Math.max(...after.slice(2))).toBeLessThanOrEqual(longest);
  });

  it('that is quick again has long slices soon', async () => {
    const device = new SimulatedDevice((now) => (now < 1000 ? 5 : 0.5));
    await device.run({ target_ms: 50, step_ms: 0, first: 1 }, 4000);
    const after = device.slices.filter(({ begun }) => begun >= 1000).map(({ took }) => took);
    expect(after[8]).toBeGreaterThan(40);
  });
});
