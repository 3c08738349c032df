/**
 * A vite plugin for `import { Trial } from './trial.wgsl?layout'`: the byte layout of every struct in a shader, worked
 * out from the WGSL by wgsl_reflect when the project is built, so that no offset is counted by hand.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { ArrayInfo, type TypeInfo, WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';

const suffix = '?layout';

export function wgslLayouts(): Plugin {
  return {
    name: 'wgsl-layouts',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(`.wgsl${suffix}`)) return;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const { structs } = new WgslReflect(readFileSync(file, 'utf8'));
      return structs
        .map((struct) => {
          const fields = Object.fromEntries(
            struct.members.map(({ name, offset, type }) => [name, { offset, ...elementOf(type) }]),
          );
          return `export const ${struct.name} = ${JSON.stringify({ size: struct.size, fields })};`;
        })
        .join('\n');
    },
  };
}

/** The scalar type of a field, and how many of them it holds. */
function elementOf(type: TypeInfo): { type: string; count: number } {
  return type instanceof ArrayInfo ? { type: type.format.name, count: type.count } : { type: type.name, count: 1 };
}
