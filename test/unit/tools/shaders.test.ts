/** The shader modules: what the plugin makes of a file, how kernels are assembled, and that no name has two meanings. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { link } from 'wesl';
import resident from '../../../shaders/kernels/resident.wgsl?wesl';
import { linkShader, type ShaderModule, sourceAround } from '../../../src/engine/gpu/device/link.ts';
import { kernelName } from '../../../src/engine/gpu/device/pipelines.ts';
import { everyKernel } from '../../../tools/every-kernel.ts';
import { constantsModule, wgslConstants, withoutConstants } from '../../../tools/kernel-constants.ts';
import { parseShader } from '../../../tools/wgsl-modules.ts';

/** Without spaces, which the page does not need, and the last commas of lists, which WESL leaves out. */
const bare = (wgsl: string) => wgsl.replace(/\s/g, '').replace(/,\)/g, ')');

type Pieces = ReturnType<typeof parseShader>['pieces'];

function allTextOf(pieces: Pieces): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : allTextOf(piece.pieces))).join('');
}

/** A module of this text, as the plugin would make it. */
function moduleOf(file: string, wgsl: string, imports: ShaderModule[] = []): ShaderModule {
  const textOf = (pieces: Pieces, c: Record<string, boolean>): string =>
    pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        const holds = new Function('c', `return ${piece.condition}`)(c);
        return holds ? textOf(piece.pieces, c) : allTextOf(piece.pieces).replace(/[^\n]/g, '');
      })
      .join('');
  return { file, imports, text: (c) => textOf(parseShader(wgsl).pieces, c) };
}

const wgsl = `
// A comment.
import package::lib::square::{square};
@if(wide) const SIZE = 8u;
@elif(large && !wide) const SIZE = 16u;
@else const SIZE = 4u;

fn unused() {}

@compute @workgroup_size(1)
fn main() {
  @if(wide) let a = square(SIZE);
  @else {
    let b = SIZE;
  }
  @if(!wide) if (SIZE == 1u) { return; } else { unknown(); }
}
`;
const square = moduleOf('lib/square.wgsl', 'enable f16;\nfn square(x: u32) -> u32 { return x * x; }');
const entry = moduleOf('kernels/entry.wgsl', wgsl, [square]);

test('a kernel has what main reaches under the conditions that hold', () => {
  expect(bare(linkShader(entry, ['wide']).code)).toBe(
    bare(`enable f16; const SIZE = 8u; @compute @workgroup_size(1) fn main() { let a = square(SIZE); }
      fn square(x: u32) -> u32 { return x * x; }`),
  );
  expect(bare(linkShader(entry, ['large']).code)).toBe(
    bare(`const SIZE = 16u; @compute @workgroup_size(1) fn main() {
      { let b = SIZE; } if (SIZE == 1u) { return; } else { unknown(); } }`),
  );
  expect(linkShader(entry, []).code).toContain('SIZE=4u');
});

test('a line of a kernel is found in its file', () => {
  const linked = linkShader(entry, []);
  const line = linked.code.split('\n').findIndex((text) => text.includes('unknown')) + 1;
  expect(sourceAround(linked, line, 1)).toMatch(/\n> kernels\/entry.wgsl:16 \| if\(SIZE==1u\)/);
  // The same in a file of the project.
  const real = linkShader(resident, ['softmax']);
  const at = real.code.split('\n').findIndex((text) => text.startsWith('largest=max')) + 1;
  const [, file, fileLine] = />\s(\S+):(\d+)/.exec(sourceAround(real, at)) ?? [];
  expect(readFileSync(`shaders/${file}`, 'utf8').split('\n')[Number(fileLine) - 1]).toContain('largest = max');
});

test('what is not understood is refused', () => {
  expect(() => parseShader('@else const A = 1;')).toThrow('@else without an @if');
  expect(() => parseShader('import other::thing;')).toThrow('not understood');
  expect(() => parseShader('fn main() {')).toThrow('not closed');
});

const files = readdirSync('shaders', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wgsl'));
const texts = new Map([
  ...files.map((file) => [file.replace('.wgsl', ''), readFileSync(`shaders/${file}`, 'utf8')] as const),
  [constantsModule, wgslConstants()] as const,
]);
const parsed = new Map([...texts].map(([file, text]) => [file, parseShader(text, true)]));
const isEntry = (file: string) => file.startsWith('kernels/') || file.startsWith('software/probe_');

test("WESL's own linker makes the same of the files", async () => {
  const sources = Object.fromEntries([...texts].map(([file, text]) => [`./${file}.wgsl`, text]));
  const kernels = everyKernel();
  const conditions = new Set(kernels.flatMap((kernel) => kernel.conditions));
  const seen = new Set<string>();
  for (const kernel of kernels) {
    // One of each entry file and condition.
    const fresh = [kernel.entry.file, ...kernel.conditions].map((name) => `${kernel.entry.file} ${name}`);
    if (fresh.every((name) => seen.has(name))) continue;
    for (const name of fresh) seen.add(name);
    const { dest } = await link({
      weslSrc: { ...sources, './kernel.wgsl': sources[`./${kernel.entry.file}`] },
      rootModuleName: 'kernel',
      conditions: Object.fromEntries([...conditions].map((name) => [name, kernel.conditions.includes(name)])),
    });
    const theirs = bare(withoutConstants(dest.replace(/\/\/.*/g, '')));
    for (const { text } of linkShader(kernel.entry, kernel.conditions).declarations) {
      expect(theirs, kernelName(kernel)).toContain(bare(text));
    }
  }
}, 60_000);

test('the table has every kernel', () => {
  const table = readFileSync('shaders/README.md', 'utf8');
  const kernels = files.filter((file) => file.startsWith('kernels/'));
  expect(kernels.filter((file) => !table.includes(`| [\`${file}\`](${file})`))).toEqual([]);
});

test('no name has two meanings', () => {
  const owners = new Map<string, string>();
  for (const [file, { names }] of parsed) {
    // Only entry files may share names: none of them is joined to another.
    if (isEntry(file)) continue;
    for (const name of new Set(names.filter(Boolean))) {
      expect(owners.get(name) ?? file, name).toBe(file);
      owners.set(name, file);
    }
  }
  for (const [file, { names }] of parsed) {
    if (isEntry(file))
      expect(
        names.filter((name) => owners.has(name)),
        file,
      ).toEqual([]);
  }
});

test('every import names what its module declares, and the module uses', () => {
  const entries = [...parsed].filter(([file]) => isEntry(file)).flatMap(([, { names }]) => names);
  for (const [file, { imports, pieces }] of parsed) {
    const text = allTextOf(pieces);
    for (const { module, names } of imports) {
      const declared = module === 'kernel' ? entries : parsed.get(module)?.names;
      for (const name of names) {
        expect(declared, `${file} imports ${module}::${name}`).toContain(name);
        expect(text, `${file} imports ${name}`).toMatch(new RegExp(`\\b${name}\\b`));
      }
    }
  }
});
