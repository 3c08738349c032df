import { expect, test } from 'vitest';
import { drawnEpochs, epochByKey, epochDrawn, mostPoints } from '../../../../src/lab/run/drawn-epochs.ts';

const lengths = [1, 2, mostPoints, mostPoints + 1, 2 * mostPoints + 1, 7777, 100_000];

test.each(lengths)('of %i epochs evenly spaced ones are drawn, the newest among them', (epochs) => {
  const { first, every } = drawnEpochs(epochs);
  const points = (epochs - first) / every + 1;
  expect(Number.isInteger(points)).toBe(true);
  expect(points).toBeLessThanOrEqual(mostPoints);
  expect(first).toBeGreaterThanOrEqual(1);
  expect(first).toBeLessThanOrEqual(every);
  expect(epochDrawn(points - 1, epochs)).toBe(epochs);
});

test.each(lengths)('keys go through all that is drawn of %i epochs, and stay at its ends', (epochs) => {
  const { first, every } = drawnEpochs(epochs);
  expect(epochByKey('ArrowLeft', null, epochs)).toBe(epochs);
  expect(epochByKey('ArrowRight', null, epochs)).toBe(first);
  expect(epochByKey('Home', epochs, epochs)).toBe(first);
  expect(epochByKey('End', first, epochs)).toBe(epochs);
  expect(epochByKey('ArrowRight', epochs, epochs)).toBe(epochs);
  expect(epochByKey('ArrowLeft', first, epochs)).toBe(first);
  let read: number | null = null;
  for (let epoch = epochs; epoch >= first; epoch -= every) {
    read = epochByKey('ArrowLeft', read, epochs) ?? null;
    expect(read).toBe(epoch);
  }
});

test('of a part of the chart keys go through what is seen of it, and no further', () => {
  const isSeen = (epoch: number) => epoch >= 40 && epoch <= 60;
  const press = (key: string, read: number | null) => epochByKey(key, read, 200, isSeen);
  expect(press('ArrowRight', null)).toBe(40);
  expect(press('ArrowLeft', null)).toBe(60);
  expect(press('End', 45)).toBe(60);
  expect(press('Home', 45)).toBe(40);
  expect(press('ArrowRight', 45)).toBe(46);
  expect(press('ArrowRight', 60)).toBeUndefined();
});

test('other keys, and charts of nothing, are left alone', () => {
  expect(epochByKey('a', 3, 10)).toBeUndefined();
  expect(epochByKey('ArrowLeft', null, 0)).toBeUndefined();
});
