/** What people are told has a code: no error and no notice is made of a plain sentence. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const plain = /(?<!console\.)\b(?:new (?:InputError|RunError)|warning|info|critical)\(\s*['"`]/;

it('is said by code', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const saying = sources.filter((name) => plain.test(readFileSync(`src/${name}`, 'utf8')));
  expect(saying).toEqual([]);
});
