/** The code blocks of docs/library.md, run as they stand: each is a program, and prints what its comments say. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { afterAll, expect, it, vi } from 'vitest';

const folder = mkdtempSync(join(import.meta.dirname, 'docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync('docs/library.md', 'utf8');
const blocks = [...page.matchAll(/^(?:## (.*)|```js\n([\s\S]*?)```)$/gm)];
let heading = '';
const programs = blocks.flatMap(([, title, code], index) => {
  heading = title ?? heading;
  return code ? [{ title: `${heading} (${index})`, code }] : [];
});

it('has blocks under every heading but those of words alone', () => {
  expect(programs.length).toBeGreaterThanOrEqual(7);
});

it.each(programs)('$title', async ({ title, code }) => {
  const file = join(folder, `${title.replaceAll(/\W+/g, '-')}.ts`);
  writeFileSync(file, `// @ts-nocheck\n${code.replaceAll("'perceptron-lab'", "'../../../../src/index.ts'")}`);
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await import(pathToFileURL(file).href);
    const lines = printed.mock.calls.map((words) => format(...words));
    const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
    expect(lines).toEqual(said);
    expect(said.length).toBeGreaterThan(0);
  } finally {
    printed.mockRestore();
  }
});

it('the first is no longer than eight lines', () => {
  expect(programs[0].code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(8);
});
