/**
 * A vite plugin: the licences of the packages that went into a build lie beside it, as they ask for, and its bill of
 * materials in CycloneDX (https://cyclonedx.org/docs/1.5/json/), by which it can be searched for known faults.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const noticesFile = 'third-party-notices.txt';
const materialsFile = 'sbom.cdx.json';

/** The package that a module is of, with its folder. */
const packageOf = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** @param also packages that come in by another way than an import, as what a service worker is made of */
export function notices(also: readonly string[] = []): Plugin {
  return {
    name: 'notices',
    apply: 'build',
    generateBundle(_, bundle) {
      const folders = new Map(also.map((name) => [name, join('node_modules', name)]));
      for (const part of Object.values(bundle)) {
        for (const id of part.type === 'chunk' ? part.moduleIds : []) {
          const [, folder, name] = packageOf.exec(id.replaceAll('\\', '/').replace(/^\0/, '')) ?? [];
          if (folder) folders.set(name, folder);
        }
      }
      if (folders.size === 0) return;
      const parts = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => noticeOf(name, folder));
      const missing = parts.filter(({ text }) => text === undefined).map(({ title }) => title);
      if (missing.length > 0) this.error(`No licence text in ${missing.join(', ')}: name it in tools/notices.ts.`);
      const source = parts.map(({ title, text }) => `${title}\n\n${text?.trim()}\n`).join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: noticesFile, source });
      this.emitFile({ type: 'asset', fileName: materialsFile, source: materialsOf(parts.map(({ about }) => about)) });
    },
  };
}

interface About {
  name: string;
  version: string;
  license: string;
}

function noticeOf(name: string, folder: string): { title: string; text: string | undefined; about: About } {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = existsSync(folder)
    ? readdirSync(folder).find((other) => /^licen[cs]e(-\w+)?(\.\w+)?$/i.test(other))
    : undefined;
  return {
    title: `${name} ${version} (${license})`,
    text: file && readFileSync(join(folder, file), 'utf8'),
    about: { name, version, license },
  };
}

/** The same for the same packages: without a time or a serial number. */
function materialsOf(packages: readonly About[]): string {
  const components = packages.map(({ name, version, license }) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return { 'bom-ref': purl, type: 'library', name, version, purl, licenses: [{ license: { id: license } }] };
  });
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components }, null, 2);
}
