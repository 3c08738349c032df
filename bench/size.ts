/**
 * What the whole library weighs, for a page that imports all of it: the contestants are engines alone, and would make it look
 * lighter than it is to somebody who reads tables and saves models with it, too.
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

export interface LibrarySize {
  /** What `import 'perceptron-lab'` loads at once, minified, after gzip: all of it but what is in `parts`. */
  gzip_bytes: number;
  /** And what it may load later, where it is needed: engines and their kernels, parsers. */
  later_gzip_bytes: number;
  /** Of that, what each engine loads when it is taken, and what reads a CSV file. */
  parts_gzip_bytes?: Record<keyof typeof parts, number>;
}

/** What each part begins with; of the CPU's kernels the kind that browsers take today. */
const parts = {
  webgpu: ['src/engine/gpu/engine.ts'],
  cpu: ['src/engine/cpu/engine.ts', 'virtual:kernels/relaxed'],
  reference: ['src/engine/reference/engine.ts'],
  csv: ['src/data/read/records/open-records.ts', 'src/data/read/rows/rows.ts', 'papaparse.min.js'],
};

export async function librarySize(root: string): Promise<LibrarySize> {
  const built = await build({
    configFile: join(root, 'bench', 'vite.config.ts'),
    logLevel: 'error',
    mode: 'size',
    build: { write: false },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!('output' in output)) throw new Error('the library was not built');
  // The helper for preloading is the bundler's of a page: the library as it is published has none.
  const isOwn = ({ moduleIds }: Rolldown.OutputChunk) => !moduleIds.every((id) => id.includes('vite/preload-helper'));
  const chunks = new Map(
    output.output.flatMap((file) => (file.type === 'chunk' && isOwn(file) ? [[file.fileName, file]] : [])),
  );
  const weigh = (loaded: Iterable<Rolldown.OutputChunk>) =>
    [...loaded].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  const beginningWith = (module: string) => {
    const chunk = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
    if (!chunk) throw new Error(`${module} is no chunk of its own`);
    return chunk;
  };
  const follow = (chunk: Rolldown.OutputChunk, loaded: Set<Rolldown.OutputChunk>) => {
    if (loaded.has(chunk)) return loaded;
    loaded.add(chunk);
    for (const name of chunk.imports) {
      const next = chunks.get(name);
      if (next) follow(next, loaded);
    }
    return loaded;
  };
  const atOnce = follow(beginningWith('src/index.ts'), new Set());
  const later = (modules: string[]) => {
    const loaded = new Set(atOnce);
    for (const module of modules) follow(beginningWith(module), loaded);
    return weigh(loaded) - weigh(atOnce);
  };
  return {
    gzip_bytes: weigh(atOnce),
    later_gzip_bytes: weigh(chunks.values()) - weigh(atOnce),
    parts_gzip_bytes: {
      webgpu: later(parts.webgpu),
      cpu: later(parts.cpu),
      reference: later(parts.reference),
      csv: later(parts.csv),
    },
  };
}
