/**
 * Answers for the built page, to this machine alone. The files are read once: what is served is whole whatever becomes of
 * the folder, and no request can make a read of a file fail.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { join, sep } from 'node:path';
import { lookup } from 'mrmime';
import { pageHeaders } from '../machine/page-headers.ts';

interface PageFile {
  type: string;
  bytes: Buffer;
}

/** Files by their paths in addresses: "/assets/index.js". */
export type Page = ReadonlyMap<string, PageFile>;

export function readPage(folder: string): Page {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = new Map<string, PageFile>();
  for (const { parentPath, name } of names) {
    const path = join(parentPath, name);
    const address = path.slice(folder.length).split(sep).join('/');
    const type = lookup(name) ?? 'application/octet-stream';
    files.set(address, { type: type === 'text/html' ? `${type}; charset=utf-8` : type, bytes: readFileSync(path) });
  }
  return files;
}

/**
 * GET and HEAD, by an address of this machine; ranges are not offered, so that a file comes whole.
 * @param others what answers at paths where there is no file
 */
export function answerFor(files: Page, others: Readonly<Record<string, RequestListener>> = {}): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    // A name that somebody else has made lead here is another origin's.
    if (!isOwn(request)) return response.writeHead(421).end();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    }
    const path = pathOf(request.url ?? '/');
    if (path !== undefined && Object.hasOwn(others, path)) return others[path](request, response);
    const file = path === undefined ? undefined : files.get(path.endsWith('/') ? `${path}index.html` : path);
    // Its pages link to each other from within it.
    if (!file && files.has(`${path}/index.html`)) return response.writeHead(301, { Location: `${path}/` }).end();
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.bytes.length,
      'Cache-Control': 'no-cache',
    });
    return response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };
}

function isOwn({ headers, socket }: IncomingMessage): boolean {
  const { localPort } = socket;
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const hosts = names.flatMap((name) => (localPort === 80 ? [name, `${name}:80`] : [`${name}:${localPort}`]));
  return headers.host !== undefined && hosts.includes(headers.host.toLowerCase());
}

/** Undefined where it cannot be decoded. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
}
