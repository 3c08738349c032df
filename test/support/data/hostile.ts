/** Input that somebody wrote to do harm: values, changes of what is legal, and what may come of them. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { InputError, saidBy } from '../../../src/util/errors.ts';

/** Longer than a message may ever be. */
const longText = 'long '.repeat(20_000);
const deep = (depth: number): unknown => (depth === 0 ? 0 : depth % 2 ? [deep(depth - 1)] : { a: deep(depth - 1) });

const names = ['__proto__', 'constructor', 'prototype', 'toString', 'length', 'kind', '', 'a.b', '\u001b[2J', longText];

/** A value where another is expected. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      false,
      '',
      [],
      {},
      [[]],
      [null],
      deep(30),
      deep(80),
      longText,
      [longText],
      { [longText]: longText },
    ],
    ...[0, -0, -1, 1, 2, 0.5, 1e-320, 1e308, -1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, 1e21],
    ...['dense', 'scale', 'periodic', 'relu', 'adam', 'auto', 'F32', 'F64', 'mse', 'none', 'number', 'category'],
    ...['NaN', 'Infinity', '1e999', '\u0000', 'a\nb', '\u001b[31m', '\u202eabc', '\ud800', '<script>', '=1+1|cmd'],
    Array(2000).fill(1),
    Array(2000).fill('x'),
    Array.from({ length: 300 }, (_, index) => ({ kind: 'periodic', embedding: { inputs: [index] } })),
    { code: 'a', params: {}, text: longText },
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

export interface Mutation {
  /** Which place of all there are. */
  at: number;
  do: 'replace' | 'delete' | 'rename' | 'add' | 'repeat' | 'exchange';
  name: string;
  value: unknown;
}

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(),
    do: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'rename', 'add', 'repeat', 'exchange'),
    name: fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 9 })),
    value: hostileValue,
  }),
  { minLength: 1, maxLength: 3 },
);

type Group = Record<string, unknown>;

/** A copy of plain data with some of its parts changed. */
export function mutated(legal: unknown, changes: readonly Mutation[]): unknown {
  const root = { legal: structuredClone(legal) };
  for (const change of changes) {
    const places = placesIn(root);
    const { group, key } = places[change.at % places.length];
    const { name, value } = change;
    if (change.do === 'replace') put(group, key, structuredClone(value));
    else if (change.do === 'exchange') {
      const other = places[(change.at >>> 8) % places.length];
      put(group, key, structuredClone(other.group[other.key]));
    } else if (Array.isArray(group)) {
      if (change.do === 'delete') group.splice(Number(key), 1);
      else group.push(structuredClone(change.do === 'repeat' ? group[Number(key)] : value));
    } else if (group !== root) {
      if (change.do === 'add') put(group, name, structuredClone(value));
      else {
        if (change.do !== 'delete') put(group, name, structuredClone(group[key]));
        if (change.do !== 'repeat') delete group[key];
      }
    }
  }
  return root.legal;
}

/** An own property whatever its name. */
function put(group: Group, key: string, value: unknown): void {
  Object.defineProperty(group, key, { value, configurable: true, enumerable: true, writable: true });
}

function placesIn(root: Group): { group: Group; key: string }[] {
  const open: Group[] = [root];
  const places: { group: Group; key: string }[] = [];
  for (let group = open.pop(); group; group = open.pop()) {
    for (const key of Object.keys(group).slice(0, 200)) {
      places.push({ group, key });
      const inner = group[key];
      if (typeof inner === 'object' && inner !== null && !ArrayBuffer.isView(inner)) open.push(inner as Group);
    }
  }
  return places;
}

/** JSON in which some name may be given twice, and blanks and other marks may be where none should be. */
export const textChange = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.nat(),
      insert: fc.constantFrom(
        ' ',
        '\ufeff',
        '{',
        '[',
        '"',
        ',',
        '\\',
        '"a":1,',
        '"version":"2",',
        '"kind":0,',
        '\u0000',
      ),
      remove: fc.nat({ max: 3 }),
    }),
  },
);

type TextChange = typeof textChange extends fc.Arbitrary<infer Change> ? Change : never;

export function changedText(text: string, change: TextChange): string {
  if (!change) return text;
  const at = change.at % (text.length + 1);
  return text.slice(0, at) + change.insert + text.slice(at + change.remove);
}

/**
 * Does what hostile input may lead to: a result, or a refusal that was meant, of one line that can be read.
 * @returns undefined where it was refused
 */
export function designed<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    expectDesigned(error);
    return undefined;
  }
}

export function expectDesigned(error: unknown): void {
  if (!(error instanceof InputError)) throw error;
  const said = saidBy(error);
  expect(typeof said, 'a message with a code').toBe('object');
  expect(error.message).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  expect(error.message.length).toBeLessThanOrEqual(2000);
  expect(error.where?.length ?? 0).toBeLessThanOrEqual(300);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

const kinds = ['ArrayBuffer', 'Float32Array', 'Float64Array', 'Uint8Array', 'Uint32Array', 'Int32Array'] as const;

/** What a piece of work takes of memory in buffers, however soon it is free again. */
export function allocatedBy(work: () => void): number {
  const scope = globalThis as unknown as Record<string, new (...words: never[]) => { byteLength: number }>;
  const before = kinds.map((kind) => scope[kind]);
  let bytes = 0;
  for (const [index, kind] of kinds.entries()) {
    const Kind = before[index];
    scope[kind] = class extends Kind {
      constructor(...words: never[]) {
        super(...words);
        if (!((words[0] as unknown) instanceof before[0])) bytes += this.byteLength;
      }
    };
  }
  try {
    work();
  } finally {
    for (const [index, kind] of kinds.entries()) scope[kind] = before[index];
  }
  return bytes;
}
