/** What a queue costs so many workers: nothing while it keeps up, and all that is beyond what it can do. */
import { expect, it } from 'vitest';
import { shareOfIdeal } from '../../../bench/queue/many-workers.ts';

it('is the ideal speed where jobs are long', () => {
  expect(shareOfIdeal(100, 10, { server: 0.0005, submitter: 0.001 })).toBeGreaterThan(0.999);
});

it('is what the slower of server and submitter can do where jobs are short', () => {
  // A thousand workers would end 10,000 jobs a second, of which one can be taken up in a millisecond.
  const share = shareOfIdeal(1000, 0.1, { server: 0.0005, submitter: 0.001 });
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.12);
});
