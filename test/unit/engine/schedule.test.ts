/** Learning-rate schedules, at steps where the answer is known. */
import { describe, expect, it } from 'vitest';
import { scheduleFactor, scheduleNumbers } from '../../../src/engine/schedule.ts';
import { checkTrial } from '../../../src/spec/check.ts';

/** The factor at the start of each of these epochs, of 10 steps, in a run of 100 epochs. */
function factors(schedule: object, epochs: number[]): number[] {
  const { training } = checkTrial({ training: { schedule, epochs: 100 } });
  const numbers = scheduleNumbers(training.schedule, training.epochs, 10);
  return epochs.map((epoch) => scheduleFactor(numbers, Math.round(10 * epoch)));
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
    [{ kind: 'step', every: 1, factor: 0.5, warmup: 2 }, [1, 2, 3, 4], [0.55, 1, 0.5, 0.25]],
    [{ kind: 'linear', final: 0.2, warmup: 20 }, [19.9, 20, 60, 100], [1, 1, 0.6, 0.2]],
    [{ kind: 'cosine', warmup: 50 }, [50, 75, 100], [1, 0.5, 0]],
    [{ kind: 'reduce_on_plateau', warmup: 1 }, [0, 0.4, 1, 50], [0.1, 0.5, 1, 1]],
    [{ kind: 'flat_cosine' }, [0, 50, 75, 100, 120], [1, 1, 0.5, 0, 0]],
    [{ kind: 'flat_cosine', warmup: 20, flat: 0.25, final: 0.2 }, [19.9, 20, 40, 70, 100], [1, 1, 1, 0.6, 0.2]],
    [{ kind: 'flat_cosine', flat: 0 }, [0, 50, 100], [1, 0.5, 0]],
  ])('%j', (schedule, epochs, expected) => {
    expect(factors(schedule, epochs)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });
});

/**
 * The factors of torch.optim.lr_scheduler, by the recursions that its documentation states for each scheduler and that its
 * `get_lr` steps by, from the last rate to the next: SequentialLR([LinearLR(start_factor=1 / W, total_iters=W - 1), X],
 * milestones=[W]), stepped after every step of training.
 */
function torchRates(warmup: number, next: (rate: number, t: number) => number, steps: number): number[] {
  const start = 1 / warmup;
  const total = warmup - 1;
  const rates = [warmup > 0 ? start : 1];
  for (let step = 1; step < steps; step++) {
    const last = rates[step - 1];
    if (step < warmup) rates.push(last * (1 + (1 - start) / (total * start + (step - 1) * (1 - start))));
    // At the milestone the next scheduler begins, from the rate of the optimizer.
    else if (step === warmup) rates.push(1);
    else rates.push(next(last, step - warmup));
  }
  return rates;
}

it('coslog4 has four cycles, each twice as long as the one before', () => {
  const { training } = checkTrial({ training: { schedule: { kind: 'coslog4' }, epochs: 15 } });
  const numbers = scheduleNumbers(training.schedule, 15, 1);
  // A cycle begins where 1 + 15 t is a power of two, and peaks half an octave later.
  expect([0, 1, 3, 7, 15, 20].map((step) => scheduleFactor(numbers, step))).toEqual(
    Array(6).fill(expect.closeTo(0, 12)),
  );
  const peaks = [1, 2, 4, 8].map((start) => Math.SQRT2 * start - 1);
  expect(peaks.map((step) => scheduleFactor(numbers, step))).toEqual(Array(4).fill(expect.closeTo(1, 12)));
  // LambdaLR(lambda t: 0.5 * (1 - cos(2 * pi * log2(1 + 15 * t / 15)))) of PyTorch, written down.
  expect([2, 4, 10].map((step) => scheduleFactor(numbers, step))).toEqual([
    expect.closeTo(0.930430970431, 10),
    expect.closeTo(0.718354688462, 10),
    expect.closeTo(0.983844426923, 10),
  ]);
});

describe('warm-up, then a schedule, as SequentialLR of PyTorch', () => {
  const [epochs, perEpoch] = [10, 7];
  const steps = epochs * perEpoch;
  const kinds = (warmup: number): [object, (rate: number, t: number) => number][] => {
    const left = steps - warmup;
    const flat = Math.round(0.3 * left);
    // CosineAnnealingLR, with the share 0.1 left after its steps.
    const cosine = (rate: number, t: number, length: number) =>
      ((1 + Math.cos((Math.PI * t) / length)) / (1 + Math.cos((Math.PI * (t - 1)) / length))) * (rate - 0.1) + 0.1;
    return [
      [{ kind: 'constant' }, (rate) => rate],
      [{ kind: 'step', every: 2, factor: 0.3 }, (rate, t) => (t % (2 * perEpoch) === 0 ? rate * 0.3 : rate)],
      [{ kind: 'exponential', factor: 0.8 }, (rate, t) => (t % perEpoch === 0 ? rate * 0.8 : rate)],
      [{ kind: 'cosine', final: 0.1 }, (rate, t) => cosine(rate, t, left)],
      // ConstantLR(factor=1) for the flat steps, then CosineAnnealingLR.
      [
        { kind: 'flat_cosine', flat: 0.3, final: 0.1 },
        (rate, t) => (t <= flat ? rate : cosine(rate, t - flat, left - flat)),
      ],
      [{ kind: 'linear', final: 0.25 }, (rate, t) => rate * (1 - 0.75 / (left + (t - 1) * (0.25 - 1)))],
      [{ kind: 'reduce_on_plateau' }, (rate) => rate],
    ];
  };

  it.each([0, 1, 3, 2.5, 9])('%i epochs of warm-up', (warmup) => {
    const inSteps = Math.round(warmup * perEpoch);
    for (const [settings, next] of kinds(inSteps)) {
      const { training } = checkTrial({ training: { epochs, schedule: { ...settings, warmup } } });
      const numbers = scheduleNumbers(training.schedule, epochs, perEpoch);
      const ours = Array.from({ length: steps }, (_, step) => scheduleFactor(numbers, step));
      const torch = torchRates(inSteps, next, steps);
      expect(ours, JSON.stringify(settings)).toEqual(torch.map((rate) => expect.closeTo(rate, 10)));
      // Not a digit above or below the learning rate itself.
      expect(Math.max(...ours)).toBe(1);
      if (inSteps > 0) expect(ours.slice(inSteps - 1, inSteps + 1)).toEqual([1, 1]);
    }
  });

  it('for 3 of 10 epochs, the rates written down: the peak was 0.795 of the learning rate', () => {
    const { training } = checkTrial({ training: { epochs, schedule: { kind: 'cosine', warmup: 3 } } });
    const numbers = scheduleNumbers(training.schedule, epochs, 1);
    const ours = Array.from({ length: epochs }, (_, step) => scheduleFactor(numbers, step));
    const written = [1 / 3, 2 / 3, 1, 1, 0.950484, 0.811745, 0.61126, 0.38874, 0.188255, 0.049516];
    expect(ours).toEqual(written.map((rate) => expect.closeTo(rate, 6)));
  });
});
