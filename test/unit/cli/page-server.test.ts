/** What `serve` answers, to friends and others. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerFor, readPage } from '../../../src/cli/page-server.ts';

const page = '<!doctype html><lab-app></lab-app>';
let server: Server;
let port: number;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'assets', 'köpfe.js'), '0123456789');
  server = createServer(answerFor(readPage(folder)));
  // What has been read is served, whatever becomes of the folder.
  rmSync(folder, { recursive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

function ask(path: string, { method = 'GET', ...headers }: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() });
    })
      .on('error', reject)
      .end();
  });
}

it('serves the page and its files, with what keeps others out', async () => {
  const { status, headers, text } = await ask('/?lang=ko');
  expect([status, text]).toEqual([200, page]);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
  expect(await ask('/assets/k%C3%B6pfe.js')).toMatchObject({ status: 200, text: '0123456789' });
});

it.each(['bytes=5-1', 'bytes=2-4', 'bytes=-', 'bytes=99-', 'words=1-2'])(
  'a file comes whole for range %s',
  async (Range) => {
    expect(await ask('/assets/k%C3%B6pfe.js', { Range })).toMatchObject({ status: 200, text: '0123456789' });
  },
);

it.each(['/nothing', '/assets', '/assets/', '/../index.html', '/%E0%A4%A', '/assets/..%2findex.html', '//'])(
  'there is nothing at %s',
  async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, text: '' });
  },
);

it('answers HEAD without a body, and no other method', async () => {
  const { status, headers, text } = await ask('/', { method: 'HEAD' });
  expect([status, headers['content-length'], text]).toEqual([200, String(page.length), '']);
  for (const method of ['POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS']) {
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  }
});

it('answers only by an address of this machine', async () => {
  for (const Host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await ask('/', { Host })).status).toBe(200);
  }
  for (const Host of [
    'example.org',
    `example.org:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `localhost.example.org:${port}`,
  ]) {
    expect(await ask('/', { Host })).toMatchObject({ status: 421, text: '' });
  }
});
