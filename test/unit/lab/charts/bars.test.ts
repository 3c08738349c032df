/** Small bars: each is meant wherever above it the pointer is, and what is little is still seen. */
import { expect, it } from 'vitest';
import { drawBars } from '../../../../src/lab/charts/bars-drawing.ts';
import { stillSurface } from '../../../support/lab/still-pen.ts';

const bars = { heights: [1, 0, 0.001, 0.5], colour: '#123456', gap: 2, words: (bar: number) => [`bar ${bar}`] };

it('bars share the width, and each is read in its whole column', () => {
  const { readings } = drawBars(stillSurface(100, 40), bars);
  const meant = [2, 30, 60, 99].map((x) => readings?.read(readings.at(x, 1) ?? -1).lines[0]);
  expect(meant).toEqual(['bar 0', 'bar 1', 'bar 2', 'bar 3']);
  expect(readings?.at(101, 1)).toBeUndefined();
  expect(readings?.read(0).area).toEqual({ left: 0, top: 0, width: 23, height: 40 });
  expect(readings?.read(3).area).toMatchObject({ top: 20, height: 20 });
});

it('what is there is a pixel tall at least, and what is not there is not drawn', () => {
  const { readings } = drawBars(stillSurface(100, 40), bars);
  expect(readings?.read(2).area?.height).toBe(1);
  expect(readings?.read(1).area?.height).toBe(0);
});

it('a few bars do not fill the width', () => {
  const { readings } = drawBars(stillSurface(100, 40), { ...bars, heights: [1, 1], widest: 24 });
  expect(readings?.at(40, 1)).toBe(1);
  expect(readings?.at(60, 1)).toBeUndefined();
});
