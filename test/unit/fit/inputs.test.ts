import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import { initialParameters, parameterCount } from '../../../src/engine/parameters.ts';
import { forward } from '../../../src/engine/reference/network.ts';
import { inputsOf, widened, withInputs } from '../../../src/fit/inputs.ts';
import { decodeSafetensors } from '../../../src/model/file/safetensors.ts';
import { encodeSafetensors } from '../../../src/model/file/write-safetensors.ts';
import { singleNetwork } from '../../../src/model/model-data.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { layersOf, resolveTrial } from '../../../src/train/trials.ts';

const rows = Array.from(
  { length: 40 },
  (_, row) => `${row % 7 === 0 ? '' : row},${['red', 'blue'][row % 2]},${row * row}`,
);
const table = await readCsv(['size,colour,y', ...rows].join('\n'));
const data = prepare(table, { target: 'y', numeric: 'piecewise_linear', missing_indicator: true });

describe('networks that see numbers as one value each', () => {
  it('have the value of every number, and all else as it is', () => {
    const { columns, features, rows } = withInputs(data, inputsOf(data, 'values'));
    expect(columns).toBe(4);
    const sizes = Array.from({ length: rows }, (_, row) => features[row * columns]);
    // A size is its row's number; it is cut off at the ends of the training rows.
    const known = Array.from(data.sets.train).filter((row) => row % 7 !== 0);
    const slopes = known.slice(1).map((row, i) => (sizes[row] - sizes[known[i]]) / (row - known[i]));
    expect(Math.max(...slopes)).toBeCloseTo(Math.min(...slopes), 5);
    expect(slopes[0]).toBeGreaterThan(0);
    const others = Array.from({ length: rows }, (_, row) => [
      ...features.subarray(row * columns + 1, (row + 1) * columns),
    ]);
    expect(others.slice(0, 2)).toEqual([
      [1, 0, 1],
      [0, 1, 0],
    ]);
    const train = Array.from(data.sets.train, (row) => sizes[row]);
    expect(train.reduce((sum, size) => sum + size, 0) / train.length).toBeCloseTo(0, 6);
    expect(train.reduce((sum, size) => sum + size ** 2, 0) / train.length).toBeCloseTo(1, 5);
  });

  it('see the features as they are where no number is in pieces, or all are wanted', () => {
    expect(inputsOf(data, 'all')).toBeUndefined();
    expect(inputsOf(prepare(table, { target: 'y', numeric: 'robust' }), 'values')).toBeUndefined();
  });

  it('answer the same once they have all inputs', () => {
    const mixtures = inputsOf(data, 'values');
    const some = withInputs(data, mixtures);
    const trial = checkTrial({ model: { hidden: [5, 3] } });
    const layers = layersOf(resolveTrial(trial, 'regression').model, some);
    const parameters = initialParameters(layers, 'auto', 7);
    const wide = widened({ layers, parameters }, mixtures, data.columns);
    expect(wide.layers[0].inputs).toBe(data.columns);
    expect(wide.parameters.length).toBe(parameterCount(wide.layers));
    const narrow = forward(layers, parameters, some.features, data.rows);
    forward(wide.layers, wide.parameters, data.features, data.rows).forEach((answer, row) => {
      expect(answer).toBeCloseTo(narrow[row], 5);
    });
    const { initial_parameters: _, ...settings } = trial;
    const model = singleNetwork({ ...wide, settings }, { preprocessing: data.preprocessing, origin: {} });
    expect(decodeSafetensors(encodeSafetensors(model), 'model').members).toEqual(model.members);
  });
});
