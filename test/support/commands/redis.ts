/** A Redis server of a test's own, on a free port of this machine, with its files in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where `redis-server` is installed (Debian: `apt-get install redis-server`). */
export function findRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}

export interface RedisServer {
  url: string;
  /** Of everything. */
  start(): Promise<void>;
  /** At once, or when it has written what it keeps. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it, and removes its files. */
  remove(): Promise<void>;
}

/** @param settings as in redis.conf, after what keeps nothing; where they name a certificate, it listens by TLS alone */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-test-'));
  const port = await freePort();
  const secure = settings.includes('--tls-cert-file');
  const ports = secure ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  const words = [...ports, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings];
  let server: ChildProcess | undefined;
  const own = {
    // A certificate is of a name.
    url: secure ? `rediss://localhost:${port}` : `redis://127.0.0.1:${port}`,
    async start() {
      server = spawn(findRedis() ?? '', words, { stdio: ['ignore', 'pipe', 'ignore'] });
      for await (const line of server.stdout ?? []) if (/Ready to accept connections/.test(String(line))) break;
      server.stdout?.resume();
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      server.kill(signal);
      await once(server, 'exit');
    },
    async remove() {
      await own.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await own.start();
  return own;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
