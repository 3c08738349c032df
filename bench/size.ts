/**
 * What the whole library weighs, for a page that imports all of it: the contestants are engines alone, and would make it look
 * lighter than it is to somebody who reads tables and saves models with it, too.
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export interface LibrarySize {
  /** What `import 'perceptron-lab'` loads at once, minified, after gzip. */
  gzip_bytes: number;
  /** And what it loads later, where it is needed: the GPU engine, kernels. */
  later_gzip_bytes: number;
}

export async function librarySize(root: string): Promise<LibrarySize> {
  const built = await build({
    configFile: join(root, 'bench', 'vite.config.ts'),
    logLevel: 'error',
    mode: 'size',
    build: { write: false },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!('output' in output)) throw new Error('the library was not built');
  const chunks = new Map(output.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const weigh = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
  const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
  const atOnce = new Set<string>();
  const follow = (name: string) => {
    if (atOnce.has(name)) return;
    atOnce.add(name);
    for (const next of chunks.get(name)?.imports ?? []) follow(next);
  };
  if (entry) follow(entry.fileName);
  return {
    gzip_bytes: weigh(atOnce),
    later_gzip_bytes: weigh([...chunks.keys()].filter((name) => !atOnce.has(name))),
  };
}
