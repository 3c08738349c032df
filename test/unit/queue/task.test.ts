/** Jobs are what this program has sent, and the same job has the same id. */
import { expect, it } from 'vitest';
import { checkJob, jobId, type SweepJobData } from '../../../src/queue/task.ts';

const job: SweepJobData = { kind: 'sweep', task: 'a'.repeat(64), trials: [0, 3], keys: 'b'.repeat(64) };

it('takes a job', () => {
  expect(checkJob(job)).toEqual(job);
  expect(jobId(checkJob(structuredClone(job)))).toBe(jobId(job));
  expect(jobId({ ...job, trials: [0, 4] })).not.toBe(jobId(job));
});

it.each([
  undefined,
  'train',
  {},
  { ...job, kind: 'other' },
  { ...job, trials: [] },
  { ...job, trials: [-1] },
  { ...job, trials: [0.5] },
  { ...job, trials: Array.from({ length: 1025 }, (_, place) => place) },
  { ...job, task: '../table' },
  { ...job, keys: 3 },
])('refuses %j', (data) => {
  expect(() => checkJob(data)).toThrow('The job is not one of this program');
});
