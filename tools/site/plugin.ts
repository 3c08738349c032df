/** A vite plugin: the documentation beside the scripts and styles that its pages ask for. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { relativeAddress } from './links.ts';
import { addressOf, home } from './pages.ts';
import { readSite } from './site.ts';
import { type Language, languages } from './words.ts';

export const entries = { site: 'tools/site/client/main.ts', 'service-worker': 'tools/site/client/service-worker.ts' };

export function site(root: string): Plugin {
  return {
    name: 'site',
    generateBundle: {
      // When styles have their names.
      order: 'post',
      async handler(_, bundle) {
        const { missing, search, pictures, pages } = await readSite(root);
        if (missing.length > 0)
          throw new Error(`docs/contents.json names pages that are not there: ${missing.join(', ')}`);
        const emit = (fileName: string, source: string | Buffer) => {
          this.emitFile({ type: 'asset', fileName, source });
          return fileName;
        };
        const indexes = Object.fromEntries(
          languages.map((language) => [
            language,
            emit(`assets/search-${language}-${hashOf(search[language])}.json`, search[language]),
          ]),
        ) as Record<Language, string>;
        const parts = Object.values(bundle);
        const worker = chunk(parts, 'service-worker');
        delete bundle[worker.fileName];
        const style = parts.find(({ type, fileName }) => type === 'asset' && fileName.endsWith('.css'));
        if (!style) throw new Error('The site has no style.');
        const written = pages({ script: chunk(parts, 'site').fileName, style: style.fileName, search: indexes });
        for (const { address, html } of written) emit(address, html);
        const shown = new Map(
          [...pictures.en, ...pictures.ko].map((path) => [path, readFileSync(join(root, 'docs', path))]),
        );
        for (const [path, bytes] of shown) emit(path, bytes);
        const assets = parts.filter((part) => part !== worker).map(({ fileName }) => fileName);
        for (const language of languages) {
          const own = written.filter((page) => page.language === language);
          const files = [...own.map(({ address }) => address), ...assets, indexes[language], ...pictures[language]];
          const contents = [...own.map(({ html }) => html), ...pictures[language].map((path) => shown.get(path)!)];
          const beside = addressOf(home, language);
          const known = files.map((file) => relativeAddress(beside, file));
          const names = `const files=${JSON.stringify(known)},version="${hashOf(...contents, worker.code)}";`;
          emit(posix.join(posix.dirname(beside), 'service-worker.js'), `${names}\n${worker.code}`);
        }
      },
    },
  };
}

function chunk(parts: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[], name: string): Rolldown.OutputChunk {
  const found = parts.find((part) => part.type === 'chunk' && part.name === name);
  if (found?.type !== 'chunk') throw new Error(`The site has no ${name}.`);
  return found;
}

function hashOf(...contents: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 12);
}
