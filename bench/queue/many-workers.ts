/**
 * More workers than there are machines, from what one job costs the server and who has sent it: both do one thing at a time, and
 * workers train for times that are drawn (exponentially). All is over when the last result has been taken up.
 */
import { uniformAt } from '../../src/util/random.ts';

/** Seconds that a job keeps each of them busy. */
export interface JobCost {
  server: number;
  submitter: number;
}

const counts = [10, 30, 100, 300, 1000];
const lengths = [0.1, 1, 10];

/** A table: of the speed that a queue would have that costs nothing. */
export function manyWorkers(cost: JobCost): string {
  const rows = lengths.map((length) => {
    const shares = counts.map((workers) => `${(100 * shareOfIdeal(workers, length, cost)).toFixed(1)} %`);
    return `| ${length} | ${shares.join(' | ')} |`;
  });
  return [
    `A job takes ${(1000 * cost.server).toFixed(2)} ms of the server and ${(1000 * cost.submitter).toFixed(2)} ms of who has sent it; of the speed of a queue that costs nothing, so many workers have:`,
    '',
    `| job, s | ${counts.join(' | ')} |`,
    `| -----: | ${counts.map(() => '---:').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

/** Over so many jobs for each worker. */
const rounds = 50;

export function shareOfIdeal(workers: number, length: number, cost: JobCost): number {
  return seconds(workers, length, { server: 0, submitter: 0 }) / seconds(workers, length, cost);
}

/** From the first job to the last result. */
function seconds(workers: number, length: number, { server, submitter }: JobCost): number {
  /** When each worker asks next. */
  const asks = Array.from({ length: workers }, () => 0);
  let serverFree = 0;
  const done: number[] = [];
  for (let job = 0; job < workers * rounds; job++) {
    let worker = 0;
    for (let other = 1; other < workers; other++) if (asks[other] < asks[worker]) worker = other;
    serverFree = Math.max(serverFree, asks[worker]) + server;
    asks[worker] = serverFree - length * Math.log(1 - uniformAt(1, job));
    done.push(asks[worker]);
  }
  return done.sort((a, b) => a - b).reduce((free, at) => Math.max(free, at) + submitter, 0);
}
