/** What the built page states and its workers load, now and later: shared with the page where both use it, and nothing of the page itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownPolicy } from '../../../src/machine/page-headers.ts';
import { built } from '../../../tools/build.mjs';

const folder = process.env.LAB_DIST ?? (await built('lab'));
const assets = join(folder, 'assets');

/** Every module that this one loads, and that those load. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(join(assets, file), 'utf8');
  for (const [, next] of code.matchAll(/(?:from|import\(?)["'`]\.\/([^"'`]+\.js)["'`]/g)) loadedBy(next, found);
  return found;
}

function fileOf(name: string): string {
  const files = readdirSync(assets).filter((file) => new RegExp(`^${name}-[^.]{8}\\.js$`).test(file));
  expect(files, name).toHaveLength(1);
  return files[0];
}

test.each(['worker', 'founding-worker'])('%s loads nothing that draws the page', (name) => {
  const page = /<script [^>]*src="\.\/assets\/([^"]+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  const files = loadedBy(fileOf(name));
  expect(page).toBeDefined();
  expect(files.size).toBeGreaterThan(10);
  expect(files).not.toContain(page);
  const drawing = [...files].filter((file) => readFileSync(join(assets, file), 'utf8').includes('customElements'));
  expect(drawing).toEqual([]);
});

test('what the page and its workers both use is there once', () => {
  // The schema's library: the page draws the settings from it, and the worker checks them by it.
  const copies = readdirSync(assets).filter((file) => readFileSync(join(assets, file), 'utf8').includes('$ZodObject'));
  expect(copies).toHaveLength(1);
  for (const name of ['index', 'worker']) expect(loadedBy(fileOf(name)), name).toContain(copies[0]);
});

test('the page states its policy, whoever serves it', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('&#39;', "'");
  expect(page).toMatch(/^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta http-equiv="Content-Security-Policy"/);
  expect(page).toContain(`content="${ownPolicy}"`);
});
