import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFor, widthsFor } from '../../../src/fit/plan.ts';
import { packSettings } from '../../../src/fit/space.ts';
import { checkFit, checkTrial } from '../../../src/spec/check.ts';
import { batchFor } from '../../../src/spec/defaults.ts';

const usual = { rows: 1000, ordered: false, seconds: 60, secondsPerEpoch: 0.01 };

describe('the plan of a fit', () => {
  it('holds every row out in turn where there is time', () => {
    expect(planFor(usual)).toMatchObject({ folds: 5, max_rows: 1000, max_width: 128, trials: 4, epochs: 200 });
    expect(planFor({ ...usual, secondsPerEpoch: 0.05 }).folds).toBe(3);
  });

  it('holds the same rows out where there is not, or rows have an order', () => {
    expect(planFor({ ...usual, secondsPerEpoch: 0.5 })).toMatchObject({ folds: 1, held_out: 0.2, trials: 2 });
    expect(planFor({ ...usual, ordered: true }).folds).toBe(1);
  });

  it('takes some of a million rows where all of them would take too long', () => {
    const { max_rows, held_out, max_width } = planFor({ rows: 1e6, ordered: false, seconds: 1, secondsPerEpoch: 40 });
    expect(max_rows).toBe(1250);
    expect(held_out).toBe(0.02);
    expect(max_width).toBe(128);
  });

  it('is one that settings accept, whatever it is made for', () => {
    const time = fc.double({ min: 1e-6, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 1e9 }),
        fc.boolean(),
        time,
        time,
        (rows, ordered, seconds, secondsPerEpoch) => {
          const plan = planFor({ rows, ordered, seconds, secondsPerEpoch });
          expect(checkFit({ plan }).plan).toEqual(plan);
        },
      ),
    );
  });
});

describe('what is drawn', () => {
  const { plan = planFor(usual) } = checkFit({});

  it('is the linear model first, then settings that are checked and differ', () => {
    const packs = Array.from({ length: 30 }, (_, pack) => packSettings(pack, { plan, seed: 3, rows: 1000 }));
    expect(packs[0].trials.every(({ model }) => model?.hidden?.length === 0)).toBe(true);
    const trials = packs.flatMap((pack) => pack.trials.map(checkTrial));
    expect(new Set(trials.map(({ training }) => training.seed)).size).toBe(1 + trials.length - packs[0].trials.length);
    for (const { model } of trials.slice(3)) for (const width of model.hidden) expect(widthsFor(1000)).toContain(width);
    for (const { training } of trials) expect([batchFor(1000), 2 * batchFor(1000)]).toContain(training.batch_size);
  });

  it('depends on the seed and on nothing else', () => {
    const draw = (seed: number) => packSettings(7, { plan, seed, rows: 1000 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
