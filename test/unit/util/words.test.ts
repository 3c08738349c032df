/** Words in sentences that refuse something: lists, and what was probably meant. */
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/util/nearest.ts';
import { list } from '../../../src/util/words.ts';

describe('nearest', () => {
  it.each([
    ['rleu', ['identity', 'relu', 'leaky_relu'], 'relu'],
    ['Relu', ['identity', 'relu'], 'relu'],
    ['lr', ['learning_rate', 'epochs'], undefined],
    ['z', ['x', 'y'], undefined],
    ['Y', ['x', 'y'], 'y'],
    ['ab', ['xy', 'abc'], 'abc'],
    ['median_house_valu', ['median_house_value', 'median_house_age'], 'median_house_value'],
    ['', ['x', 'y'], undefined],
    ['x', [], undefined],
  ])('%j among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('list', () => {
  it('reads as a sentence', () => {
    expect(list([])).toBe('');
    expect(list(['a'])).toBe('a');
    expect(list(['a', 'b'])).toBe('a or b');
    expect(list(['a', 'b', 'c'])).toBe('a, b or c');
  });
});
