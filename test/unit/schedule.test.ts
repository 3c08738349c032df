/** Learning-rate schedules, at steps where the answer is known. */
import { describe, expect, it } from 'vitest';
import { scheduleFactor, scheduleNumbers } from '../../src/engine/schedule.ts';
import { checkTrial } from '../../src/spec/check.ts';

/** The factor at the start of each of these epochs, of 10 steps, in a run of 100 epochs. */
function factors(schedule: object, epochs: number[]): number[] {
  const { training } = checkTrial({ training: { schedule, epochs: 100 } });
  const numbers = scheduleNumbers(training.schedule, training.epochs);
  return epochs.map((epoch) => scheduleFactor(numbers, Math.round(10 * epoch), 10));
}

describe('a schedule', () => {
  it.each([
    [{ kind: 'constant' }, [0, 50], [1, 1]],
    [{ kind: 'step', every: 30, factor: 0.1 }, [0, 29.9, 30, 60], [1, 1, 0.1, 0.01]],
    [{ kind: 'exponential', factor: 0.5 }, [0, 0.9, 1, 3], [1, 1, 0.5, 0.125]],
    [{ kind: 'cosine' }, [0, 50, 100], [1, 0.5, 0]],
    [{ kind: 'cosine', final: 0.2 }, [0, 50, 100, 120], [1, 0.6, 0.2, 0.2]],
    [{ kind: 'linear', final: 0.5 }, [0, 50, 100, 200], [1, 0.75, 0.5, 0.5]],
    [{ kind: 'constant', warmup: 2 }, [0, 1, 1.9, 2], [0.05, 0.55, 1, 1]],
    [{ kind: 'step', every: 1, factor: 0.5, warmup: 2 }, [1, 3], [0.275, 0.125]],
  ])('%j', (schedule, epochs, expected) => {
    expect(factors(schedule, epochs)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });
});
