/** The founding report, small: four units a layer and two seeds, from a table to what is written down. */
import { beforeAll, describe, expect, it } from 'vitest';
import { takeLanguage } from '../../../src/cli/language.ts';
import { reportText } from '../../../src/cli/output/report-text.ts';
import { generate } from '../../../src/data/prepare/generate.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import { initialParameters, layerShapes } from '../../../src/engine/parameters.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { goodEpochOf } from '../../../src/founding/cells.ts';
import { curveData, noiseOf } from '../../../src/founding/curve-data.ts';
import { averageCurve } from '../../../src/founding/curves.ts';
import { buildTrial, cellKeys, createExperiment } from '../../../src/founding/experiment.ts';
import { type FoundingResult, foundingReport } from '../../../src/founding/founding.ts';
import { gateResults } from '../../../src/founding/gates.ts';
import { gradientFlow } from '../../../src/founding/gradient-flow.ts';
import type { Stage } from '../../../src/founding/population.ts';
import { cellsCsv, curvesCsv, fitsCsv } from '../../../src/founding/report-csv.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import type { EpochRecord } from '../../../src/train/trainer.ts';
import { resolveTrial } from '../../../src/train/trials.ts';

const small = { hidden: [4, 4], epochs: 3, seeds: 2, rounds: 1, deepest: 3 };
const engine = () => createReferenceEngine('reference', 'asked for');
const table = () => generate('curve', { rows: 60 });

describe('the report', () => {
  let result: FoundingResult;
  const stages: Stage[] = [];
  beforeAll(async () => {
    result = await foundingReport(engine(), table(), {
      ...small,
      published: true,
      repeat: 'perceptron-lab report',
      progress: ({ stage, done, of }) => {
        expect(done).toBeLessThanOrEqual(of);
        if (stages.at(-1) !== stage) stages.push(stage);
      },
    });
  }, 30_000);

  it('goes through its stages in order', () => {
    expect(stages).toEqual(['timing', 'population', 'depth', 'theory', 'published']);
  });

  it('is plain data that survives JSON', () => {
    const { report } = result;
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.interrupted).toBe(false);
    expect(report.engine).toMatchObject({ kind: 'reference', plan: 'plain', why: 'asked for' });
    expect(report.data).toMatchObject({ x: 'x', y: 'y', rows: 60, train: 48, validation: 12 });
    expect(report.data.points).toHaveLength(60);
    expect(report.experiment.seeds).toEqual([10, 11]);
  });

  it('is printed in Korean where that is asked for, names aside', async () => {
    const english = reportText(result.report, ['report.html']);
    await takeLanguage(['--lang', 'ko']);
    const korean = reportText(result.report, ['report.html']);
    await takeLanguage(['--lang', 'en']);
    // What adapters are called, and why they were chosen where nobody but this test asks.
    const said = korean
      .replace(/\s+/g, ' ')
      .replaceAll(/plain TypeScript on one CPU thread|the published update rule|asked for/g, '');
    const names = [
      ...['sigmoid', 'tanh', 'relu', 'leaky_relu', 'sgd', 'momentum', 'rmsprop', 'adam', 'half_mse', 'glorot_normal'],
      ...['SGD', 'Adam', 'RMSprop', 'RMSE', 'rmse', 'OR', 'XOR', 'CPU', 'reference', 'plain'],
      ...['curve.csv', 'report.html', 'ms', 's', 'x', 'y', ...'abcdefgh'],
    ];
    const words = said.match(/(?<![\d.])[A-Za-z][\w.]*[A-Za-z]|\b[A-Za-z]\b/g) ?? [];
    expect([...new Set(words)].filter((word) => !names.includes(word))).toEqual([]);
    expect(korean).toMatch(/\n +배치 +학습 +± +검증 +± +rmse +± +에포크 +시간\n/);
    const numbers = (text: string) => text.match(/\d+(\.\d+)?/g)?.sort();
    const tables = (text: string) => text.split('\n').filter((line) => /^\w+, \w+ +\d/.test(line));
    expect(tables(korean).map(numbers)).toEqual(tables(english).map(numbers));
  });

  it('has 24 cells of two trials each, in the order of the experiment', () => {
    const { cells, experiment } = result.report;
    expect(cells.map(({ activation, optimizer, batch_size }) => ({ activation, optimizer, batch_size }))).toEqual(
      cellKeys(experiment),
    );
    for (const cell of cells) {
      expect(cell.trials.map(({ seed }) => seed)).toEqual([10, 11]);
      expect(cell.n).toBe(2);
      const [a, b] = cell.trials.map(({ validation_rmse }) => validation_rmse);
      expect(cell.validation_rmse.mean).toBeCloseTo((a + b) / 2, 12);
      expect(cell.curve.epoch).toEqual([1, 2, 3].slice(0, cell.curve.epoch.length));
      expect(cell.fit.x).toHaveLength(121);
      expect(cell.fit.mean).toHaveLength(121);
      expect(cell.ms_per_step.median).toBeGreaterThan(0);
      // 48 rows in steps of the batch size, for as many epochs as were run.
      const steps = cell.epochs_run.mean * Math.ceil(48 / cell.batch_size);
      expect(cell.seconds.mean).toBeCloseTo((steps * cell.ms_per_step.median) / 1000, 10);
    }
  });

  it('scores what is kept: the losses are those of the rmse, and of the last epoch', () => {
    const { cells, data } = result.report;
    for (const { trials, curve } of cells) {
      for (const { validation_loss, validation_rmse } of trials) {
        expect(validation_loss).toBeCloseTo((validation_rmse / data.target_sd) ** 2 / 2, 12);
      }
      if (trials.every(({ epochs_run }) => epochs_run === 3)) {
        const mean = trials.reduce((sum, { validation_loss }) => sum + validation_loss / trials.length, 0);
        expect(curve.validation.mean.at(-1)).toBeCloseTo(mean, 6);
      }
    }
  });

  it('calls an epoch good by the lowest mean of all cells', () => {
    const { cells, data } = result.report;
    const lowest = Math.min(...cells.map(({ validation_loss }) => validation_loss.mean));
    const good = Math.min(1.5 * lowest, (data.baseline_rmse / data.target_sd) ** 2 / 8);
    for (const { trials, epochs_to_good } of cells) {
      const reached = trials.filter(({ good_epoch }) => good_epoch !== null);
      expect(epochs_to_good.reached).toBe(reached.length);
      for (const { validation_loss, good_epoch } of trials) {
        if (validation_loss <= good) expect(good_epoch).not.toBeNull();
      }
      // Never is one more than the three that were allowed.
      if (reached.length === 0) expect(epochs_to_good.mean).toBe(4);
    }
  });

  it('names the best model of all, which the model beside it is', async () => {
    const { report, best } = result;
    const lowest = Math.min(
      ...report.cells.flatMap(({ trials }) => trials.map(({ validation_rmse }) => validation_rmse)),
    );
    expect(report.best?.validation_rmse).toBe(lowest);
    expect(report.best?.parameters).toBe(33);
    expect(report.best?.note).toContain('with the 9 biases counted twice they are the 42 ');
    const [first] = report.best?.layers ?? [];
    expect(first).toMatchObject({ inputs: 1, outputs: 4, activation: report.best?.cell.activation });
    expect(Float32Array.from(first.weight)).toEqual(best?.members[0].parameters.slice(0, 4));
    // The listed fit is what the saved model answers.
    const x = report.best?.fit.x ?? [];
    const [answers] = best?.predict(await readCsv(`x\n${x.join('\n')}\n`)) ?? [];
    if (answers?.kind !== 'number') throw new Error('a curve is made of numbers');
    answers.values.forEach((value, point) => {
      expect(value).toBeCloseTo(report.best?.fit.y[point] ?? Number.NaN, 4);
    });
  });

  it('counts 23,101 parameters, and 23,402 with biases twice, at its full size', () => {
    const { parameters, seeds, epochs } = createExperiment();
    expect({ parameters, seeds: seeds.length, epochs }).toEqual({ parameters: 23_101, seeds: 10, epochs: 100 });
    expect(parameters + 150 + 150 + 1).toBe(23_402);
    expect(buildTrial(createExperiment(), { activation: 'relu', optimizer: 'adam', batch_size: 4 }, 12)).toEqual({
      model: {
        hidden: [150, 150],
        activation: 'relu',
        dropout: 0,
        output_activation: 'identity',
        initializer: 'glorot_normal',
      },
      training: {
        loss: 'half_mse',
        optimizer: { kind: 'adam', learning_rate: 1e-4 },
        batch_size: 4,
        epochs: 100,
        seed: 12,
        early_stopping: false,
        loss_plateau: { tolerance: 1e-5 },
      },
    });
  });

  it('has every depth, and what goes through the layers before and after', () => {
    const { depth, theory } = result.report;
    expect(depth?.cells).toHaveLength(4 * 2 * 3);
    expect(depth?.cells.slice(0, 3).map(({ layers, parameters }) => [layers, parameters])).toEqual([
      [1, 13],
      [2, 33],
      [3, 53],
    ]);
    expect(theory?.layers).toHaveLength(2 * 4 * 3);
    for (const { layers, gradient_rms, activation_mean } of theory?.layers ?? []) {
      expect(gradient_rms).toHaveLength(layers + 1);
      expect(activation_mean).toHaveLength(layers);
      expect(gradient_rms.every((value) => Number.isFinite(value))).toBe(true);
    }
    expect(theory?.optimizers.runs.map(({ name }) => name)).toEqual(['sgd', 'momentum', 'rmsprop', 'adam']);
  });

  it('answers all findings, a to f under the published rule too', () => {
    const { findings, published } = result.report;
    expect(findings.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect(findings.filter((finding) => finding.published).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(published?.cells).toHaveLength(24);
    expect(published?.cells[0].train_loss.mean).not.toBeCloseTo(result.report.cells[0].train_loss.mean, 6);
  });

  it('tells the slips apart: averages alone are right for one row in a batch', () => {
    const { cells = [] } = result.report.published?.slips ?? {};
    expect(cells).toHaveLength(5 * 8);
    const rmse = (slips: string, batch: number) =>
      cells.find(
        (cell) =>
          cell.slips === slips && cell.activation === 'tanh' && cell.optimizer === 'adam' && cell.batch_size === batch,
      )?.validation_rmse.mean ?? Number.NaN;
    expect(rmse('averaged', 1)).toBeCloseTo(rmse('none', 1), 6);
    for (const slips of ['shifted', 'shared', 'all']) expect(rmse(slips, 1)).not.toBeCloseTo(rmse('none', 1), 4);
    expect(rmse('averaged', 8)).not.toBeCloseTo(rmse('none', 8), 6);
  });

  it('is written as tables: a line for each cell, epoch and point', () => {
    const { report } = result;
    const lines = (parts: Iterable<string>) => [...parts].join('').trimEnd().split(/\r?\n/);
    const cells = lines(cellsCsv(report));
    expect(cells).toHaveLength(1 + 48);
    expect(cells[0]).toMatch(/^rule,activation,optimizer,batch_size,n,diverged,train_loss_mean,/);
    expect(cells[1]).toMatch(/^right,sigmoid,sgd,1,2,0,0\.\d+/);
    expect(cells[25]).toMatch(/^published,sigmoid,sgd,1,/);
    const epochs = [...report.cells, ...(report.published?.cells ?? [])].reduce(
      (sum, { curve }) => sum + curve.epoch.length,
      0,
    );
    expect(lines(curvesCsv(report))).toHaveLength(1 + epochs);
    expect(lines(fitsCsv(report))).toHaveLength(1 + 48 * 121);
  });

  it('gives the same numbers again, but for times', async () => {
    const again = await foundingReport(engine(), table(), { ...small, rounds: 0 });
    const losses = ({ report }: FoundingResult) => report.cells.map(({ train_loss }) => train_loss);
    expect(losses(again)).toEqual(losses(result));
    expect(again.report.published).toBeUndefined();
    expect(again.report.findings.every((finding) => finding.published === undefined)).toBe(true);
  }, 30_000);
});

describe('a report that is ended', () => {
  it('says what there is', async () => {
    const abort = new AbortController();
    const { report, best } = await foundingReport(engine(), table(), {
      ...small,
      rounds: 0,
      epochs: 1000,
      signal: abort.signal,
      progress: ({ stage, done }) => {
        if (stage === 'population' && done > 0) abort.abort();
      },
    });
    expect(report.interrupted).toBe(true);
    expect(report.depth).toBeUndefined();
    expect(report.findings.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(report.cells[0].stopped.interrupted).toBe(2);
    expect(report.cells[0].trials[0].epochs_run).toBeGreaterThan(0);
    expect(best).toBeDefined();
  }, 30_000);

  it('before anything was trained has cells, and no best model', async () => {
    const { report, best } = await foundingReport(engine(), table(), { ...small, signal: AbortSignal.abort() });
    expect(report.cells).toHaveLength(24);
    expect(report.cells[0].ms_per_step.median).toBeNaN();
    expect(report.best).toBeUndefined();
    expect(best).toBeUndefined();
    expect(report.findings.find(({ id }) => id === 'a')?.checks[5].outcome).toBe('unclear');
  });
});

describe('the table', () => {
  const experiment = createExperiment();
  const read = async (text: string) => curveData(await readCsv(text), experiment);
  const rows = (make: (i: number) => string) => Array.from({ length: 20 }, (_, i) => make(i)).join('\n');

  it('may have other columns beside x and y', async () => {
    const { facts, notices } = await read(`name,y,x\n${rows((i) => `n${i % 3},${i * i},${i}`)}\n`);
    expect(facts).toMatchObject({ x: 'x', y: 'y', train: 16, validation: 4 });
    expect(facts.points.map(({ x }) => x).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const { x, y } of facts.points) expect(y).toBeCloseTo(x * x, 3);
    expect(notices).toEqual([]);
  });

  it('takes two columns of numbers for x and y, and says so', async () => {
    const { facts, notices } = await read(`t,v\n${rows((i) => `${i},${Math.sin(i)}`)}\n`);
    expect(facts).toMatchObject({ x: 't', y: 'v' });
    expect(notices[0].text).toBe('The table has no columns x and y: "t" is taken for x, "v" for y.');
  });

  it.each([
    [
      `a,b,c\n${rows((i) => `${i},${i},${i}`)}\n`,
      /fits y by x; give a table with columns x and y, .* \(this one has a, b, c\)/,
    ],
    [`x,z,y\n${rows((i) => `${i},1,t${i}`)}\n`, /column "y": holds text where numbers are needed \("t0" is none\)/],
    ['x,y\n1,2\n2,3\n3,4\n', /has 3 rows; the founding report needs at least 10/],
    [`x,y\n${rows((i) => `1,${i}`)}\n`, /has no column to predict "y" from/],
    [`x,y\n${rows((i) => `${i},7`)}\n`, /column "y" of .* is 7 in every training row/],
  ])('is refused in one line: %#', async (text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence);
  });

  it('tells its noise by its neighbours', () => {
    const { facts } = curveData(generate('curve', { noise: 0.1 }), experiment);
    expect(facts.noise_sd).toBeGreaterThan(0.09);
    expect(facts.noise_sd).toBeLessThan(0.11);
    // y = 0, 1, 0, 1: half the mean squared difference is 1/2.
    expect(noiseOf([3, 1, 0, 2].map((x) => ({ x, y: x % 2 })))).toBeCloseTo(Math.sqrt(0.5), 12);
  });
});

it('the good epoch is the first whose validation loss is low enough', () => {
  const history = [0.5, 0.2, 0.3, 0.1].map((loss, i) => ({ number: i + 1, validation_loss: loss }) as EpochRecord);
  expect([0.1, 0.2, 0.25, 0.05].map((good) => goodEpochOf(history, good))).toEqual([4, 2, 2, null]);
  expect(goodEpochOf(history, Number.NaN)).toBeNull();
});

it('curves are of the trials that ran an epoch, without those that diverged in it', () => {
  const record = (train_loss: number, validation_loss: number) => ({ train_loss, validation_loss }) as EpochRecord;
  const { epoch, n, train, validation } = averageCurve([
    [record(1, 2), record(Number.NaN, 1)],
    [record(3, 4), record(2, 3), record(1, 1)],
  ]);
  expect({ epoch, n }).toEqual({ epoch: [1, 2, 3], n: [2, 1, 1] });
  expect(train).toEqual({ mean: [2, 2, 1], sd: [Math.SQRT2, 0, 0] });
  expect(validation.mean).toEqual([3, 3, 1]);
});

describe('the theory', () => {
  it('a perceptron learns OR and not XOR, a network learns both', async () => {
    const results = await gateResults([10, 11, 12]);
    expect(results.map(({ gate, network, learned }) => [gate, network, learned])).toEqual([
      ['or', 'perceptron', 3],
      ['xor', 'perceptron', 0],
      ['xor', 'mlp', 3],
    ]);
    expect(results[0].outputs).toEqual([0, 1, 1, 1]);
    results[2].outputs.forEach((output, row) => {
      expect(Math.abs(output - [0, 1, 1, 0][row])).toBeLessThan(0.2);
    });
  });

  it('gradients shrink backwards with sigmoid and keep their size with tanh; sigmoid is centred on a half', () => {
    const { data } = curveData(table(), createExperiment());
    const signals = (['sigmoid', 'tanh'] as const).map((activation) => {
      const { model } = resolveTrial(
        checkTrial({ model: { hidden: [30, 30, 30, 30, 30, 30], activation } }),
        'regression',
      );
      const shapes = layerShapes(model, 1, 1);
      return gradientFlow(data, shapes, initialParameters(shapes, 'glorot_normal', 10));
    });
    const [sigmoid, tanh] = signals.map(({ gradient_rms }) => gradient_rms[1] / gradient_rms[5]);
    expect(sigmoid).toBeLessThan(0.02);
    expect(tanh).toBeGreaterThan(0.2);
    for (const mean of signals[0].activation_mean) expect(Math.abs(mean - 0.5)).toBeLessThan(0.15);
    for (const mean of signals[1].activation_mean) expect(Math.abs(mean)).toBeLessThan(0.15);
    const { gradient_norm, gradient_rms } = signals[1];
    expect(gradient_norm[1]).toBeCloseTo(gradient_rms[1] * 30, 10);
  });
});
