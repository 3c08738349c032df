/** Metrics of outputs against those of scikit-learn, which sklearn-metrics.py wrote down. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricsOfOutputs } from '../../../src/model/metrics.ts';
import type { LossName } from '../../../src/spec/settings.ts';
import { prepare } from '../../support/first-defaults.ts';

interface Fixture {
  classes: {
    name: string;
    loss: LossName;
    outputs: number[][];
    actual: number[];
    metrics: Record<string, number> & { confusion: number[][] };
  }[];
  numbers: { name: string; outputs: number[][]; targets: number[][]; metrics: Record<string, number> }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('sklearn-metrics.json', import.meta.url), 'utf8'));

/** Rows with these targets, all of them trained on as they are. */
function dataOf(targets: number[][], task: 'classification' | 'regression') {
  const rows = targets.length;
  return prepare(
    {
      features: Float32Array.from({ length: rows }, (_, row) => row),
      rows,
      columns: 1,
      targets: Float32Array.from(targets.flat()),
      outputs: targets[0].length,
    },
    { task, scaling: 'none', split: { train: 1 } },
  );
}

function expectScores(metrics: object, expected: Record<string, number>): void {
  const own = metrics as Record<string, number>;
  for (const [name, value] of Object.entries(expected)) {
    expect(Math.abs(own[name] - value), `${name}: ${own[name]}, by scikit-learn ${value}`).toBeLessThan(1e-9);
  }
}

describe('metrics of scikit-learn', () => {
  it.each(fixture.classes)('of classes: $name', ({ loss, outputs, actual, metrics: { confusion, ...scores } }) => {
    const width = outputs[0].length;
    const one = (own: number) => Array.from({ length: width }, (_, output) => (output === own ? 1 : 0));
    const data = dataOf(
      actual.map((own) => (width === 1 ? [own] : one(own))),
      'classification',
    );
    const metrics = metricsOfOutputs(Float32Array.from(outputs.flat()), data, 'train', loss);
    expect(metrics).toMatchObject({ confusion });
    expectScores(metrics, scores);
    // Nothing that is shown lacks its witness.
    expect(Object.keys(metrics).sort()).toEqual([...Object.keys(scores), 'confusion', 'classes'].sort());
  });

  it.each(fixture.numbers)('of numbers: $name', ({ outputs, targets, metrics: expected }) => {
    const metrics = metricsOfOutputs(Float32Array.from(outputs.flat()), dataOf(targets, 'regression'), 'train', 'mse');
    expectScores(metrics, expected);
    expect(Object.keys(metrics).sort()).toEqual(Object.keys(expected).sort());
  });
});
