import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import { initialParameters, layerShapes } from '../../../src/engine/parameters.ts';
import { forward } from '../../../src/engine/reference/network.ts';
import { chosenFeatures, widened, withFeatures } from '../../../src/fit/inputs.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { resolveTrial } from '../../../src/train/trials.ts';

const rows = Array.from(
  { length: 40 },
  (_, row) => `${row % 7 === 0 ? '' : row},${['red', 'blue'][row % 2]},${row * row}`,
);
const table = await readCsv(['size,colour,y', ...rows].join('\n'));
const data = prepare(table, { target: 'y', numeric: 'piecewise_linear', missing_indicator: true });

describe('networks that see some of the features', () => {
  it('leaves out the pieces of numbers, and nothing else', () => {
    const chosen = chosenFeatures(data.preprocessing.features, 'values');
    const names = Array.from(chosen ?? [], (at) => data.featureNames[at]);
    expect(names).toEqual(['size', 'size is missing', 'colour = blue', 'colour = red']);
    expect(chosenFeatures(data.preprocessing.features, 'all')).toBeUndefined();
  });

  it('answers the same once it has all inputs', () => {
    const chosen = chosenFeatures(data.preprocessing.features, 'values');
    const some = withFeatures(data, chosen);
    const { model } = resolveTrial(checkTrial({ model: { hidden: [5, 3] } }), 'regression');
    const layers = layerShapes(model, some.columns, 1);
    const parameters = initialParameters(layers, 'auto', 7);
    const wide = widened({ layers, parameters }, chosen, data.columns);
    expect(wide.layers[0].inputs).toBe(data.columns);
    expect(forward(wide.layers, wide.parameters, data.features, data.rows)).toEqual(
      forward(layers, parameters, some.features, data.rows),
    );
  });
});
