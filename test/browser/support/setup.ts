/** Serves the page for the tests in this folder, built from the sources as they are; LAB_DIST names another build. */
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { built } from '../../../tools/build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** http://127.0.0.1:PORT/ */
    labUrl: string;
  }
}

/** A name that browsers do not trust as they trust localhost, so that pages there have no WebGPU at all. */
export const insecureHost = 'lab.test';

/** A server of the built page, for whoever calls to close. */
export async function serve(): Promise<{ url: string; close: () => Promise<void> }> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const outDir = process.env.LAB_DIST ?? (await built('lab'));
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false, allowedHosts: [insecureHost] },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('the preview server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, close } = await serve();
  project.provide('labUrl', url);
  return close;
}
