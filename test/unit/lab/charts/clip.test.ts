/** Names in less room than they need: one letter is as wide as another here. */
import { describe, expect, it } from 'vitest';
import { clipped, clippedApart, partsInLines, shortNames } from '../../../../src/lab/charts/clip.ts';

const letters = { measureText: (text: string) => ({ width: [...text].length }) };

describe('a name', () => {
  it('stays whole where there is room', () => {
    expect(clipped(letters, 'temperature', 11)).toBe('temperature');
  });

  it('keeps its beginning and its end where there is less', () => {
    expect(clipped(letters, 'temperature_max_celsius', 11)).toBe('tempe…lsius');
    expect(clipped(letters, '서울특별시_강남구_평균_매매가격', 9)).toBe('서울특별…매매가격');
    expect(clipped(letters, '😀😀😀😀😀😀', 3)).toBe('😀…😀');
  });

  it('is cut to one letter at least', () => {
    expect(clipped(letters, 'temperature', 0)).toBe('t…');
  });
});

describe('names beside each other', () => {
  it('lose what all of them have in common first', () => {
    expect(shortNames(['class_with_a_long_name_one', 'class_with_a_long_name_two'], 10)).toEqual(['…one', '…two']);
    expect(shortNames(['monday_at_the_station', 'tuesday_at_the_station'], 12)).toEqual(['mon…', 'tues…']);
  });

  it('stay whole where all fit, or where each can', () => {
    expect(shortNames(['class_one', 'class_two'], 10)).toEqual(['class_one', 'class_two']);
    expect(clippedApart(letters, ['zip', 'zip_of_the_northern_station'], 8)).toEqual(['zip', 'zip_…ion']);
  });

  it('are never all ellipsis', () => {
    expect(shortNames(['aaaaaaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaaaaaa'], 6)).toEqual(['…a', '…a']);
  });
});

describe('values of several settings', () => {
  it('stand in one line where they fit, else in as many as they take', () => {
    expect(partsInLines(letters, ['relu', 'adam', '0.01'], 16)).toEqual(['relu, adam, 0.01']);
    expect(partsInLines(letters, ['relu', 'adam', '0.01'], 12)).toEqual(['relu, adam,', '0.01']);
    expect(partsInLines(letters, ['sigmoid', '0.0001952', '64', '8'], 12)).toEqual(['sigmoid,', '0.0001952,', '64, 8']);
  });

  it('go on in the next line where one is wider, and lose no letter', () => {
    expect(partsInLines(letters, ['64-64-64-64-32', '0.01'], 8)).toEqual(['64-64-', '64-64-', '32, 0.01']);
    expect(partsInLines(letters, ['leaky_relu'], 6)).toEqual(['leaky_', 'relu']);
    for (const none of [0, -24]) expect(partsInLines(letters, ['elu', '8'], none)).toEqual(['e', 'l', 'u', ',', '8']);
    const parts = ['adam learning_rate 0.001', '128-128-128', 'tanh'];
    for (let width = 6; width < 40; width++) {
      const lines = partsInLines(letters, parts, width);
      expect(lines.every((line) => line.length <= width)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(parts.join(',').replaceAll(' ', ''));
    }
  });
});
