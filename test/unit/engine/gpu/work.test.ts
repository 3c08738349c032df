/** How much a device is given at once, counted: no adapter is to be kept busy for more than a tenth of a second. */
import { describe, expect, it } from 'vitest';
import { cutRows } from '../../../../src/engine/gpu/evaluate/batched-forward.ts';
import { forwardWork, mostWork } from '../../../../src/engine/gpu/work.ts';
import { makePopulation, tiny } from '../../../parity/support/cases.ts';

/** Multiply-adds in a tenth of a second: of one core of SwiftShader, of the slowest GPUs. */
const tenth = { software: 7e7, gpu: 2.2e9 };

describe.each(['software', 'gpu'] as const)('a million rows, %s', (kind) => {
  const engine = { software: kind === 'software' };
  it.each([
    { hidden: [4], trials: 1 },
    { hidden: [64, 64], trials: 1 },
    { hidden: [64, 64], trials: 1000 },
    { hidden: [1024, 1024], trials: 1 },
    { hidden: [2000, 16, 2000], trials: 30 },
  ])('of hidden layers $hidden in $trials trials are evaluated and predicted a little at a time', (shape) => {
    const settings = makePopulation({ ...tiny, columns: 20, ...shape });
    const { largest, all } = forwardWork(settings);
    expect(mostWork(engine)).toBeLessThanOrEqual(tenth[kind]);
    for (const source of [{ listed: new Uint32Array(1e6) }, { given: 1e6 }]) {
      const { rows, count, perSubmit } = cutRows(engine, settings, source);
      expect(rows * count).toBeGreaterThanOrEqual(1e6);
      // 64 rows are the fewest.
      expect(rows * largest).toBeLessThanOrEqual(Math.max(tenth[kind], 64 * largest));
      expect(perSubmit * rows * all).toBeLessThanOrEqual(Math.max(tenth[kind], rows * all));
    }
  });
});
