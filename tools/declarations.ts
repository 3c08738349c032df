/**
 * A vite plugin: the types of the library's entry points, each as one file beside its code, with what the entry point names and
 * no more: the rest would need types of zod, of Node and of WebGPU, which whoever installs the package need not have.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** @param entries the source of each entry point, by its name */
export function declarations(entries: Record<string, string>): Plugin {
  return {
    name: 'declarations',
    apply: 'build',
    async generateBundle() {
      const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
      try {
        for (const { fileName, source } of await declare(entries, folder)) {
          this.emitFile({ type: 'asset', fileName, source });
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * `typeof import('./fit.ts')['fit']`, of a function that is loaded when it is first called, as an import of that function alone:
 * else all that its module exports would be in the types.
 */
const laterFunctions: Plugin = {
  name: 'later-functions',
  transform(code) {
    const imports: string[] = [];
    const text = code.replace(/typeof import\('([^']+)'\)\['(\w+)'\]/g, (_, from: string, name: string) => {
      imports.push(`import type { ${name} as ${name}Later } from '${from}';\n`);
      return `typeof ${name}Later`;
    });
    return imports.join('') + text;
  },
};

/** @param folder an empty one, for the types of every source */
async function declare(entries: Record<string, string>, folder: string) {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  const input = Object.entries(entries).map(([name, source]) => [
    name,
    join(folder, source.replace(/^src\//, '').replace(/\.ts$/, '.d.ts')),
  ]);
  const bundle = await rolldown({
    input: Object.fromEntries(input),
    cwd: folder,
    checks: { pluginTimings: false },
    plugins: [laterFunctions, dts({ dtsInput: true })],
  });
  try {
    const { output } = await bundle.generate({
      format: 'es',
      // `await using` is in no library of types by the year.
      banner: '/// <reference lib="esnext.disposable" />',
      chunkFileNames: 'shared.d.ts',
    });
    return output.flatMap((part) => (part.type === 'chunk' ? [{ fileName: part.fileName, source: part.code }] : []));
  } finally {
    await bundle.close();
  }
}
