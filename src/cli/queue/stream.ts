/** What the page is told of a queue: a stream of server-sent events, to pages of this server alone. */
import type { RequestListener } from 'node:http';
import type { QueueWatch } from '../../queue/watch.ts';

/** Where the page asks for it. */
export const streamPath = '/queue/events';

/** Bytes that wait for a reader: one that takes none is let go, and comes again. */
const mostWaiting = 8_000_000;

/** Answers a GET for as long as the reader stays. */
export function streamOf(watch: Pick<QueueWatch, 'listen'>): RequestListener {
  return (request, response) => {
    // Browsers say whose page asks: another one could not read the answer, but would keep the queue busy.
    const { 'sec-fetch-site': site = 'none' } = request.headers;
    if (site !== 'same-origin' && site !== 'none') return response.writeHead(403).end();
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    if (request.method === 'HEAD') return response.end();
    response.write('retry: 1000\n\n');
    const leave = watch.listen((event, data) => {
      if (response.writableLength > mostWaiting) response.destroy();
      else response.write(`event: ${event}\ndata: ${data}\n\n`);
    });
    return response.on('close', leave);
  };
}
