/** What messages quote: cut short, on one line, without orders for a terminal, in every language. */
import { describe, expect, it } from 'vitest';
import { models } from '../../../src/messages/en/models/models.ts';
import { sweeps } from '../../../src/messages/en/training/sweeps.ts';
import { ko } from '../../../src/messages/ko/index.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { InputError, RunError, saidBy } from '../../../src/util/errors.ts';
import { inEnglish, message, type Said, translator } from '../../../src/util/message.ts';

const korean = translator(ko);
const huge = 'x'.repeat(5_000_000);

function refusal(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function expectShort(said: Said): void {
  expect(inEnglish(said).length).toBeLessThanOrEqual(2000);
  expect(korean(said).length).toBeLessThanOrEqual(2000);
  expect(JSON.stringify(said).length).toBeLessThan(5000);
}

describe('a name of 5 MB', () => {
  it('is cut to its beginning and end', () => {
    const { text, params } = message(models, 'tensor_missing', { name: `first ${huge} last` });
    expect(text).toMatch(/^it has no tensor first x{233}…x{55} last$/);
    expect(params.name).toHaveLength(300);
  });

  it('is cut within lists, groups and reasons', () => {
    const why = message(models, 'tensor_type', { name: huge, type: huge });
    expectShort(message(models, 'not_our_model', { source: huge, why }));
    expectShort(message(sweeps, 'in_combination', { why, settings: { [huge]: [{ a: huge }] } }));
    expectShort(
      message(sweeps, 'base_twice', { path: huge, first: huge, second: { code: '', params: {}, text: huge } }),
    );
  });

  it('is cut where a setting is refused, and in the name of the setting', () => {
    for (const input of [{ training: { loss: huge } }, { [huge]: 1 }, { training: { optimizer: { kind: huge } } }]) {
      expectShort(saidBy(refusal(() => checkTrial(input))));
    }
    expect(new InputError('no', huge).where).toHaveLength(300);
  });

  it('is cut where another program says it', () => {
    expect(new RunError(huge).message).toHaveLength(2000);
  });
});

describe('a list of very many names', () => {
  it('makes no message longer than somebody would read', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `loss ${index}`);
    const said = message(models, 'member_losses', { losses: many });
    expect(said.text).toHaveLength(2000);
    expect(korean(said)).toHaveLength(2000);
    expect(said.text).toMatch(/^its members were trained with different losses \(loss 0, .*….*, loss 99999\)$/);
  });
});

describe('what a terminal would obey', () => {
  it.each([
    ['a\nb', 'a\\nb'],
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['\u009b2J', '\\u009b2J'],
    ['\r\t\u0000\u007f', '\\r\\t\\u0000\\u007f'],
    ['abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
    ['이름 naïve 🙂', '이름 naïve 🙂'],
  ])('%j is shown as %s', (name, shown) => {
    const said = message(models, 'tensor_missing', { name });
    expect(said.text).toBe(`it has no tensor ${shown}`);
    expect(korean(said)).toBe(`텐서 ${shown}이(가) 없습니다`);
    expect(said.params).toEqual({ name });
    expect(new InputError(name).message).toBe(shown);
  });
});
