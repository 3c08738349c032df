/** Holds that a message says the same in two languages. */
import { expect } from 'vitest';
import type { Catalogue, Params, Say } from '../../../src/util/message.ts';

/** Samples, and the same with each other value of a parameter, which makes another sentence. */
export function variantsOf(samples: Params, others: Readonly<Record<string, readonly unknown[]>>): Params[] {
  const changed = Object.entries(others).flatMap(([name, values]) =>
    values.map((value) => ({ ...samples, [name]: value })),
  );
  return [samples, ...changed];
}

/** What samples are recognised by: no sentence has it by itself. */
const mentioned = /7\u202f?0\d\d|[QR][A-Za-z0-9]\b|my table\.csv/g;

export function expectTranslated(code: string, entry: Catalogue[string], say: Say, variants: readonly Params[]): void {
  const values = (sentence: string) => [...new Set(sentence.match(mentioned))].sort();
  for (const params of variants) {
    const text = typeof entry === 'string' ? entry : entry(params as never);
    const own = say({ code, params, text });
    for (const sentence of [text, own]) expect(sentence).not.toMatch(/undefined|NaN|\[object|function|=>/);
    expect(text).toMatch(/[A-Za-z]/);
    expect(own).toMatch(/[가-힣]/);
    expect(values(own)).toEqual(values(text));
  }
}
