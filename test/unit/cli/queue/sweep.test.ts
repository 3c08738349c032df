/** What is said of a sweep that others have trained, and that is found whole in its folder. */
import { expect, it } from 'vitest';
import { withElsewhere } from '../../../../src/cli/queue/sweep.ts';
import type { RanOn, SweepResult } from '../../../../src/sweep/results/types.ts';

const by = (machine: string, engine: RanOn['engine']): RanOn => ({ machine, engine, adapter: 'its own' });
const found = (...places: (RanOn | undefined)[]) =>
  ({
    trials: places.map((ran_on) => ({ ran_on })),
    resumed: places.length,
    seconds: 1,
    notices: [],
  }) as unknown as SweepResult;
const said = (result: SweepResult) => result.notices.map(({ text }) => text);

it('has gone on with what was there before, and took the time on the queue too', () => {
  const result = withElsewhere(found(undefined, by('b', 'cpu'), by('a', 'cpu')), { before: 1, seconds: 20 });
  expect(result).toMatchObject({ resumed: 1, seconds: 21 });
  expect(said(result)).toEqual(['2 trials of the queue, trained on a, b.']);
});

it('names engines that differ', () => {
  const result = withElsewhere(found(by('a', 'cpu'), by('b', 'webgpu')), { before: 0, seconds: 1 });
  expect(said(result)[1]).toMatch(/^The trials ran on cpu \(its own\), webgpu \(its own\): /);
});

it('has no trials of the queue where all were there before', () => {
  expect(said(withElsewhere(found(by('a', 'cpu')), { before: 1, seconds: 1 }))).toEqual([]);
});
