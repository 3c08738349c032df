/** A vite plugin for `import code from './runtime.js?minified'`: the text of a script, small. */
import { readFileSync } from 'node:fs';
import { minify, type Plugin } from 'vite';

const suffix = '?minified';

export function minified(): Plugin {
  return {
    name: 'minified',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const { code, errors } = await minify(file, readFileSync(file, 'utf8'), { module: true });
      if (errors.length > 0) this.error(errors[0].message);
      return `export default ${JSON.stringify(code.trim())};`;
    },
  };
}
