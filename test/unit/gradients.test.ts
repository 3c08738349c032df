/** The reference's gradients against central differences, both in float64: they agree to 1e-6 or the formulas are wrong. */
import { describe, expect, it } from 'vitest';
import { initialParameters, layerShapes, parameterCount } from '../../src/engine/parameters.ts';
import { backwardPass, createWorkspace, forwardPass, meanLoss } from '../../src/engine/reference/network.ts';
import { normalAt } from '../../src/random/counter.ts';
import { type ActivationName, activationNames, type LossName, lossNames } from '../../src/spec/settings.ts';

const shapes = [
  { columns: 1, hidden: [], outputs: 1, rows: 3 },
  { columns: 3, hidden: [], outputs: 2, rows: 4 },
  { columns: 2, hidden: [5], outputs: 1, rows: 7 },
  { columns: 3, hidden: [4, 3, 5], outputs: 2, rows: 3 },
];

const cases = shapes.flatMap((shape) =>
  activationNames.flatMap((activation) => lossNames.map((loss) => ({ ...shape, activation, loss }))),
);

describe('gradients', () => {
  it.each(cases)('match central differences: $columns-$hidden-$outputs, $rows rows, $activation, $loss', (problem) => {
    const { layers, parameters, work, targets, loss } = setUp(problem);
    const gradients = new Float64Array(parameters.length);
    forwardPass(layers, parameters, work);
    backwardPass(layers, parameters, work, targets, loss, gradients);

    const lossAt = (index: number, value: number) => {
      const moved = parameters.slice();
      moved[index] = value;
      return meanLoss(loss, forwardPass(layers, moved, work), targets, targets.length);
    };
    const width = 1e-6;
    let worst = 0;
    for (let i = 0; i < parameters.length; i++) {
      const numeric = (lossAt(i, parameters[i] + width) - lossAt(i, parameters[i] - width)) / (2 * width);
      worst = Math.max(worst, Math.abs(numeric - gradients[i]));
    }
    expect(worst / Math.max(...gradients.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('of a short batch are those of its rows alone', () => {
    const { layers, parameters, work, targets, loss } = setUp({ ...shapes[2], activation: 'tanh', loss: 'mse' });
    const short = new Float64Array(parameters.length);
    forwardPass(layers, parameters, work, 3);
    backwardPass(layers, parameters, work, targets, loss, short, 3);
    const alone = createWorkspace(layers, 3, Float64Array);
    alone.input.set(work.input.subarray(0, 6));
    const expected = new Float64Array(parameters.length);
    forwardPass(layers, parameters, alone);
    backwardPass(layers, parameters, alone, targets.subarray(0, 3), loss, expected);
    expect(short).toEqual(expected);
  });
});

function setUp({
  columns,
  hidden,
  outputs,
  rows,
  activation,
  loss,
}: {
  columns: number;
  hidden: number[];
  outputs: number;
  rows: number;
  activation: ActivationName;
  loss: LossName;
}) {
  const layers = layerShapes(
    { hidden, activation, output_activation: activation, initializer: 'auto' },
    columns,
    outputs,
  );
  const parameters = Float64Array.from(initialParameters(layers, 'auto', 3));
  expect(parameters.length).toBe(parameterCount(layers));
  // Biases off zero, so that no sum sits on the kink of relu.
  for (let i = 0; i < parameters.length; i++) parameters[i] += 0.1 * normalAt(4, i);
  const work = createWorkspace(layers, rows, Float64Array);
  work.input.set(Float64Array.from({ length: rows * columns }, (_, i) => normalAt(5, i)));
  const targets = Float64Array.from({ length: rows * outputs }, (_, i) => normalAt(6, i));
  return { layers, parameters, work, targets, loss };
}
