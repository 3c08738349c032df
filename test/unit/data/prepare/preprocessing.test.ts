/** What was fitted, applied to other tables, undone for what is predicted, and read again from a file. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyFeatures,
  checkPreprocessing,
  inverseTargets,
  targetValues,
} from '../../../../src/data/prepare/preprocessing.ts';
import { textOf } from '../../../../src/data/table/table.ts';
import type { DataSettingsInput } from '../../../../src/spec/data-settings.ts';
import { problemOf, range, scaleOf, tableOf, targetTable, valuesOf } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

const settings = (others: Partial<DataSettingsInput>): DataSettingsInput => ({
  target: 'y',
  split: { train: 1 },
  ...others,
});

describe('preprocessing applied to other tables', () => {
  const table = tableOf({
    a: range(20).map((i) => i * 2),
    b: range(20).map((i) => ((i * 7) % 20) / 2),
    y: range(20).map((i) => i * 3 - 5),
  });
  const { preprocessing, features, targets } = prepare(table, { target: 'y' });

  it('gives the features of training again, wherever the columns stand and whatever else there is', () => {
    const [a, b, y] = table.columns;
    const again = applyFeatures(preprocessing, table);
    expect(again.features).toEqual(features);
    expect(again.findings.columns.flatMap(({ imputed, unknown }) => [imputed.count, unknown.count])).toEqual([
      0, 0, 0, 0,
    ]);
    expect(applyFeatures(preprocessing, { ...table, columns: [b, { ...y, name: 'other' }, a] }).features).toEqual(
      features,
    );
  });

  it('gives targets back in original units', () => {
    const [column] = inverseTargets(preprocessing, targets, 20);
    expect(column.name).toBe('predicted_y');
    valuesOf(column).forEach((value, row) => {
      expect(value).toBeCloseTo(valuesOf(table.columns[2])[row], 4);
    });
    expect(targetValues(preprocessing, table)).toEqual([table.columns[2]]);
  });

  it('names a column that is missing', () => {
    const error = problemOf(() => applyFeatures(preprocessing, tableOf({ aa: [1], c: [2] }, 'new.csv')));
    expect(error.message).toBe('new.csv has no column "a", only aa, c (did you mean aa?).');
    expect(error.where).toBe('a');
    expect(problemOf(() => targetValues(preprocessing, tableOf({ a: [1] }))).where).toBe('y');
  });

  it('names a value that cannot be used', () => {
    const far = tableOf({ a: [1, 1e300], b: [1, 2] }, 'new.csv');
    expect(problemOf(() => applyFeatures(preprocessing, far)).message).toMatch(
      /^new\.csv, row 3, column "a": 1e\+300 is too far from the other values;/,
    );
  });

  it('of version 1 is brought up to date: what was missing there was refused, and is the mean here', () => {
    const fitted = { offset: 3, scale: 2 };
    const old = {
      version: 1,
      task: 'regression',
      scaling: 'standardize',
      features: [{ column: 'a', ...fitted }],
      targets: [{ column: 'y', ...fitted }],
      dropped: [],
    };
    const upgraded = checkPreprocessing(old);
    expect(upgraded).toEqual({
      ...old,
      version: 4,
      features: [
        {
          column: 'a',
          kind: 'number',
          missing: { value: 3, indicator: false },
          encoding: { kind: 'scale', ...fitted },
        },
      ],
      targets: [{ column: 'y', kind: 'number', log: false, ...fitted }],
    });
    expect([...applyFeatures(upgraded, tableOf({ a: [5, Number.NaN, 1] })).features]).toEqual([1, 0, -1]);
    problemOf(() => checkPreprocessing({ ...old, scaling: 'min_max' }));
  });

  it('of versions 2 and 3 is brought up to date: every number was scaled', () => {
    const ranges = preprocessing.features.map((step) => ('range' in step ? step.range : undefined));
    expect(ranges.some((range) => range !== undefined && range.least < range.largest)).toBe(true);
    const withoutEncodings = preprocessing.features.map((step) => {
      if (!('encoding' in step)) throw new Error(`${step.column} is no number`);
      const { encoding, ...others } = step;
      return { ...others, ...scaleOf([{ ...step, encoding }]), kind: step.kind };
    });
    const third = JSON.parse(JSON.stringify({ ...preprocessing, version: 3, features: withoutEncodings }));
    expect(checkPreprocessing(third)).toEqual(preprocessing);
    const second = structuredClone({ ...third, version: 2 });
    for (const step of second.features) delete step.range;
    const upgraded = checkPreprocessing(second);
    expect(upgraded.features).toEqual(preprocessing.features.map((step) => ({ ...step, range: undefined })));
    const table = tableOf({ a: [5, Number.NaN, 1] });
    const features = [{ column: 'a', kind: 'number', missing: { value: 3, indicator: false }, offset: 3, scale: 2 }];
    expect([...applyFeatures(checkPreprocessing({ ...second, features }), table).features]).toEqual([1, 0, -1]);
    problemOf(() => checkPreprocessing({ ...third, features: [{ ...third.features[0], scale: 0 }] }));
  });

  it('is plain JSON, and checked when it is read', () => {
    expect(checkPreprocessing(JSON.parse(JSON.stringify(preprocessing)))).toEqual(preprocessing);
    for (const change of [
      { version: 5 },
      { task: 'binary' },
      { features: [] },
      { targets: [{ column: 'y', kind: 'number', log: false, offset: 0, scale: 0 }] },
      { targets: [{ column: 'y', kind: 'classes', classes: ['a', 'b'] }] },
      { extra: 1 },
    ]) {
      problemOf(() => checkPreprocessing({ ...preprocessing, ...change }));
    }
  });
});

describe('the way back', () => {
  it('gives the numbers that were there, to rounding, whatever the scaling, also from logarithms', () => {
    const value = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 4, maxLength: 40 }),
        fc.constantFrom('standardize', 'min_max', 'none'),
        fc.constantFrom('none', 'log'),
        fc.boolean(),
        (values, scaling, target_transform, negative) => {
          const y = [0, 1.5, ...values].map((v) => (negative && target_transform === 'none' ? -v : v));
          const data = prepare(targetTable(y), settings({ scaling, target_transform, task: 'regression' }));
          const [back] = inverseTargets(data.preprocessing, data.targets, y.length);
          expect(back.name).toBe('predicted_y');
          if (back.kind !== 'number') throw new Error('text');
          // Rounding to float32 once scaled moves a value by its distance from the offset; a logarithm by its own size.
          const largest = Math.max(...y.map(Math.abs));
          back.values.forEach((v, row) => {
            const size = target_transform === 'log' ? (1 + y[row]) * 22 : 3 * largest;
            expect(Math.abs(v - y[row])).toBeLessThanOrEqual(size * 2 ** -24 * 2);
          });
        },
      ),
      { seed: 10 },
    );
  });

  it('gives the very classes, with probabilities by their names', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(names, fc.array(fc.nat(), { minLength: 0, maxLength: 30 }), (classes, picks) => {
        const y = [...classes, ...classes, ...picks.map((pick) => classes[pick % classes.length])];
        const data = prepare(targetTable(y), settings({ task: 'classification' }));
        const [predicted, ...shares] = inverseTargets(data.preprocessing, data.targets, y.length);
        expect(y.map((_, row) => textOf(predicted, row))).toEqual(y);
        expect(new Set(shares.map(({ name }) => name))).toEqual(new Set(classes.map((name) => `probability_${name}`)));
        for (const share of shares) {
          if (share.kind !== 'number') throw new Error('text');
          expect(Array.from(share.values)).toEqual(y.map((own) => (share.name === `probability_${own}` ? 1 : 0)));
        }
      }),
      { seed: 10 },
    );
  });

  it('takes features back: a date or a number is its scaled value times scale plus offset', () => {
    const day = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 3, maxLength: 30 }), (days) => {
        const when = days.map((d) => new Date(d * 86_400_000).toISOString().slice(0, 10));
        const table = targetTable(
          days.map((d) => d + 0.5),
          { when },
        );
        const data = prepare(table, settings({ types: { when: 'date' } }));
        const { features } = applyFeatures(data.preprocessing, table);
        const at = data.featureNames.indexOf('when');
        const step = data.preprocessing.features.find(({ column }) => column === 'when');
        if (step?.kind !== 'date') throw new Error('no date');
        const { offset, scale } = scaleOf([step]);
        const widest = Math.max(...days.map((d) => Math.abs(d - offset)));
        days.forEach((d, row) => {
          const back = features[row * data.columns + at] * scale + offset;
          expect(Math.abs(back - d)).toBeLessThanOrEqual(Math.max(widest, 1) * 2 ** -23 + 1e-9);
        });
      }),
      { seed: 10 },
    );
  });
});
