/** Jobs are what this program has sent, and the same job has the same id. */
import { describe, expect, it } from 'vitest';
import { checkJob, type FitJobData, jobId, type SweepJobData } from '../../../src/queue/task.ts';

const ofSweep: SweepJobData = { kind: 'sweep', task: 'a'.repeat(64), trials: [0, 3], keys: 'b'.repeat(64) };
const ofStage: SweepJobData = { ...ofSweep, until: 9, losers: [{ rung: 3, configurations: [1, 4] }] };
const ofFit: FitJobData = { kind: 'fit', task: 'a'.repeat(64), pack: 7 };

describe('a job', () => {
  it.each([ofSweep, ofStage, ofFit, { ...ofFit, limit: 3 }])('is $kind, and known again', (job) => {
    expect(checkJob(job)).toEqual(job);
    expect(jobId(checkJob(structuredClone(job)))).toBe(jobId(job));
  });

  it('is another where anything in it is', () => {
    const { kind, task, pack } = ofFit;
    const others = [
      { ...ofFit, pack: 8 },
      { ...ofFit, limit: 3 },
      { ...ofSweep, trials: [0, 4] },
      { ...ofStage, until: 27 },
      { ...ofStage, losers: [{ rung: 3, configurations: [1] }] },
    ];
    expect(new Set([ofFit, ofSweep, ofStage, ...others].map(jobId)).size).toBe(8);
    expect(jobId({ pack, task, kind })).toBe(jobId(ofFit));
  });

  it.each([
    undefined,
    'train',
    {},
    { ...ofSweep, kind: 'other' },
    { ...ofSweep, kind: 'fit' },
    { ...ofSweep, trials: [] },
    { ...ofStage, until: 0 },
    { ...ofStage, losers: [{ rung: 0, configurations: [1] }] },
    { ...ofStage, losers: [{ rung: 3, configurations: [-1] }] },
    { ...ofSweep, trials: [-1] },
    { ...ofSweep, trials: [0.5] },
    { ...ofSweep, trials: Array.from({ length: 1025 }, (_, place) => place) },
    { ...ofSweep, task: '../table' },
    { ...ofSweep, keys: 3 },
    { ...ofFit, pack: -1 },
    { ...ofFit, pack: 0.5 },
    { ...ofFit, limit: 0 },
    { ...ofFit, task: 'a' },
  ])('is refused: %j', (data) => {
    expect(() => checkJob(data)).toThrow('The job is not one of this program');
  });
});
