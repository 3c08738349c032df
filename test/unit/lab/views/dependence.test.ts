/** Lines of single rows in the dependence: drawn where they can be told apart, and read by the pointer that is on one. */
import { expect, it } from 'vitest';
import type { Palette } from '../../../../src/lab/charts/palette.ts';
import { SvgPen } from '../../../../src/lab/charts/save/svg-pen.ts';
import { drawDependence } from '../../../../src/lab/views/drawings/dependence-drawing.ts';
import type { Dependence } from '../../../../src/train/explain/dependence.ts';
import { place } from '../../../../src/util/axis.ts';

const palette = { model: '#0000ff', runs: ['#111111', '#222222', '#333333'], label: '12px sans-serif' } as Palette;
const measure = { font: '', measureText: (text: string) => ({ width: 7 * text.length }) as TextMetrics };
const numbers = (...values: number[]) => Float64Array.from(values);

/** Of two rows, one that rises and one that falls, a mean that does neither. */
const crossed: Dependence = {
  column: 'a',
  set: 'validation',
  rows: 2,
  at: numbers(0, 1, 2),
  labels: null,
  levels: false,
  curves: [
    {
      name: 'y',
      mean: numbers(10, 10, 10),
      low: numbers(2, 10, 2),
      high: numbers(18, 10, 18),
      individual: numbers(0, 10, 20, 20, 10, 0),
    },
  ],
  individuals: Uint32Array.of(4, 7),
};

function drawn(dependence: Dependence, single?: { numbering: { rowsBefore: number } }) {
  const pen = new SvgPen(measure);
  const surface = { context: pen, palette, width: 600, height: 400 };
  const { frame, readings } = drawDependence(surface, dependence, { x: 'a', y: 'mean y' }, single);
  if (!readings) throw new Error('nothing to read');
  const svg = pen.document(600, 400, '#ffffff', '');
  return { frame, readings, faint: svg.match(/opacity="0\.28"/g)?.length ?? 0 };
}

it('each row has a faint line, which is read with the row that it is of', () => {
  const { frame, readings, faint } = drawn(crossed, { numbering: { rowsBefore: 1 } });
  expect(faint).toBe(2);
  const read = (at: number, y: number) => readings.read(readings.at(place(frame.x, at), place(frame.y, y)) ?? -1);
  expect(read(0, 0)).toMatchObject({ lines: ['row 6', 'a 0', 'y 0'] });
  expect(read(0, 20)).toMatchObject({ lines: ['row 9', 'a 0', 'y 20.0'] });
  expect(read(0, 20).behind?.()).toEqual([7]);
  // All of its line is marked, from where it is read.
  expect(read(2, 0).marks[0]).toEqual({ x: place(frame.x, 2), y: place(frame.y, 0) });
  expect(read(2, 0).marks.length).toBe(4);
  // On the mean, or where no line is near, the mean is meant.
  expect(read(0, 10).lines).toEqual(['a 0', 'y 10.0 (2.00 – 18.0)']);
  expect(read(0, 5).lines[0]).toBe('a 0');
  expect(read(1, 10).upright).toBe(true);
  // Keys go through the means.
  expect(readings.count).toBe(3);
});

it('there are none where they are switched off, or classes are many', () => {
  expect(drawn(crossed).faint).toBe(0);
  const [curve] = crossed.curves;
  const many = { ...crossed, curves: ['p', 'q', 'r'].map((name) => ({ ...curve, name })) };
  const { readings, faint } = drawn(many, { numbering: { rowsBefore: 1 } });
  expect(faint).toBe(0);
  expect(readings.read(0).lines).toEqual(['a 0', 'p 10.0', 'q 10.0', 'r 10.0']);
});
