/** What is wrong with a queue, its jobs or its tables is said in one line, and passwords are in none. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queue as ko } from '../../src/messages/ko/command-line/queue.ts';
import { built } from '../../tools/build.mjs';
import { folder, lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { ask, said, startWorker, submit, trainAlone, trialsIn, words } from './support.ts';

const sweep = { base: { model: { hidden: [8] }, training: { epochs: 3 } }, seeds: 2 };

let redis: RedisServer;
let locked: RedisServer;
let alone: string;
beforeAll(async () => {
  [redis, locked] = await Promise.all([
    startRedis(),
    startRedis('--requirepass', 'geheim', '--maxmemory-policy', 'allkeys-lru'),
  ]);
  alone = await trainAlone('small', sweep);
});
afterAll(() => Promise.all([redis.remove(), locked.remove()]));

const withPassword = (user: string) => locked.url.replace('//', `//${user}@`);

describe('refuses, and shows no password', () => {
  const send = (url: string) => lab(`${words('small')} --out none --queue ${url}`);

  it('what is no address', async () => {
    const { code, err } = await send('http://me:geheim@127.0.0.1');
    expect(code).toBe(2);
    expect(err).toBe(
      '--queue: is no address of a Redis server; write it as redis://user:password@host:6379/0, or with rediss:// for TLS.\n',
    );
  });

  it('a server that is not there', async () => {
    const { code, err } = await send('redis://me:geheim@127.0.0.1:1/0');
    expect({ code, err }).toEqual({ code: 2, err: '--queue: redis://127.0.0.1:1/0: nothing listens there.\n' });
  });

  it('a wrong password, or none', async () => {
    const [wrong, none] = await Promise.all([send(withPassword(':falsch')), send(locked.url)]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toBe(`--queue: ${locked.url}/0: it does not take this user and password.\n`);
    expect(none.err).toBe(
      `--queue: ${locked.url}/0: it asks for a password: write user:password@ before the host, or set PERCEPTRON_LAB_QUEUE_PASSWORD.\n`,
    );
  });

  it('a sweep that is kept nowhere', async () => {
    const nowhere = await lab(`${words('small')} --queue ${redis.url}`);
    expect(nowhere.code).toBe(2);
    expect(nowhere.err).toBe('--queue: results come in one by one and have to be kept; give a folder with --out.\n');
  });
});

it('says which packages are missing', async () => {
  const apart = mkdtempSync(join(tmpdir(), 'without-packages-'));
  cpSync(await built('cli'), apart, { recursive: true });
  const send = (...link: string[]) => {
    for (const name of link) {
      mkdirSync(join(apart, 'node_modules'), { recursive: true });
      symlinkSync(resolve('node_modules', name), join(apart, 'node_modules', name));
    }
    const line = [join(apart, 'main.js'), ...words('small').split(' '), '--out', 'none', '--queue', redis.url];
    return spawnSync(process.execPath, line, { cwd: folder, encoding: 'utf8' }).stderr;
  };
  expect(send()).toBe('--queue: needs the npm packages bullmq and ioredis: npm install bullmq@6.7.0 ioredis@6.0.0\n');
  expect(send('ioredis')).toBe('--queue: needs the npm package bullmq: npm install bullmq@6.7.0\n');
  rmSync(apart, { recursive: true });
});

it('shows no password in the report either', async () => {
  const { code } = await lab(`${words('small')} --out small-alone --resume --queue ${withPassword(':geheim')}`);
  expect(code).toBe(0);
  const report = readFileSync(join(folder, 'small-alone', 'report.html'), 'utf8');
  expect(report).toContain(locked.url);
  expect(report).not.toContain('geheim');
});

it('warns of a server that drops keys', async () => {
  const { code, out, err } = await lab(`queue status --queue ${withPassword(':geheim')} --json`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    command: 'queue',
    queue: `${locked.url}/0`,
    jobs: { waiting: 0 },
    workers: [],
  });
  expect(err).toMatch(/drops keys when memory is short \(maxmemory-policy allkeys-lru\)/);
  expect(out + err).not.toContain('geheim');
});

it('says that the server has no room for the table, and goes on once it has', async () => {
  const server = ask(redis);
  await server.config('SET', 'maxmemory', '1');
  const full = await submit('small', 'full', redis).ended;
  expect(full.code).toBe(1);
  expect(full.err).toMatch(/has no memory left for the table .* go on with --resume\.\n$/);
  await server.config('SET', 'maxmemory', '0');

  const sent = submit('small', 'full', redis, '--resume', '--attempts', '5');
  await said([sent], /2 jobs with 2 trials/);
  // What comes from the queue is not what was sent; and a job that is none of ours.
  const [part] = await server.keys('perceptron-lab:table:*:0');
  await server.set(part, 'something else');
  const [meta] = await server.keys('perceptron-lab:sweeps-*:meta');
  const [prefix, name] = meta.split(':');
  const { hostname, port } = new URL(redis.url);
  const queue = new Queue(name, { prefix, connection: { host: hostname, port: Number(port) } });
  await queue.add('other', { hello: 'world' }, { jobId: 'foreign' });
  await server.sadd('perceptron-lab:versions', '0.0.1');

  const worker = startWorker(redis);
  expect(await sent.ended).toMatchObject({ code: 0 });
  expect(trialsIn('full')).toBe(alone);
  const status = async () => JSON.parse((await lab(`queue status --queue ${redis.url} --json`)).out);
  // Workers say now and then how they are.
  await expect.poll(async () => (await status()).workers).toMatchObject([{ engine: 'cpu', jobs: 2, trials: 2 }]);
  const { jobs, failures } = await status();
  expect(jobs).toEqual({ waiting: 0, active: 0, delayed: 0, done: 0, failed: 1 });
  expect(failures).toEqual([
    {
      job: 'foreign',
      attempts: 1,
      reason: 'The job is not one of this program: its data are not what a job of a sweep or a fit holds.',
      code: 'job_foreign',
      params: {},
    },
  ]);
  const korean = await lab(`queue status --queue ${redis.url} --lang ko`);
  // Lines are as wide as a terminal.
  expect(korean.out.replace(/\s+/g, ' ')).toContain(ko.job_foreign);
  worker.child.kill('SIGTERM');
  const { err } = await worker.ended;
  expect(err).toMatch(/The table that came from the queue is not the one that was sent: its SHA-256 differs/);
  expect(err).toMatch(/Jobs of 0\.0\.1 wait there too, which this worker \(version .*\) does not take/);
  await queue.close();
  const cleared = await lab(`queue clear --queue ${redis.url}`);
  expect(cleared.out).toBe(`1 job and all tables removed from ${redis.url}/0.\n`);
  expect(await server.keys('perceptron-lab:*:*:*')).toEqual([]);
  server.disconnect();
});

it('leaves the jobs to the workers on Ctrl-C, and takes their results up later', async () => {
  const sent = submit('small', 'left', redis);
  await said([sent], /No worker is there yet/);
  sent.child.kill('SIGINT');
  const { code, out, err } = await sent.ended;
  expect({ code, out }).toEqual({ code: 130, out: '' });
  expect(err).toMatch(/2 of 2 trials are still on the queue/);
  const worker = startWorker(redis, '--concurrency', '2');
  await said([worker], /2 jobs so far/);
  worker.child.kill('SIGTERM');
  await worker.ended;
  expect((await submit('small', 'left', redis, '--resume').ended).code).toBe(0);
  expect(trialsIn('left')).toBe(alone);
});
