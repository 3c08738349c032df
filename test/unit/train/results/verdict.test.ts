/** What is said of a run that has ended, and what must not be. Scores are made up: the rules see nothing but these. */
import { describe, expect, it } from 'vitest';
import { critical, type Notice } from '../../../../src/data/table/notices.ts';
import { tables } from '../../../../src/messages/en/tables/tables.ts';
import { type ClassMetrics, classMetrics } from '../../../../src/model/class-metrics.ts';
import type { RegressionMetrics } from '../../../../src/model/metrics.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import type { TrialInput } from '../../../../src/spec/settings.ts';
import { type EndedRun, runVerdict } from '../../../../src/train/results/verdict.ts';
import { resolveTrial } from '../../../../src/train/trials.ts';
import { message } from '../../../../src/util/message.ts';

const rmse = (value: number): RegressionMetrics => ({ mse: value ** 2, rmse: value, mae: value, r2: 0 });
const settings = (trial: TrialInput = {}, task: 'regression' | 'binary' = 'regression') =>
  resolveTrial(checkTrial(trial), task);
/** Flat from the start, so that it says nothing by itself. */
const flat = Array.from({ length: 60 }, () => ({ train_loss: 0.3, validation_loss: 0.4 }));

function numbers(own: { train: number; validation: number }, more: Partial<EndedRun> = {}): EndedRun {
  return {
    history: flat,
    outcome: { stopped: 'epochs', kept_epoch: 60 },
    trial: settings(),
    rows: { train: 400, validation: 100, test: 0 },
    metrics: { train: rmse(own.train), validation: rmse(own.validation), test: null },
    baseline: { train: rmse(10), validation: rmse(10), test: null },
    notices: [],
    class_weights: 'none',
    ...more,
  };
}

/** Rows by actual and predicted class; each answer is given `sure` of what is left beside an even share. */
function classes(confusion: number[][], sure = 0.8): ClassMetrics {
  const names = confusion.map((_, index) => 'abcdef'[index]);
  const pairs = confusion.flatMap((own, actual) => own.flatMap((rows, chosen) => Array(rows).fill([actual, chosen])));
  const probabilities = pairs.flatMap(([, chosen]: [number, number]) =>
    names.map((_, index) => (1 - sure) / names.length + (index === chosen ? sure : 0)),
  );
  return classMetrics(names, {
    actual: Uint32Array.from(pairs, ([actual]) => actual),
    chosen: Uint32Array.from(pairs, ([, chosen]) => chosen),
    probabilities: Float64Array.from(probabilities),
  });
}

function ofClasses(train: ClassMetrics, validation: ClassMetrics, more: Partial<EndedRun> = {}): EndedRun {
  const majority = ({ confusion }: ClassMetrics) => {
    const rows = confusion.map((own) => own.reduce((sum, count) => sum + count, 0));
    const most = rows.indexOf(Math.max(...rows));
    return classes(
      rows.map((count) => rows.map((_, chosen) => (chosen === most ? count : 0))),
      0.2,
    );
  };
  const count = ({ confusion }: ClassMetrics) => confusion.flat().reduce((sum, rows) => sum + rows, 0);
  return {
    ...numbers({ train: 1, validation: 1 }),
    trial: settings({}, 'binary'),
    rows: { train: count(train), validation: count(validation), test: 0 },
    metrics: { train, validation, test: null },
    baseline: { train: majority(train), validation: majority(validation), test: null },
    ...more,
  };
}

const codes = (run: EndedRun) => runVerdict(run).map(({ code }) => code);
const fixes = (run: EndedRun) => runVerdict(run).flatMap(({ fix }) => fix ?? []);

describe('what a model is worth', () => {
  it('is said with its score, and that of always giving the same answer', () => {
    expect(runVerdict(numbers({ train: 4, validation: 5 }))).toEqual([
      {
        severity: 'info',
        code: 'useful',
        params: { metric: 'rmse', part: 'validation', own: 5, baseline: 10 },
        text: 'Useful: validation RMSE 5.00, where always answering with the mean has 10.0.',
      },
    ]);
  });

  it('is nothing where it is no better, with the reason that the training rows give', () => {
    const learned = runVerdict(numbers({ train: 6, validation: 9.95 }));
    expect(learned[0]).toMatchObject({
      severity: 'warning',
      code: 'not_useful',
      params: { unlearned: 'held_out' },
      fix: { command: 'fit' },
    });
    const [unlearned] = runVerdict(numbers({ train: 9.8, validation: 11 }));
    expect(unlearned).toMatchObject({ code: 'not_useful', params: { unlearned: 'all' } });
  });

  it('is not to be searched for where there are only the four rows of a truth table', () => {
    const gate = {
      metrics: { train: rmse(10), validation: null, test: null },
      rows: { train: 4, validation: 0, test: 0 },
    };
    const [notice] = runVerdict(numbers({ train: 10, validation: 10 }, gate));
    expect(notice).toMatchObject({ code: 'not_useful', params: { unlearned: 'few' } });
    expect(notice).not.toHaveProperty('fix');
    expect(notice.text).not.toContain('fit');
  });

  it('is open where chance explains it: 8 % less are little among 100 rows, and enough among 1000', () => {
    expect(codes(numbers({ train: 8, validation: 9.2 }))).toEqual(['perhaps_useful']);
    const rows = { train: 4000, validation: 1000, test: 0 };
    expect(codes(numbers({ train: 8, validation: 9.2 }, { rows }))).toEqual(['useful']);
  });

  it('is not known of new rows where none are held out', () => {
    const alone = { metrics: { train: rmse(3), validation: null, test: null } };
    expect(codes(numbers({ train: 3, validation: 3 }, alone))).toEqual(['learned_rows']);
  });

  it('goes by validation rows, and by test rows only without them: a test is no help to choose by', () => {
    const metrics = { train: rmse(4), validation: rmse(5), test: rmse(20) };
    const baseline = { train: rmse(10), validation: rmse(10), test: rmse(10) };
    const rows = { train: 400, validation: 100, test: 100 };
    expect(codes(numbers({ train: 4, validation: 5 }, { metrics, baseline, rows }))).toEqual(['useful']);
    const tested = { metrics: { ...metrics, validation: null }, baseline, rows: { ...rows, validation: 0 } };
    const [{ params }] = runVerdict(numbers({ train: 4, validation: 5 }, tested));
    expect(params).toMatchObject({ part: 'test', own: 20 });
  });

  it('is judged by accuracy where classes are even, by balanced accuracy where they are not', () => {
    const even = classes([
      [45, 5],
      [10, 40],
    ]);
    expect(runVerdict(ofClasses(even, even))[0].params).toMatchObject({ metric: 'accuracy', own: 0.85, baseline: 0.5 });
    const rare = classes([
      [880, 20],
      [40, 60],
    ]);
    const [notice] = runVerdict(ofClasses(rare, rare));
    expect(notice.params).toMatchObject({ metric: 'balanced_accuracy', baseline: 0.5 });
    expect(notice.params?.own).toBeCloseTo((880 / 900 + 60 / 100) / 2, 12);
  });
});

describe('a column that gives the answer away', () => {
  const leak: Notice = critical(message(tables, 'leak_equal', { column: 'total' }), { topic: 'leak', column: 'total' });

  it('is all that is said, with the button that leaves it out', () => {
    expect(runVerdict(numbers({ train: 0.1, validation: 0.1 }, { notices: [leak] }))).toMatchObject([
      { code: 'given_away', column: 'total', fix: { setting: 'ignore', column: 'total' } },
    ]);
  });

  it('is no other notice', () => {
    const notices = [{ ...leak, topic: 'constant' as const }];
    expect(codes(numbers({ train: 4, validation: 5 }, { notices }))).toEqual(['useful']);
  });
});

describe('a class that is hardly ever predicted', () => {
  const missing = classes([
    [95, 0, 0],
    [4, 90, 0],
    [30, 9, 1],
  ]);

  it('is named, and weights are advised unless they are on', () => {
    expect(runVerdict(ofClasses(missing, missing))).toMatchObject([
      { code: 'useful' },
      {
        code: 'classes_missed',
        params: { missed: ['c'], weighted: false },
        fix: { setting: 'class_weights', value: 'balanced' },
      },
    ]);
    const [, weighted] = runVerdict(ofClasses(missing, missing, { class_weights: 'balanced' }));
    expect(weighted).toMatchObject({ code: 'classes_missed', params: { weighted: true } });
    expect(weighted).not.toHaveProperty('fix');
  });

  it('is not one of fewer than five rows, nor one that is found now and then', () => {
    const few = classes([
      [95, 0, 0],
      [4, 90, 0],
      [3, 1, 0],
    ]);
    expect(codes(ofClasses(few, few))).toEqual(['useful']);
    const some = classes([
      [95, 0, 0],
      [4, 90, 0],
      [26, 9, 5],
    ]);
    expect(codes(ofClasses(some, some))).toEqual(['useful']);
  });
});

describe('overfitting', () => {
  it('is an error twice that on the training rows, and a tenth of the baseline above it', () => {
    expect(runVerdict(numbers({ train: 2, validation: 4 }))).toMatchObject([
      { code: 'useful' },
      {
        code: 'memorized',
        params: { error: 'rmse', own: 4, train_score: 2, dropout: true },
        fix: { setting: 'dropout', value: 0.4 },
      },
    ]);
    expect(codes(numbers({ train: 2, validation: 3.9 }))).toEqual(['useful']);
    // Ten times as large, but both are next to nothing.
    expect(codes(numbers({ train: 0.09, validation: 0.9 }))).toEqual(['useful']);
  });

  it('is not seen in a few rows', () => {
    const rows = { train: 60, validation: 19, test: 0 };
    expect(codes(numbers({ train: 2, validation: 4 }, { rows }))).toEqual(['useful']);
  });

  it.each([
    [0, 0.2],
    [0.4, 0.5],
    [[0, 0.1], 0.3],
  ])('advises more dropout than %s', (dropout, value) => {
    const trial = settings({ model: { hidden: [8, 8], dropout } });
    expect(fixes(numbers({ train: 2, validation: 4 }, { trial }))).toEqual([{ setting: 'dropout', value }]);
  });

  it.each([
    ['there is much already', { hidden: [8], dropout: 0.5 }],
    ['there is no hidden layer', { hidden: [] }],
  ])('advises a search where %s', (_, model) => {
    const trial = settings({ model });
    expect(fixes(numbers({ train: 2, validation: 4 }, { trial }))).toEqual([{ command: 'fit' }]);
  });

  it('is validation that got worse, which is said instead', () => {
    const history = Array.from({ length: 60 }, (_, index) => ({
      train_loss: 1 / (index + 1),
      validation_loss: 0.2 + Math.abs(index - 10) / 50,
    }));
    const trial = settings({ training: { early_stopping: false } });
    const run = numbers({ train: 1, validation: 5 }, { history, trial });
    expect(codes(run)).toEqual(['useful', 'overfitted']);
    expect(fixes(run)).toEqual([{ setting: 'early_stopping' }]);
  });

  it('of classes shows in the log loss, or where that was not learned in wrong answers', () => {
    const right = classes([
      [100, 0],
      [0, 100],
    ]);
    const held = classes([
      [40, 10],
      [10, 40],
    ]);
    const [, notice] = runVerdict(ofClasses(right, held));
    expect(notice).toMatchObject({ code: 'memorized', params: { error: 'log_loss' } });
    const trial = settings({ model: { hidden: [] }, training: { loss: 'perceptron' } }, 'binary');
    const [, wrong] = runVerdict(ofClasses(right, held, { trial }));
    expect(wrong.params).toMatchObject({ error: 'error_rate', train_score: 0 });
    expect(wrong.params?.own).toBeCloseTo(0.2, 12);
  });
});

describe('a loss that was still falling', () => {
  const falling = Array.from({ length: 60 }, (_, index) => ({
    train_loss: 2 / Math.sqrt(index + 1),
    validation_loss: 1 / Math.sqrt(index + 1),
  }));
  const trial = settings({ training: { epochs: 60 } });

  it('advises twice the epochs, and says nothing of a fit that is not finished', () => {
    const run = numbers({ train: 2, validation: 5 }, { history: falling, trial });
    expect(runVerdict(run)).toMatchObject([
      { code: 'useful' },
      {
        code: 'still_falling',
        params: { epochs: 60, watched: 'validation' },
        fix: { setting: 'epochs', value: 120 },
      },
    ]);
    const alone = falling.map((record) => ({ ...record, validation_loss: null }));
    const [, told] = runVerdict(numbers({ train: 2, validation: 5 }, { history: alone, trial }));
    expect(told.params).toMatchObject({ watched: 'training' });
  });

  it('is not said of a run that was stopped, by a rule or by hand', () => {
    for (const stopped of ['early_stopping', 'loss_plateau', 'interrupted'] as const) {
      const outcome = { stopped, kept_epoch: 60 };
      expect(codes(numbers({ train: 4, validation: 5 }, { history: falling, trial, outcome }))).toEqual(['useful']);
    }
  });

  it('is not worth more epochs where next to no error is left', () => {
    expect(codes(numbers({ train: 0.4, validation: 0.4 }, { history: falling, trial }))).toEqual(['useful']);
  });
});

describe('underfitting', () => {
  it('is an error on the training rows that is hardly below the baseline', () => {
    const rows = { train: 40_000, validation: 10_000, test: 0 };
    expect(runVerdict(numbers({ train: 9.1, validation: 9.2 }, { rows }))).toMatchObject([
      { code: 'useful' },
      { code: 'underfitted', params: { error: 'rmse', train_score: 9.1, baseline: 10 }, fix: { command: 'fit' } },
    ]);
    expect(codes(numbers({ train: 8.9, validation: 9 }, { rows }))).toEqual(['useful']);
  });
});

describe('nothing is said', () => {
  it('of a run that diverged, or that keeps no epoch', () => {
    expect(codes(numbers({ train: 1, validation: 5 }, { outcome: { stopped: 'diverged', kept_epoch: 3 } }))).toEqual(
      [],
    );
    expect(codes(numbers({ train: 1, validation: 5 }, { outcome: { stopped: 'interrupted', kept_epoch: 0 } }))).toEqual(
      [],
    );
  });

  it('of scores that are no numbers', () => {
    expect(codes(numbers({ train: Number.NaN, validation: Number.NaN }))).toEqual([]);
  });
});
