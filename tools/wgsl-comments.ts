/**
 * A vite plugin that leaves the comments out of the shaders that the page loads: they are half of what the shaders weigh
 * there. Lines stay where they are, so that what a compiler says of one is found in the file.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const suffix = '?raw';

export function wgslComments(): Plugin {
  return {
    name: 'wgsl-comments',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(`.wgsl${suffix}`)) return;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(withoutComments(readFileSync(file, 'utf8')))};`;
    },
  };
}

/** WGSL has no strings that a comment could seem to begin in. */
export function withoutComments(wgsl: string): string {
  return wgsl.replace(/[ \t]*\/\/.*$/gm, '');
}
