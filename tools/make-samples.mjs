/**
 * Writes the sample tables that are made by formula, and `data/samples.json`: `node tools/make-samples.mjs`. The same
 * bytes every time. Vite runs the TypeScript, which Node 20 does not.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const data = new URL('../data/', import.meta.url);
const { module } = await runnerImport(fileURLToPath(new URL('samples.ts', import.meta.url)), { configFile: false });

for (const { file, text } of module.generatedFiles()) writeFileSync(new URL(file, data), text);
const samples = module.samples((file) => readFileSync(new URL(file, data)));
writeFileSync(new URL('samples.json', data), module.catalogueText(samples));
