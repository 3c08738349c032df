/**
 * A vite plugin: the page's workers are built with the page. Vite builds each by itself, and what a worker and the page
 * both use is then made twice and loaded twice.
 */
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const workerUrl = /new URL\('(\.[^']+)', import\.meta\.url\)(?=, \{ type: 'module' \})/g;

/** Vite's own adds `<link rel=modulepreload>`; in a worker there is no document. */
const preloadHelper = '\0vite/preload-helper.js';

export function workers(): Plugin {
  return {
    name: 'workers',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: /new Worker\(/ },
      handler(code, id) {
        return code.replace(workerUrl, (_, file: string) => {
          const reference = this.emitFile({ type: 'chunk', id: join(dirname(id), file) });
          return `import.meta.ROLLDOWN_FILE_URL_${reference}`;
        });
      },
    },
    load: (id) => (id === preloadHelper ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}
