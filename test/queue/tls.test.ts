/** TLS by an authority of one's own, and a user with the rights that the guide names and no others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { lab } from '../support/commands/cli.ts';
import { type RedisServer, startRedis } from '../support/commands/redis.ts';
import { endWorkers, startWorker, submit, trainAlone, trialsIn } from './support.ts';

/** For `localhost`, by an authority whose key is thrown away. */
const certificates = join(import.meta.dirname, 'tls');
const [file, key, authority] = ['server.crt', 'server.key', 'authority.crt'].map((name) => join(certificates, name));
const user = /^user lab .+$/m.exec(readFileSync(join('docs', 'machines.md'), 'utf8'))?.[0].split(' ') ?? [];

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis(
    ...['--tls-cert-file', file, '--tls-key-file', key, '--tls-ca-cert-file', authority, '--tls-auth-clients', 'no'],
    ...['--user', 'default', 'off', '--user', ...user.slice(1), '--maxmemory-policy', 'noeviction'],
  );
});
afterAll(() => redis.remove());
afterEach(() => {
  vi.unstubAllEnvs();
});

const asLab = () => ({ ...redis, url: redis.url.replace('//', '//lab@') });
const status = async (url: string) => (await lab(`queue status --queue ${url}`)).err;

it('trains what one machine trains', async () => {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', authority);
  vi.stubEnv('PERCEPTRON_LAB_QUEUE_PASSWORD', 'password');
  const sweep = {
    base: { model: { hidden: [8] }, training: { epochs: 3 } },
    grid: { 'training.l2': [0, 1] },
    seeds: 2,
  };
  const alone = await trainAlone('secure', sweep);
  const worker = startWorker(asLab());
  const { code, err } = await submit('secure', 'secured', asLab()).ended;
  expect({ code, secret: err.includes('password') }).toEqual({ code: 0, secret: false });
  expect(trialsIn('secured')).toBe(alone);
  expect(await lab(`queue clear --queue ${asLab().url}`)).toMatchObject({ code: 0, err: '' });
  await endWorkers([worker]);
  expect(worker.text()).not.toMatch(/NOPERM|Warning/);
});

it('says what is wrong with a certificate', async () => {
  expect(await status(redis.url)).toBe(
    `--queue: ${redis.url}/0: its certificate is not trusted; NODE_EXTRA_CA_CERTS names a file of further authorities.\n`,
  );
  vi.stubEnv('NODE_EXTRA_CA_CERTS', authority);
  const byNumber = redis.url.replace('localhost', '127.0.0.1');
  expect(await status(byNumber)).toBe(
    `--queue: ${byNumber}/0: its certificate is for another name; use the one that it is for.\n`,
  );
  expect(await status(redis.url)).toContain('it asks for a password');
});
