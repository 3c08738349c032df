/**
 * Writes every kernel as the engine assembles it to dist/shaders, with its comments: what a GPU's compiler is given, to be read
 * or to be tried in another tool.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dist', 'shaders');
const load = async (file, plugins = []) => (await runnerImport(join(root, file), { plugins, root })).module;

const { wgslModules } = await load('tools/wgsl-modules.ts');
const { wgslLayouts } = await load('tools/wgsl-layouts.ts');
const plugins = [wgslModules({ comments: true }), wgslLayouts()];
const { everyKernel } = await load('tools/every-kernel.ts', plugins);
const { kernelName } = await load('src/engine/gpu/device/pipelines.ts', plugins);
const { linkShader } = await load('src/engine/gpu/device/link.ts');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const kernels = everyKernel();
for (const kernel of kernels) {
  const { declarations } = linkShader(kernel.entry, kernel.conditions);
  const parts = declarations.map(({ text, file }, i) => {
    const heading = file === declarations[i - 1]?.file ? '' : `// ----- shaders/${file}\n\n`;
    // What conditions left out leaves lines of spaces.
    return `${heading}${text.replace(/\n +(?=\n)/g, '').replace(/ +$/gm, '')}\n${text.includes('\n') ? '\n' : ''}`;
  });
  const opening = /^(\/\/.*\n)*/.exec(readFileSync(join(root, 'shaders', kernel.entry.file), 'utf8'))?.[0];
  const conditions = `// Conditions: ${kernel.conditions.join(', ') || 'none'}.\n\n`;
  const name = kernelName(kernel).replaceAll(', ', '.');
  writeFileSync(join(folder, `${name}.wgsl`), `${opening}//\n${conditions}${parts.join('').trimEnd()}\n`);
}
console.log(`dist/shaders: ${kernels.length} kernels`);
