/** JSON that somebody else wrote: what `JSON.parse` would take, and what is refused besides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingAt, withSetting } from '../../../src/spec/fields.ts';
import { parseJson } from '../../../src/spec/json.ts';
import { InputError } from '../../../src/util/errors.ts';

describe('JSON', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
        expect(parseJson(JSON.stringify(JSON.parse(text), null, '\t'))).toEqual(JSON.parse(text));
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it.each(['', '{', '"', '"\\', '{"a":1,}', "{'a':1}", '{"a\\x":1}', '[1 2]', 'NaN', '\ufeff{}'])(
    'is not %j',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it.each([
    '{"a":1,"a":2}',
    '{"b":[{"a":1,"c":{},"a":{}}]}',
    '{"a" : 1, "\\u0061" : 2}',
    '{"":{"a\\"b":[{"":1}],"a\\"b":0}}'.replace('"":{', '"a":{'),
  ])('gives no name twice in one group: %s', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(() => parseJson(text)).toThrow(InputError);
    expect(() => parseJson(text)).toThrow(/^`a("b)?` is given twice in one group; keep one of them\.$/);
  });

  it('may give a name again in another group, and as a value', () => {
    const text = '{"a":{"a":[{"a":1},{"a":2}]},"b":"a","c":["a","a",":"]}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('has groups as deep as somebody would write, and no deeper', () => {
    const deep = (count: number) => '[{"a":'.repeat(count / 2) + 1 + '}]'.repeat(count / 2);
    expect(parseJson(deep(64))).toEqual(JSON.parse(deep(64)));
    for (const count of [66, 1_000_000]) {
      expect(() => parseJson(deep(count))).toThrow(/^it has groups within groups, over 64 deep\.$/);
    }
    expect(() => parseJson('['.repeat(10_000_000))).toThrow(/over 64 deep/);
    expect(parseJson('[[[]]]', 3)).toEqual([[[]]]);
    expect(() => parseJson('[[[]]]', 2)).toThrow(/over 2 deep/);
  });

  it('gives objects no other prototype', () => {
    for (const name of ['__proto__', '\\u005f_proto__']) {
      expect(() => parseJson(`{"a":{"${name}":{"b":1}}}`)).toThrow(/^nothing in it may be called `__proto__`\.$/);
    }
    expect(parseJson('{"constructor":{"prototype":{"b":1}}}')).toEqual({ constructor: { prototype: { b: 1 } } });
  });
});

describe('a setting by its path', () => {
  it.each(['constructor', 'toString', '__proto__', 'constructor.prototype.polluted', '__proto__.polluted'])(
    'is not what objects inherit: %s',
    (path) => {
      expect(settingAt({}, path)).toBeUndefined();
      const changed = withSetting({ a: 1 }, path, 'new');
      expect(settingAt(changed, path)).toBe('new');
      expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
      expect(({} as { polluted?: string }).polluted).toBeUndefined();
    },
  );
});
