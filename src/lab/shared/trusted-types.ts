/**
 * What the page makes scripts and markup of, where the browser watches it (Trusted Types, https://w3c.github.io/trusted-types/dist/spec/).
 * A window and a worker each call it before anything else.
 */
import type { TrustedTypesWindow } from 'trusted-types/lib/index.js';

const { trustedTypes } = globalThis as unknown as TrustedTypesWindow;

/** Workers, and the service worker, are the page's own files, or text that it wrote; nothing else becomes a script. */
export function trustOwnScripts(): void {
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin === location.origin) return url;
      throw new TypeError(`${url} is not of this page`);
    },
  });
}

/** Reports that the page has written itself, where all that comes from a table is escaped. */
const reports = trustedTypes?.createPolicy('perceptron-lab', { createHTML: (page) => page });

export function parseReport(page: string): Document {
  return new DOMParser().parseFromString((reports?.createHTML(page) as unknown as string) ?? page, 'text/html');
}
