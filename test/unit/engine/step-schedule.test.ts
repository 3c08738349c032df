/** The step schedule of a mixed population: which trial steps in which population step, whatever their batches' sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStepSchedules, rowsInStep, stepAt, stepsInEpoch } from '../../../src/engine/step-schedule.ts';

describe('the step schedule', () => {
  const population = fc.integer({ min: 1, max: 300 }).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      batchSizes: fc.array(fc.integer({ min: 1, max: rows }), { minLength: 1, maxLength: 6 }),
    }),
  );

  it('gives every trial exactly its steps in every epoch, in order and one in a population step at most', () => {
    fc.assert(
      fc.property(population, ({ rows, batchSizes }) => {
        const stepSchedules = createStepSchedules(rows, batchSizes);
        const most = Math.max(...batchSizes.map((size) => stepsInEpoch(rows, size)));
        stepSchedules.forEach((stepSchedule, trial) => {
          expect(stepSchedule).toMatchObject({ populationSteps: most, steps: Math.ceil(rows / batchSizes[trial]) });
          for (let epoch = 0; epoch < 3; epoch++) {
            const populationSteps = Array.from({ length: most }, (_, populationStep) =>
              stepAt(stepSchedule, epoch * most + populationStep),
            );
            const steps = populationSteps.filter((step) => step !== undefined);
            expect(steps).toEqual(
              Array.from({ length: stepSchedule.steps }, (_, step) => epoch * stepSchedule.steps + step),
            );
            // All of the rows, in batches that are full but for the last.
            const sizes = steps.map((step) => rowsInStep(stepSchedule, step));
            expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rows);
            expect(sizes.slice(0, -1).every((size) => size === batchSizes[trial])).toBe(true);
            expect(sizes.at(-1)).toBeGreaterThan(0);
            // Evenly spread, and the last with the end of the epoch.
            expect(populationSteps.at(-1)).toBeDefined();
            populationSteps.forEach((_, populationStep) => {
              const taken = populationSteps.slice(0, populationStep + 1).filter((step) => step !== undefined).length;
              expect(Math.abs(taken - ((populationStep + 1) * stepSchedule.steps) / most)).toBeLessThan(1);
            });
          }
        });
      }),
      { seed: 10, numRuns: 200 },
    );
  });
});
