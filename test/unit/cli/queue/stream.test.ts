/** The stream of a queue's state: to whom, and until when. */
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerFor } from '../../../../src/cli/page-server.ts';
import { streamOf, streamPath } from '../../../../src/cli/queue/stream.ts';
import type { Listener } from '../../../../src/queue/watch.ts';

let server: Server;
let listeners: Set<Listener>;
let left: () => void;
beforeEach(async () => {
  listeners = new Set();
  const listen = (listener: Listener) => {
    listeners.add(listener);
    listener('queue', '{"known":1}');
    return () => {
      listeners.delete(listener);
      left();
    };
  };
  server = createServer(answerFor(new Map(), { [streamPath]: streamOf({ listen }) }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ host: '127.0.0.1', port, path: streamPath, headers, method, agent: false }, resolve).on('error', reject);
  });

it('tells what is known and what comes, for as long as somebody reads', async () => {
  const answer = await ask({ 'Sec-Fetch-Site': 'same-origin' });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  let text = '';
  answer.on('data', (part) => {
    text += part;
  });
  await expect.poll(() => text, { interval: 5 }).toBe('retry: 1000\n\nevent: queue\ndata: {"known":1}\n\n');
  for (const listener of listeners) listener('work', '{"id":"a"}');
  await expect.poll(() => text, { interval: 5 }).toMatch(/\n\nevent: work\ndata: {"id":"a"}\n\n$/);
  const gone = new Promise<void>((resolve) => {
    left = resolve;
  });
  answer.destroy();
  await gone;
  expect(listeners.size).toBe(0);
});

it.each([
  [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-site' }, 403],
  [{ Host: 'rebound.example' }, 421],
] as const)('tells nothing to %o', async (headers, status) => {
  const answer = await ask(headers);
  expect(answer.statusCode).toBe(status);
  expect(await answer.toArray()).toEqual([]);
  expect(listeners.size).toBe(0);
});

it('answers HEAD and ends, and takes nothing in', async () => {
  const [head, post] = [await ask({}, 'HEAD'), await ask({}, 'POST')];
  expect([head.statusCode, await head.toArray()]).toEqual([200, []]);
  expect([post.statusCode, await post.toArray()]).toEqual([405, []]);
  expect(listeners.size).toBe(0);
});
