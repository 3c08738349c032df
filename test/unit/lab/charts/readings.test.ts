/** What is read off a plot: the nearest place under the pointer, and one after the other by keys. */
import { expect, it } from 'vitest';
import {
  areaReadings,
  columnReadings,
  firstOf,
  placeByKey,
  pointReadings,
} from '../../../../src/lab/charts/readings.ts';

const points = pointReadings([50, 10, 30], [5, 5, 40], (index) => [`point ${index}`]);

it('the nearest point is meant, and none where none is near', () => {
  const meant = (x: number, y: number) => {
    const place = points.at(x, y);
    return place === undefined ? undefined : points.read(place).lines[0];
  };
  expect(meant(12, 8)).toBe('point 1');
  expect(meant(33, 33)).toBe('point 2');
  expect(meant(30, 200)).toBeUndefined();
});

it('keys go through points from left to right', () => {
  expect([0, 1, 2].map((place) => points.read(place).lines[0])).toEqual(['point 1', 'point 2', 'point 0']);
});

it('a row is found by its place in the table, where it is shown', () => {
  const rows = pointReadings([50, 10, 30], [5, 5, 40], (index) => [`point ${index}`], Uint32Array.of(7, 2, 9));
  expect([7, 2, 9].map((row) => rows.read(rows.find?.(row) ?? -1).lines[0])).toEqual(['point 0', 'point 1', 'point 2']);
  expect(rows.find?.(3)).toBeUndefined();
  expect(points.find?.(0)).toBeUndefined();
  const both = firstOf(points, rows);
  expect(both.read(both.find?.(9) ?? -1).behind?.()).toEqual([9]);
});

it('of curves the nearest column is meant, wherever above it the pointer is', () => {
  const columns = columnReadings([0, 100, 200], [0, 200], (index) => ({ marks: [], lines: [String(index)] }));
  expect(columns.at(140, 999)).toBe(1);
  expect(columns.at(160, 0)).toBe(2);
  expect(columns.at(300, 0)).toBeUndefined();
  expect(columns.read(1).upright).toBe(true);
});

it('of areas the one that the pointer is in is meant', () => {
  const areas = areaReadings(
    [
      { left: 0, top: 0, width: 10, height: 10 },
      { left: 20, top: 0, width: 10, height: 10 },
    ],
    (index) => [`area ${index}`],
  );
  expect(areas.at(25, 5)).toBe(1);
  expect(areas.at(15, 5)).toBeUndefined();
  expect(areas.read(1)).toMatchObject({ marks: [{ x: 25, y: 0 }], lines: ['area 1'] });
});

it('of several the first with something near is meant, and keys go through all of them', () => {
  const areas = areaReadings([{ left: 0, top: 0, width: 10, height: 10 }], () => ['area']);
  const both = firstOf(areas, points);
  expect(both.count).toBe(4);
  expect(both.at(9, 6)).toBe(0);
  expect(both.read(both.at(11, 6) ?? -1).lines).toEqual(['point 1']);
  expect(both.read(3).lines).toEqual(['point 0']);
});

it('arrows, Home and End lead through the places and no further', () => {
  expect(placeByKey('ArrowRight', undefined, 40)).toBe(0);
  expect(placeByKey('ArrowLeft', undefined, 40)).toBe(39);
  expect(placeByKey('ArrowRight', 39, 40)).toBe(39);
  expect(placeByKey('ArrowLeft', 0, 40)).toBe(0);
  expect(placeByKey('PageDown', 3, 40)).toBe(5);
  expect(placeByKey('End', 3, 40)).toBe(39);
  expect(placeByKey('x', 3, 40)).toBeUndefined();
  expect(placeByKey('Home', undefined, 0)).toBeUndefined();
});
