/** Pictures are in the table's own numbers, whatever these become on the way to the network. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { layerShapes, parameterCount } from '../../../../src/engine/parameters.ts';
import { pictureOf as reportPicture } from '../../../../src/html/picture.ts';
import { tilesOf } from '../../../../src/lab/worker/views/network-picture.ts';
import { pictureFeatures, viewOf } from '../../../../src/lab/worker/views/table-view.ts';
import { surfaceFeatures } from '../../../../src/lab/worker/views/view-data.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';
import { type NumericName, numericNames } from '../../../../src/spec/data-settings.ts';
import { partialDependence } from '../../../../src/train/explain/dependence.ts';
import { resolveTrial } from '../../../../src/train/trials.ts';
import { range, tableOf } from '../../../support/data/tables.ts';

const x = range(60).map((i) => Math.exp(i / 12));
const b = range(60).map((i) => (i * 17) % 60);
const y = x.map((value, row) => 2 * value + row);
const curve = tableOf({ x, y });
const plane = tableOf({ x, b, y });
const settings = (numeric: NumericName) => checkData({ target: 'y', numeric, types: { b: 'number' } });

describe.each(numericNames)('under numeric: %s', (numeric) => {
  it('a curve is drawn over the numbers of the table, on the page and in reports', async () => {
    const data = prepare(curve, { target: 'y', numeric });
    const { picture, inputs, plane } = viewOf(curve, data, settings(numeric));
    if (picture.kind !== 'curve') throw new Error('no curve');
    expect([inputs, plane]).toEqual([data.columns, false]);
    picture.train.x.forEach((value, at) => {
      expect(value / x[data.sets.train[at]]).toBeCloseTo(1, 5);
    });
    const { features, rows } = pictureFeatures(data, picture);
    expect(rows).toBe(picture.grid.length);
    expect(features).toEqual(applyFeatures(data.preprocessing, tableOf({ x: [...picture.grid] })).features);

    const report = await reportPicture(data, (asked, count) => {
      expect(asked).toHaveLength(count * data.columns);
      return new Float32Array(count);
    });
    if (report?.kind !== 'fit') throw new Error('no curve');
    report.sets.train.xs.forEach((value, at) => {
      expect(value / x[data.sets.train[at]]).toBeCloseTo(1, 5);
    });
    // Beyond the training rows some settings say no more where a number is.
    const { train, validation, test } = data.sets;
    const known = numeric === 'scale' ? [...train, ...validation, ...test] : [...train];
    expect(report.grid[0]).toBeLessThanOrEqual(Math.min(...known.map((row) => x[row])) * 1.00001);
  });

  it('a surface lies over the plane of the two columns, and units are drawn over it', () => {
    const data = prepare(plane, settings(numeric));
    const view = viewOf(plane, data, settings(numeric));
    if (!view.surface) throw new Error('no surface');
    expect(view.plane).toBe(true);
    view.surface.train.y.forEach((value, at) => {
      expect(value).toBeCloseTo(b[data.sets.train[at]], 3);
    });
    const side = 5;
    const features = surfaceFeatures(data, view.surface, side);
    const { x: across, y: up } = view.surface;
    const at = (axis: { low: number; high: number }, place: number) =>
      axis.low + (place / (side - 1)) * (axis.high - axis.low);
    const cells = range(side * side);
    const grid = tableOf({
      x: cells.map((i) => at(across, i % side)),
      b: cells.map((i) => at(up, Math.floor(i / side))),
    });
    expect(features).toEqual(applyFeatures(data.preprocessing, grid).features);

    const { model } = resolveTrial(checkTrial({ model: { hidden: [3] } }), 'regression');
    const layers = layerShapes(model, data.columns, 1);
    const tiles = tilesOf(data, layers, new Float32Array(parameterCount(layers)));
    if (!tiles) throw new Error('no tiles');
    // The first input rises to the right and is the same from top to bottom.
    const first = tiles.values[0].subarray(0, tiles.side * tiles.side);
    expect(first[tiles.side - 1]).toBeGreaterThan(first[0]);
    expect(first[tiles.side * (tiles.side - 1)]).toBe(first[0]);
  });

  it('partial dependence sets a column to its own numbers', async () => {
    const data = prepare(plane, settings(numeric));
    const asked: Float32Array[] = [];
    const predict = async (features: Float32Array, rows: number) => {
      asked.push(features.slice(0, data.columns));
      return new Float32Array(rows);
    };
    const { at } = await partialDependence({ data, loss: 'mse', predict }, 'x');
    const trained = Array.from(data.sets.train, (row) => x[row]).sort((a, c) => a - c);
    expect(at[0]).toBeGreaterThanOrEqual(trained[0] * 0.99999);
    expect(at[0]).toBeLessThan(trained[1]);
    expect(at[at.length - 1]).toBeGreaterThan(trained[trained.length - 2]);
    const own = applyFeatures(data.preprocessing, tableOf({ x: [...at], b: [...at] })).features;
    const width = data.columns / 2;
    asked.forEach((features, place) => {
      const start = place * data.columns;
      expect([...features.subarray(0, width)]).toEqual([...own.subarray(start, start + width)]);
    });
  });
});
