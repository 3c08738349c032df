/**
 * What a queue costs: `npm run bench:queue` sends jobs whose training is a pause, since a machine of few cores cannot train
 * for many workers at once, to 1, 2, 4 and 8 workers, each a process of its own, on a Redis server of this machine. All but the
 * training is what `sweep --queue` and `worker` do. What is measured so is then put together for up to 1,000 workers
 * (`many-workers.ts`).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../../test/support/commands/redis.ts';
import { manyWorkers } from './many-workers.ts';
import { runJobs, work } from './simulated.ts';

const counts = [1, 2, 4, 8];
/** Seconds of a job. */
const lengths = [0, 0.1, 1];
/** Jobs for each worker: fewer where they are long. */
const jobsFor = (length: number) => (length === 0 ? 200 : Math.max(10, Math.round(10 / length)));

const [role, url, seconds] = process.argv.slice(2);
if (role === 'worker') await work(url, Number(seconds));
else await measure();

async function measure(): Promise<void> {
  const redis = await startRedis('--appendonly', 'yes');
  console.log(`${cpus()[0].model.trim()}, ${availableParallelism()} cores\n`);
  console.log(
    '| job, s | workers | jobs | jobs/s | overhead of a job, ms | of the ideal speed | server, ms/job | submitter, ms/job |',
  );
  console.log(
    '| -----: | ------: | ---: | -----: | --------------------: | -----------------: | -------------: | ----------------: |',
  );
  const costs: { server: number; submitter: number }[] = [];
  for (const length of lengths) {
    for (const workers of counts) {
      const children = Array.from({ length: workers }, () =>
        fork(fileURLToPath(import.meta.url), ['worker', redis.url, String(length)], { silent: true }),
      );
      const jobs = workers * jobsFor(length);
      const { wall, server, submitter } = await runJobs(redis.url, jobs, workers);
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(children.map((child) => once(child, 'exit')));
      const overhead = (wall * workers) / jobs - length;
      costs.push({ server: server / jobs, submitter: submitter / jobs });
      const cells = [
        length,
        workers,
        jobs,
        (jobs / wall).toPrecision(3),
        (1000 * overhead).toFixed(1),
        length > 0 ? `${((100 * length * jobs) / (wall * workers)).toFixed(1)} %` : '',
        ((1000 * server) / jobs).toFixed(2),
        ((1000 * submitter) / jobs).toFixed(2),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  await redis.remove();
  const least = (of: 'server' | 'submitter') => Math.min(...costs.map((cost) => cost[of]));
  console.log(`\n${manyWorkers({ server: least('server'), submitter: least('submitter') })}`);
}
