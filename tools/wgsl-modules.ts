/**
 * A vite plugin for `import forward from './forward.wgsl?wesl'`: a shader file with WESL's imports and conditions
 * (https://wesl-lang.dev), parsed when the project is built. What is left to do at run time is to choose the parts that a
 * kernel's conditions ask for and to join them: see src/engine/gpu/device/link.ts. The syntax understood, and how it differs
 * from WESL: shaders/README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { declarationMark } from '../src/engine/gpu/device/link.ts';
import { constantsModule, wgslConstants, withoutConstants } from './kernel-constants.ts';

const suffix = '?wesl';
const root = join(import.meta.dirname, '..', 'shaders');
/** Made by the build: there is no such file. */
const constantsFile = join(root, `${constantsModule}.wgsl`);

/** Text, and text that is there under a condition: an expression of JavaScript over `c`. */
type Piece = string | { condition: string; pieces: Piece[] };

interface ParsedFile {
  /** `module` is a path like `lib/random`, or `kernel`: whichever entry file imports this one. */
  imports: { module: string; names: string[] }[];
  /** What is declared, empty for directives. */
  names: string[];
  /** The file, each declaration after a `declarationMark`, without its imports. Lines stay where they are. */
  pieces: Piece[];
}

/** @param comments whether they stay: for people, not for the page */
export function wgslModules({ comments = false } = {}): Plugin {
  return {
    name: 'wgsl-modules',
    enforce: 'pre',
    resolveId: (id) => (id === constantsFile + suffix ? id : undefined),
    load(id) {
      if (!id.endsWith(`.wgsl${suffix}`)) return;
      const file = id.slice(0, -suffix.length);
      if (file !== constantsFile) this.addWatchFile(file);
      return moduleSource(file, comments);
    },
  };
}

/** The `ShaderModule` of a file, as JavaScript. */
function moduleSource(file: string, comments: boolean): string {
  const wgsl = file === constantsFile ? wgslConstants() : readFileSync(file, 'utf8');
  const { imports, pieces } = parseShader(wgsl, comments);
  const paths = [...new Set(imports.map(({ module }) => module))]
    // A page has the numbers themselves.
    .filter((module) => module !== 'kernel' && (comments || module !== constantsModule))
    .map((module) => join(root, `${module}.wgsl`));
  const missing = paths.find((path) => path !== constantsFile && !existsSync(path));
  if (missing) throw new Error(`${file} imports from ${missing}, which does not exist`);
  const lines = paths.map((path, i) => `import m${i} from ${JSON.stringify(path + suffix)};`);
  const list = paths.map((_, i) => `m${i}`);
  return `${lines.join('\n')}
export default { file: ${JSON.stringify(relative(root, file))}, imports: [${list}], text: c=>${sourceOf(pieces)} };`;
}

function sourceOf(pieces: Piece[]): string {
  const sources: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const [piece, between, other] = pieces.slice(i, i + 3);
    if (typeof piece === 'string') {
      sources.push(JSON.stringify(piece));
      continue;
    }
    // What is left out leaves its lines, so that those after it stay where they are.
    let left: Piece[] = ['\n'.repeat(linesIn(piece.pieces))];
    let kept = piece.pieces;
    // An @if and its @else in one: shorter.
    if (typeof between === 'string' && typeof other === 'object' && other.condition === `!(${piece.condition})`) {
      left = [...left, between, ...other.pieces];
      kept = [...kept, between, '\n'.repeat(linesIn(other.pieces))];
      i += 2;
    }
    sources.push(`(${piece.condition}?${sourceOf(merged(kept))}:${sourceOf(merged(left))})`);
  }
  return sources.join('+') || '""';
}

/** Neighbouring text in one. */
function merged(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.length - 1;
    if (typeof piece === 'string' && typeof result[last] === 'string') result[last] += piece;
    else result.push(piece);
  }
  return result;
}

function linesIn(pieces: Piece[]): number {
  return pieces.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece.split('\n').length - 1 : linesIn(piece.pieces)),
    0,
  );
}

/** WGSL has no strings that a comment could seem to begin in. Lines and columns stay. */
function withoutComments(wgsl: string): string {
  return wgsl.replace(/\/\/.*$/gm, (comment) => ' '.repeat(comment.length));
}

/** @throws Error on what the extension does not understand */
export function parseShader(wgsl: string, comments = false): ParsedFile {
  const bare = withoutComments(wgsl);
  const text = comments ? wgsl : bare;
  const parsed: ParsedFile = { imports: [], names: [], pieces: [] };
  const chain = createChain();
  let begin = 0;
  for (;;) {
    const start = skipSpace(bare, begin);
    if (start === bare.length) break;
    const { condition, next } = readCondition(bare, start, chain);
    const last = endOfElement(bare, next);
    // With the comment behind it.
    const end = last + (/^ *\/\/.*/.exec(text.slice(last))?.[0].length ?? 0);
    const element = bare.slice(next, end).trimEnd();
    const imported = /^import\s+package((?:::\w+)+)::(?:(\w+)|\{([^}]*)\})\s*;$/.exec(element);
    // The comments before a declaration go with it.
    const first = comments && !imported ? skipSpace(wgsl, begin) : start;
    const before = text.slice(begin, first);
    if (imported) {
      const [, path, one, several] = imported;
      const names = one ? [one] : several.split(',').flatMap((name) => name.trim() || []);
      parsed.imports.push({ module: path.slice(2).replaceAll('::', '/'), names });
      parsed.pieces.push(before, '\n'.repeat(bare.slice(start, end).split('\n').length - 1));
    } else if (element.startsWith('import')) {
      throw new Error(`not understood: ${element}`);
    } else {
      const pieces = [declarationMark, text.slice(first, start), ...piecesOf(text, bare, next, end)];
      parsed.names.push(nameOf(element));
      parsed.pieces.push(before, ...(condition ? [{ condition, pieces }] : pieces));
    }
    begin = end;
  }
  parsed.pieces = comments ? parsed.pieces : joined(parsed.pieces);
  return parsed;
}

/** Spaces that nobody reads on a page: 1.3 kB of the engine after gzip. */
const spareSpaces = /^[ \t]+|[ \t]+$| (?=-(?!-) )|(?<= -) (?!-)| (?=[^\w\s-])|(?<=[^\w\s-]) (?!-)|(?<=[=(,]) (?=-)/gm;

/** Neighbouring text in one, without spare spaces and names of constants. */
function joined(pieces: Piece[]): Piece[] {
  return merged(pieces).map((piece) =>
    typeof piece === 'string'
      ? withoutConstants(piece).replace(spareSpaces, '')
      : { ...piece, pieces: joined(piece.pieces) },
  );
}

function nameOf(element: string): string {
  const declared = /^(?:@\w+(?:\([^)]*\))?\s*)*(?:fn|struct|const|override|alias|var(?:\s*<[^>]*>)?)\s+(\w+)/.exec(
    element,
  );
  return declared?.[1] ?? '';
}

/** Cuts [start, end) where conditions begin and end. */
function piecesOf(text: string, bare: string, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  const chain = createChain();
  let from = start;
  for (;;) {
    const at = bare.slice(from, end).search(/@(if|elif|else)\b/);
    if (at < 0) break;
    const attribute = from + at;
    if (bare.slice(from, attribute).trim() !== '') chain.conditions = [];
    pieces.push(text.slice(from, attribute));
    const { condition, next } = readCondition(bare, attribute, chain);
    const after = endOfElement(bare, next);
    pieces.push({ condition, pieces: piecesOf(text, bare, next, after) });
    from = after;
  }
  pieces.push(text.slice(from, end));
  return pieces;
}

/** The conditions of an @if and the @elif after it, so far. */
interface Chain {
  conditions: string[];
}

function createChain(): Chain {
  return { conditions: [] };
}

/** An attribute @if, @elif or @else, if there is one. */
function readCondition(bare: string, start: number, chain: Chain): { condition: string; next: number } {
  const attribute = /^@(if|elif|else)\b/.exec(bare.slice(start, start + 6))?.[1];
  if (!attribute) {
    chain.conditions = [];
    return { condition: '', next: start };
  }
  if (attribute === 'if') chain.conditions = [];
  else if (chain.conditions.length === 0) throw new Error(`@${attribute} without an @if before it`);
  const not = chain.conditions.map((condition) => `!(${condition})`);
  let next = start + attribute.length + 1;
  let own = '';
  if (attribute !== 'else') {
    const close = closing(bare, skipSpace(bare, next));
    own = bare.slice(bare.indexOf('(', next) + 1, close);
    if (!/^[\w\s!&|()]+$/.test(own)) throw new Error(`not understood: @${attribute}(${own})`);
    own = own.replace(/\w+/g, (name) => (name === 'true' || name === 'false' ? name : `c.${name}`)).replace(/\s+/g, '');
    next = close + 1;
  }
  chain.conditions.push(own || 'true');
  return {
    condition: [...not, ...(own ? [chain.conditions.length > 1 ? `(${own})` : own] : [])].join('&&'),
    next: skipSpace(bare, next),
  };
}

function skipSpace(bare: string, from: number): number {
  const at = bare.slice(from).search(/\S/);
  return at < 0 ? bare.length : from + at;
}

const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Where the bracket at `open` is closed. */
function closing(bare: string, open: number): number {
  const stack: string[] = [];
  for (let i = open; i < bare.length; i++) {
    const char = bare[i];
    if (pairs[char]) stack.push(pairs[char]);
    else if (char === stack[stack.length - 1]) stack.pop();
    if (stack.length === 0) return i;
  }
  throw new Error(`a bracket is not closed: ${bare.slice(open, open + 40)}`);
}

/** Where a declaration or a statement ends: after its semicolon, or its last block. */
function endOfElement(bare: string, start: number): number {
  const isImport = bare.startsWith('import', start);
  for (let i = start; i < bare.length; i++) {
    const char = bare[i];
    if (char === ';') return i + 1;
    if (!pairs[char]) continue;
    i = closing(bare, i);
    if (char !== '{' || isImport) continue;
    const next = skipSpace(bare, i + 1);
    if (!/^else\b/.test(bare.slice(next, next + 5))) return i + 1;
  }
  throw new Error(`not understood: ${bare.slice(start, start + 40)}`);
}
