/**
 * Keeps the pages of one language once one of them was opened, and answers from them where the network does not. It lies beside
 * the first page of that language; the build writes `files` above it.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** The pages and what they ask for, relative to this file. */
declare const files: string[];
/** Differs where any of the files does. */
declare const version: string;

const prefix = `perceptron-lab docs ${self.registration.scope} `;
const name = prefix + version;
const addresses = new Set(files.map((file) => new URL(file, self.location.href).href));

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll([...addresses].map((url) => new Request(url, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((other) => other.startsWith(prefix) && other !== name).map((other) => caches.delete(other)),
        ),
      ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const address = `${url.origin}${url.pathname.replace(/\/$/, '/index.html')}`;
  if (request.method !== 'GET' || !addresses.has(address)) return;
  event.respondWith(
    fetch(request).catch(async (error) => {
      const cache = await caches.open(name);
      const kept = await cache.match(address);
      if (!kept) throw error;
      // A server may have sent it from another address, which a browser does not take for a page.
      return kept.redirected ? new Response(kept.body, kept) : kept;
    }),
  );
});
