import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mix, type Rgb, rgb } from '../../../../src/lab/charts/colour.ts';
import { fullCell } from '../../../../src/lab/charts/palette.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const [light, dark] = readFileSync('src/html/tokens.css', 'utf8').split('@media');

test.each([
  ['light', light],
  ['dark', dark],
])('figures in cells of any shade are read in the %s theme', (_, tokens) => {
  const token = (name: string) => rgb(new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens)?.[1] ?? '');
  for (const tone of ['model', 'error']) {
    for (let share = 0; share <= 1; share += 0.05) {
      const cell = mix(token('paper'), token(tone), fullCell * share);
      expect(contrast(token('ink'), cell)).toBeGreaterThanOrEqual(4.5);
    }
  }
});
