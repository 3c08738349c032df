/** What the page's shaders lose on the way into it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { withoutComments } from '../../tools/wgsl-comments.ts';

test('comments go, lines stay', () => {
  expect(withoutComments('// what\nlet a = 1; // why\n  /// how\n\nlet b = a / 2;')).toBe(
    '\nlet a = 1;\n\n\nlet b = a / 2;',
  );
});

test('every shader keeps its lines, and the structs their layout', () => {
  const names = readdirSync('shaders').filter((name) => name.endsWith('.wgsl'));
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) {
    const wgsl = readFileSync(`shaders/${name}`, 'utf8');
    const bare = withoutComments(wgsl);
    expect(bare, name).not.toMatch(/\/\/|\/\*/);
    expect(bare.split('\n').length, name).toBe(wgsl.split('\n').length);
  }
  const layouts = (wgsl: string) =>
    new WgslReflect(wgsl).structs.map(({ name, size, members }) => [
      name,
      size,
      members.map((member) => [member.name, member.offset]),
    ]);
  const structs = readFileSync('shaders/structs.wgsl', 'utf8');
  expect(layouts(withoutComments(structs))).toEqual(layouts(structs));
});
