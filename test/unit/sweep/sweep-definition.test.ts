/** What a sweep file may say, which trials that makes, and how the values of several trials are put together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSweep, countTrials, listConfigurations, listSeeds } from '../../../src/sweep/definition/definition.ts';

describe('a sweep', () => {
  it('is every combination of its grid, the last setting changing fastest', () => {
    const sweep = checkSweep({
      grid: { 'model.activation': ['relu', 'tanh'], 'training.batch_size': [1, 4, 8] },
      seeds: 10,
      folds: 5,
    });
    expect(countTrials(sweep)).toBe(300);
    const cells = listConfigurations(sweep);
    expect(cells.map(({ settings }) => Object.values(settings).join())).toEqual([
      'relu,1',
      'relu,4',
      'relu,8',
      'tanh,1',
      'tanh,4',
      'tanh,8',
    ]);
    expect(cells[4].trial.model.activation).toBe('tanh');
    expect(cells[4].trial.training.batch_size).toBe(4);
  });

  it('without anything to vary is its base', () => {
    const sweep = checkSweep({ base: { model: { hidden: [3] } } });
    expect(listConfigurations(sweep).map(({ settings, trial }) => [settings, trial.model.hidden])).toEqual([[{}, [3]]]);
    expect(countTrials(sweep)).toBe(1);
  });

  it('takes dotted names in its base as in its grid, groups, and both together', () => {
    const training = { optimizer: { kind: 'sgd', learning_rate: 0.1 }, batch_size: 4, early_stopping: { patience: 3 } };
    const bases = [
      { model: { hidden: [3] }, training },
      {
        'model.hidden': [3],
        'training.optimizer': 'sgd',
        'training.optimizer.learning_rate': 0.1,
        'training.batch_size': 4,
        'training.early_stopping.patience': 3,
        'training.early_stopping': {},
      },
      {
        model: { hidden: [3] },
        training: { 'optimizer.learning_rate': 0.1, batch_size: 4 },
        'training.optimizer': { kind: 'sgd' },
        'training.early_stopping': {},
        'training.early_stopping.patience': 3,
        'training.batch_size': 4,
      },
    ];
    const [expected, ...others] = bases.map((base) => listConfigurations(checkSweep({ base }))[0].trial);
    for (const trial of others) expect(trial).toEqual(expected);
    expect(expected.training.optimizer).toMatchObject({ kind: 'sgd', learning_rate: 0.1 });
  });

  it.each([
    [
      { training: { batch_size: 4 }, 'training.batch_size': 8 },
      'base: training.batch_size is given as 4 and as 8; give it once.',
    ],
    [
      { 'training.early_stopping': null, 'training.early_stopping.patience': 3 },
      'base: training.early_stopping is given as null and as a group of settings; give it once.',
    ],
    [
      { 'model.hidden': [3], model: 'small' },
      'base: model is given as a group of settings and as "small"; give it once.',
    ],
  ])('refuses a base that contradicts itself: %j', (base, message) => {
    expect(() => checkSweep({ base })).toThrow(message);
  });

  it('names the nearest setting of an unknown dotted name in its base', () => {
    expect(() => listConfigurations(checkSweep({ base: { 'training.bach_size': 4 } }))).toThrow(
      'training: there is no setting `bach_size` (did you mean batch_size?).',
    );
  });

  it('keeps of the base what the chosen kind has too', () => {
    const sweep = checkSweep({
      base: { training: { optimizer: { kind: 'sgd', learning_rate: 0.1, momentum: 0.9 } } },
      grid: { 'training.optimizer': ['sgd', 'adam', { kind: 'rmsprop', alpha: 0.5 }] },
    });
    const [sgd, adam, rmsprop] = listConfigurations(sweep).map(({ trial }) => trial.training.optimizer);
    expect(sgd).toMatchObject({ kind: 'sgd', learning_rate: 0.1, momentum: 0.9 });
    expect(adam).toMatchObject({ kind: 'adam', learning_rate: 0.1 });
    expect(adam).not.toHaveProperty('momentum');
    expect(rmsprop).toMatchObject({ kind: 'rmsprop', learning_rate: 0.01, alpha: 0.5 });
  });

  it('sets a kind before what belongs to it, in whatever order they stand', () => {
    const sweep = checkSweep({
      grid: { 'training.optimizer.momentum': [0.5, 0.9], 'training.optimizer.kind': ['sgd'] },
    });
    expect(listConfigurations(sweep).map(({ trial }) => trial.training.optimizer)).toMatchObject([
      { kind: 'sgd', momentum: 0.5 },
      { kind: 'sgd', momentum: 0.9 },
    ]);
  });

  it('draws random settings within their range, the same ones for the same seed', () => {
    const range = fc.record({ from: fc.double({ min: 1e-6, max: 1 }), factor: fc.double({ min: 1.5, max: 1e4 }) });
    fc.assert(
      fc.property(range, fc.nat(), fc.constantFrom('linear', 'log'), ({ from, factor }, seed, scale) => {
        const to = Math.min(1000, from * factor);
        fc.pre(to > from);
        const input = { random: { 'training.optimizer.learning_rate': { from, to, scale } }, samples: 9, seed };
        const drawn = () =>
          listConfigurations(checkSweep(input)).map(({ trial }) => trial.training.optimizer.learning_rate);
        const rates = drawn();
        expect(rates).toHaveLength(9);
        for (const rate of rates) {
          expect(rate).toBeGreaterThanOrEqual(from * 0.999);
          expect(rate).toBeLessThanOrEqual(to * 1.001);
        }
        expect(drawn()).toEqual(rates);
      }),
      { seed: 10 },
    );
    const whole = listConfigurations(
      checkSweep({ random: { 'training.batch_size': { from: 1, to: 64 } }, samples: 30 }),
    );
    expect(whole.every(({ trial }) => Number.isInteger(trial.training.batch_size))).toBe(true);
  });

  it('counts seeds from the first, or takes those it is given', () => {
    expect(listSeeds(checkSweep({ seeds: 3 }), 10)).toEqual([10, 11, 12]);
    expect(listSeeds(checkSweep({ seeds: [7, 1] }), 10)).toEqual([7, 1]);
  });

  it.each([
    [
      { grid: { 'model.activaton': ['relu'] } },
      /there is no setting model\.activaton \(did you mean model\.activation\?\)/,
    ],
    [{ grid: { activation: ['relu'] } }, /there is no setting activation \(did you mean model\.activation\?\)/],
    [{ grid: { 'model.activation': [] } }, /grid\.model\.activation: give at least 1 value/],
    [{ grid: { 'training.seed': [1] } }, /give "seeds" instead/],
    [{ grids: {} }, /there is no setting `grids`/],
    [{ random: { 'training.l2': { from: 0, to: 1, scale: 'log' } } }, /log scale starts above 0/],
    [{ random: { 'training.l2': { from: 2, to: 1 } } }, /from has to be below to/],
    [
      { random: { 'training.l2': { min: 0, max: 1 } } },
      /^random\.training\.l2: there is no setting `min` \(did you mean from\?\)/,
    ],
    [{ random: { 'training.l2': { from: 0, high: 1 } } }, /there is no setting `high` \(did you mean to\?\)/],
    [
      { random: { 'training.l2': { from: 1, to: 2, log: true } } },
      /there is no setting `log` \(did you mean scale\?\)/,
    ],
    [{ random: { 'training.l2': { form: 0, to: 1 } } }, /there is no setting `form` \(did you mean from\?\)/],
    [{ gird: {} }, /there is no setting `gird` \(did you mean grid\?\)/],
    [{ random: { 'training.l2': { from: 0 } } }, /^random\.training\.l2\.to: is missing/],
    [{ grid: { 'training.l2': [1] }, random: { 'training.l2': [1] } }, /training\.l2 is in the grid already/],
    [{ seeds: 0 }, /^seeds: 0 is too small; give a value of at least 1\.$/],
  ])('is refused in a sentence: %j', (input, sentence) => {
    expect(() => checkSweep(input)).toThrow(sentence);
  });

  it('names the combination that is not legal', () => {
    const sweep = checkSweep({ grid: { 'training.batch_size': [8, 0], 'model.activation': ['relu'] } });
    expect(() => listConfigurations(sweep)).toThrow(
      /training\.batch_size: 0 is too small.*\(in the combination training\.batch_size = 0, model\.activation = "relu"\)/,
    );
    const unknown = checkSweep({ grid: { 'training.optimizer': ['adamm'] } });
    expect(() => listConfigurations(unknown)).toThrow(/adamm.*did you mean adam/);
  });
});
