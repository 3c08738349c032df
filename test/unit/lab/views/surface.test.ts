/** The surface's geometry: a finer grid goes through the coarse one, and lines of equal value lie where they should. */
import { expect, it } from 'vitest';
import { contour } from '../../../../src/lab/charts/contour.ts';
import { refined } from '../../../../src/lab/views/drawings/refine.ts';

const grid = (side: number, of: (x: number, y: number) => number) =>
  Float32Array.from({ length: side * side }, (_, i) => of((i % side) / (side - 1), Math.floor(i / side) / (side - 1)));

it('a finer grid keeps the coarse values and follows a smooth function between them', () => {
  const of = (x: number, y: number) => Math.sin(3 * x) + x * y;
  const coarse = { side: 17, values: grid(17, of) };
  const { side, values } = refined(coarse, 40);
  expect(side).toBe(49);
  expect(values[0]).toBe(coarse.values[0]);
  expect(values[3 * 49 + 3]).toBeCloseTo(coarse.values[18], 6);
  const exact = grid(49, of);
  const worst = Math.max(...values.map((value, i) => Math.abs(value - exact[i])));
  expect(worst).toBeLessThan(0.01);
});

it('a finer grid of several classes keeps them apart', () => {
  const values = Float32Array.from({ length: 2 * 9 }, (_, i) => (i % 2 === 0 ? 1 : 5));
  const fine = refined({ side: 3, values }, 5);
  expect(fine.side).toBe(5);
  expect([...fine.values].map((value) => Math.round(value))).toEqual(
    Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 1 : 5)),
  );
});

it('a grid that is fine enough stays as it is', () => {
  const surface = { side: 9, values: new Float32Array(81) };
  expect(refined(surface, 9)).toBe(surface);
});

it('the contour of a circle is a circle', () => {
  const side = 41;
  const field = grid(side, (x, y) => Math.hypot(x - 0.5, y - 0.5));
  const lines = contour((x, y) => field[y * side + x], side, 0.3);
  expect(lines.length).toBeGreaterThan(4 * 40);
  for (let i = 0; i < lines.length; i += 2) {
    expect(Math.hypot(lines[i] / 40 - 0.5, lines[i + 1] / 40 - 0.5)).toBeCloseTo(0.3, 2);
  }
});

it('the contour of a saddle does not cross itself', () => {
  const field = [1, 0, 0, 1];
  const lines = contour((x, y) => field[y * 2 + x], 2, 0.5);
  expect(lines.length).toBe(8);
});
