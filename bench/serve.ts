/** Serves the built page twice, isolated from other origins and not, and remembers what was asked for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { isolation } from '../src/machine/isolation.ts';

export interface Served {
  url: string;
  /** Paths asked for since it was asked last. */
  asked(): string[];
  close(): void;
}

export async function serve(folder: string, isolated: boolean): Promise<Served> {
  let paths: string[] = [];
  const files = sirv(folder, { etag: false, extensions: [] });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    paths.push(pathname);
    if (isolated) for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-store');
    files(request, response, () => void response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page/index.html`,
    asked() {
      const before = paths;
      paths = [];
      return before;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
