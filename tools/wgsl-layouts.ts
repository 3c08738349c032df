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
          const offsets = (of: (type: TypeInfo) => boolean) =>
            Object.fromEntries(struct.members.flatMap(({ name, offset, type }) => (of(type) ? [[name, offset]] : [])));
          const layout = { size: struct.size, f32: offsets(isFloat), u32: offsets((type) => !isFloat(type)) };
          return `export const ${struct.name} = ${JSON.stringify(layout)};`;
        })
        .join('\n');
    },
  };
}

/** Of a field, or of the elements of one that is an array or a vector. */
function isFloat(type: TypeInfo): boolean {
  return /^(f32|vec[234]f)$/.test((type instanceof ArrayInfo ? type.format : type).name);
}
