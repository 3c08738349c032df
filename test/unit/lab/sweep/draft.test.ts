/** What the sweep builder says becomes what the command line reads. */
import { describe, expect, it } from 'vitest';
import { meanCurve } from '../../../../src/lab/sweep/curves.ts';
import {
  definitionOf,
  emptyDraft,
  firstDraws,
  type SweepDraft,
  sweepCommand,
  sweepFileText,
  trialOfCell,
  type Variation,
  valuesOf,
  variableFields,
  variationOf,
} from '../../../../src/lab/sweep/draft.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';
import { trialFields } from '../../../../src/spec/fields.ts';
import { checkSweep, countTrials, listConfigurations } from '../../../../src/sweep/definition/definition.ts';

const trial = checkTrial({ model: { hidden: [8] } });
const range = (from: string, to: string, steps: string, scale: 'linear' | 'log', path = 'training.l2'): Variation => ({
  path,
  kind: 'range',
  from,
  to,
  steps,
  scale,
});
const draft = (...varied: Variation[]): SweepDraft => ({ ...emptyDraft, varied });

describe('values', () => {
  it.each([
    [range('0.001', '0.1', '3', 'log'), [0.001, 0.01, 0.1]],
    [range('0', '1', '5', 'linear'), [0, 0.25, 0.5, 0.75, 1]],
    [range('1', '4', '8', 'log', 'training.batch_size'), [1, 2, 3, 4]],
    [{ path: 'model.hidden', kind: 'values', text: '8; 16, 16; none' } as Variation, [[8], [16, 16], []]],
    [{ path: 'training.epochs', kind: 'values', text: '5, 10 5' } as Variation, [5, 10]],
    [{ path: 'training.shuffle', kind: 'choices', values: ['true'] } as Variation, [true]],
  ])('%o', (variation, values) => {
    expect(valuesOf(variation)).toEqual({ values });
  });

  it.each([
    [range('1', '1', '3', 'linear'), 'From has to be below to.'],
    [range('0', '1', '3', 'log'), 'A log scale starts above 0.'],
    [range('a', '1', '3', 'log'), 'From and to have to be numbers.'],
    [range('0', '1', '1', 'linear'), 'The number of values has to be whole, from 2 to 100.'],
    [{ path: 'training.loss', kind: 'choices', values: [] } as Variation, 'Choose at least one.'],
    [{ path: 'training.epochs', kind: 'values', text: ' ' } as Variation, 'Give at least one value.'],
  ])('%o is refused', (variation, problem) => {
    expect(valuesOf(variation)).toEqual({ problem });
  });
});

describe('a draft', () => {
  it('begins every setting with values that can be trained', () => {
    for (const { path } of variableFields(trial, emptyDraft)) {
      // Not every loss suits every last layer; that is for the worker to say.
      const found = definitionOf(draft(variationOf(path, trial)), trial);
      if (!('sweep' in found)) throw new Error(`${path}: ${found.problem}`);
      expect(() => listConfigurations(checkSweep(found.sweep)), path).not.toThrow();
      expect(countTrials(checkSweep(found.sweep)), path).toBeGreaterThanOrEqual(5);
    }
  });

  it('offers neither the seed, nor what varies already, nor settings of another kind', () => {
    const paths = variableFields(trial, draft(variationOf('model.activation', trial))).map(({ path }) => path);
    expect(paths).not.toContain('training.seed');
    expect(paths).not.toContain('model.activation');
    expect(paths).toContain('training.optimizer.betas');
    expect(paths).not.toContain('training.optimizer.momentum');
    expect(paths.length).toBeLessThan(trialFields.length);
  });

  it('counts as the command line does, and names what is wrong', () => {
    const both = draft(variationOf('model.activation', trial), range('0.001', '0.1', '3', 'log'));
    const found = definitionOf({ ...both, seeds: '2', folds: '3', halving: { first: '5', factor: '2' } }, trial);
    expect('sweep' in found && countTrials(checkSweep(found.sweep))).toBe(3 * 3 * 2 * 3);
    expect(definitionOf({ ...both, seeds: '0' }, trial)).toMatchObject({ where: 'seeds' });
    expect(definitionOf({ ...both, halving: { first: '0', factor: '3' } }, trial)).toMatchObject({ where: 'halving' });
    expect(definitionOf(draft(range('2', '1', '3', 'linear')), trial)).toMatchObject({ where: 'training.l2' });
  });

  it('draws at random where it is asked to: from a range, or from its values', () => {
    const rate = range('0.001', '0.1', '3', 'log', 'training.optimizer.learning_rate');
    const units: Variation = { path: 'model.hidden', kind: 'values', text: '8; 16, 16' };
    const batch = range('1', '64', '', 'linear', 'training.batch_size');
    const drawn = { ...draft(rate, units, batch), draws: { samples: '40', seed: '3' } };
    const found = definitionOf(drawn, trial);
    if (!('sweep' in found)) throw new Error(String(found.problem));
    expect(found.sweep).toMatchObject({
      grid: {},
      random: {
        'training.optimizer.learning_rate': { from: 0.001, to: 0.1, scale: 'log' },
        'model.hidden': [[8], [16, 16]],
        'training.batch_size': { from: 1, to: 64, scale: 'linear' },
      },
      samples: 40,
      seed: 3,
    });
    const cells = listConfigurations(checkSweep(found.sweep));
    // The command reads the file that the page writes.
    const read = checkSweep(JSON.parse(sweepFileText(found.sweep)));
    expect(listConfigurations(read)).toEqual(cells);
    const values = (path: string) => cells.map(({ settings }) => settings[path] as number);
    const rates = values('training.optimizer.learning_rate');
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.001);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
    // Of a log-uniform draw, half is below the geometric mean; of a uniform one, a tenth would be.
    expect(rates.filter((value) => value < 0.01).length).toBeGreaterThan(10);
    expect(values('training.batch_size').every(Number.isInteger)).toBe(true);
    const other = definitionOf({ ...drawn, draws: { samples: '40', seed: '4' } }, trial);
    expect('sweep' in other && listConfigurations(checkSweep(other.sweep))).not.toEqual(cells);
    for (const { settings, trial: whole } of cells) expect(trialOfCell(found.sweep, settings)).toEqual(whole);
  });

  it.each([
    [{ samples: '0', seed: '10' }, 'samples'],
    [{ samples: '2.5', seed: '10' }, 'samples'],
    [{ samples: '20', seed: '-1' }, 'seed'],
    [{ samples: '20', seed: '4294967296' }, 'seed'],
  ])('refuses draws like %o', (draws, where) => {
    expect(definitionOf({ ...draft(variationOf('model.activation', trial)), draws }, trial)).toMatchObject({ where });
  });

  it('draws nothing where nothing varies', () => {
    const found = definitionOf({ ...emptyDraft, draws: firstDraws }, trial);
    expect('sweep' in found && countTrials(checkSweep(found.sweep))).toBe(5);
  });

  it('gives a combination back as the trial that was trained', () => {
    const found = definitionOf(draft(variationOf('training.optimizer.kind', trial)), trial);
    if (!('sweep' in found)) throw new Error(String(found.problem));
    for (const cell of listConfigurations(checkSweep(found.sweep))) {
      expect(trialOfCell(found.sweep, cell.settings)).toEqual(cell.trial);
    }
  });

  it('is repeated by a command that names what is not the default', () => {
    const data = checkData({ target: 'my y', scaling: 'none', split: { train: 0.8, validation: 0.2, test: 0 } });
    expect(sweepCommand('a b.csv', { data, engine: 'cpu' })).toBe(
      "perceptron-lab sweep 'a b.csv' sweep.json --target 'my y' --scaling none --split.train 0.8 --split.validation 0.2 --split.test 0 --engine cpu --out sweep",
    );
  });
});

describe('the mean of a combination', () => {
  it('goes as far as the slowest trial, and keeps the last loss of one that has ended', () => {
    const ended = { epochs: [1, 2], loss: [4, 2], stopped: 'early_stopping' as const };
    const going = { epochs: [1, 2, 3], loss: [2, 2, 1], stopped: null };
    expect(meanCurve([ended, going])).toEqual({ epochs: [1, 2, 3], loss: [3, 2, 1.5] });
    expect(meanCurve([going, { epochs: [1], loss: [0], stopped: null }]).epochs).toEqual([1]);
  });
});
