/** Writes `src/spec/types/`: see `settings-types.ts`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'src', 'spec', 'types');
const { settingsTypes } = (await runnerImport(join(root, 'tools', 'settings-types.ts'), { root })).module;

for (const [file, text] of Object.entries(settingsTypes())) writeFileSync(join(folder, file), text);
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
execFileSync(process.execPath, [biome, 'format', '--write', folder], { stdio: 'inherit' });
