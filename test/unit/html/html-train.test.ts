/** The report of a run: it says what was measured, as it was measured, whatever columns and classes are called. */

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { summarize } from '../../../src/data/prepare/summary.ts';
import { warning } from '../../../src/data/table/notices.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { pictureOf } from '../../../src/html/picture.ts';
import { type TrainReport, trainReport } from '../../../src/html/train-report.ts';
import { modelCard } from '../../../src/model/card/card.ts';
import type { CardPart, Words } from '../../../src/model/card/parts.ts';
import { baselineMetrics } from '../../../src/model/metrics.ts';
import { onlyMember } from '../../../src/model/model-data.ts';
import { checkData } from '../../../src/spec/check.ts';
import { withFirstData } from '../../../src/spec/first-defaults.ts';
import { commandOf } from '../../../src/spec/shell.ts';
import type { RecordedData } from '../../../src/train/recorded-data.ts';
import { figure } from '../../../src/util/format.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { residuals } from '../../../src/util/statistics/order-statistics.ts';
import { prepare, train } from '../../support/first-defaults.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

const odd = `<script>alert("1")</script> & 'x'`;
const rows = 80;

/** A number, two of them or classes from one or two columns, with any names. */
function tableOf(kind: 'curve' | 'plane' | 'classes', target: string, feature: string, name: string): Table {
  const x = Float64Array.from({ length: rows }, (_, row) => Math.sin(row * 1.7) * 3);
  const z = Float64Array.from({ length: rows }, (_, row) => Math.cos(row * 2.3));
  const y = x.map((value, row) => 5 + value - (kind === 'curve' ? 0 : z[row]));
  const classes = {
    kind: 'text' as const,
    levels: [name, `${name}?`],
    codes: Uint32Array.from(y, (value) => (value > 5 ? 2 : 1)),
  };
  return {
    source: name,
    rows,
    rowsBefore: 1,
    notices: [warning(`Something about ${name}`)],
    columns: [
      { name: feature, kind: 'number', values: x },
      ...(kind === 'curve' ? [] : [{ name: `${feature}.`, kind: 'number' as const, values: z }]),
      kind === 'classes' ? { name: target, ...classes } : { name: target, kind: 'number', values: y },
    ],
  };
}

async function reportOf(table: Table, target: string, command = ['train', odd]): Promise<TrainReport> {
  const settings = checkData(withFirstData({ target }));
  const data = prepare(table, settings);
  const engine = await requestEngine({ kind: 'reference' });
  const run = train(engine, data, {
    model: { hidden: [6] },
    training: { epochs: 12, early_stopping: { patience: 3 } },
  });
  const model = await run.model();
  const network = onlyMember(model);
  const scores = async (set: 'train' | 'validation' | 'test') => run.metrics(set);
  const { train: inTrain, validation, test } = data.sets;
  const { kind, adapter, software, why } = engine;
  const report: TrainReport = {
    target,
    data: {
      file: table.source,
      summary: summarize(table, settings),
      preprocessing: data.preprocessing,
      rows: { total: data.rows, train: inTrain.length, validation: validation.length, test: test.length },
      inputs: data.columns,
      notices: [...table.notices, ...data.notices],
    },
    history: run.history,
    outcome: { ...run.outcome!, ended: run.outcome!.explanation, verdict: [] },
    network: { units: [data.columns, 6, data.outputs], words: 'tanh', parameters: network.parameters.length },
    settings: { data: settings, trial: network.settings as TrainReport['settings']['trial'] },
    changes: [],
    metrics: { train: await scores('train'), validation: await scores('validation'), test: await scores('test') },
    baseline: {
      train: baselineMetrics(data, 'train'),
      validation: baselineMetrics(data, 'validation'),
      test: baselineMetrics(data, 'test'),
    },
    picture: await pictureOf(data, (features, count) => run.predict(features, count)),
    model,
    origin: {
      command: commandOf(command),
      version: '1.2.3',
      runtime: 'Node 20.0.0',
      made: new Date(0),
      engine: { kind, adapter, software, why: inEnglish(why) },
      plans: [{ name: 'plain', why: 'there is no other' }],
      seconds: 1.5,
    },
  };
  await run.destroy();
  return report;
}

function rmseOf(metrics: TrainReport['metrics'], set: 'train' | 'validation' | 'test'): number {
  const own = metrics[set];
  if (!own || !('rmse' in own)) throw new Error(`${set} has no rmse`);
  return own.rmse;
}

function wordsOf(part: CardPart): Words[] {
  if (part.kind === 'table') return [part.caption, ...part.columns, ...part.rows.flat()];
  return part.kind === 'list' ? [...part.items] : part.kind === 'words' ? [part.words] : [part.text];
}

/** Several blanks are one. */
function asOnPage(words: Words): string {
  const text =
    typeof words === 'string' ? words : words.map((part) => (typeof part === 'string' ? part : part.code)).join('');
  return text.replace(/\s+/g, ' ').trim().replaceAll(' %', '\u00a0%');
}

describe('trainReport', () => {
  let curve: TrainReport;
  let plane: TrainReport;
  let classes: TrainReport;
  beforeAll(async () => {
    curve = await reportOf(tableOf('curve', 'y', 'x', 'curve.csv'), 'y');
    plane = await reportOf(tableOf('plane', odd, `x ${odd}`, odd), odd);
    classes = await reportOf(tableOf('classes', odd, `x ${odd}`, odd), odd);
  });

  it('is one page that asks nobody for anything and has words for every picture', () => {
    for (const report of [curve, plane, classes]) expectReport(trainReport(report));
  });

  it('says the numbers that were measured, beside the baseline', () => {
    const text = textOfPage(trainReport(curve));
    const { test, validation } = curve.metrics;
    const { test: baseline } = curve.baseline;
    if (!test || !validation || !baseline || !('rmse' in test && 'rmse' in validation && 'rmse' in baseline))
      throw new Error();
    expect(text).toContain(` ${figure(test.rmse)} `);
    expect(text).toContain(
      `predictions of y are off by ${figure(test.rmse)} (root mean square, in units of y); always answering with the mean of the training rows is off by ${figure(baseline.rmse)}`,
    );
    const row = (['train', 'validation', 'test'] as const).map((set) => figure(rmseOf(curve.metrics, set), 4));
    expect(text).toContain(` RMSE ${row.join(' ')} ${figure(baseline.rmse, 4)} `);
    expect(text).toContain('48 train, 16 validate and 16 test');
    const [last] = curve.history.slice(-1);
    expect(text).toContain(` ${last.number} ${figure(last.train_loss, 4)} ${figure(last.validation_loss, 4)} `);
    expect(text).toContain(curve.outcome.ended);
  });

  it('counts who is taken for whom', () => {
    const page = trainReport(classes);
    const { test } = classes.metrics;
    if (!test || !('confusion' in test)) throw new Error();
    const cells = [...page.matchAll(/<td class="number (?:right|wrong) shade-\d+">(?:<span class="light">)?(\d+)/g)];
    expect(cells.map(([, count]) => Number(count))).toEqual(test.confusion.flat());
    expect(textOfPage(page)).toContain('The calibration error is over 15 bins');
    expect(textOfPage(page)).toContain(`${figure(100 * test.accuracy)}\u00a0%`);
  });

  it('draws residuals as actual minus predicted, as its axis and the page say', () => {
    const targets = [{ name: 'y', actual: Float64Array.of(10, 20, 30), predicted: Float64Array.of(9, 18, 26) }];
    const page = trainReport({ ...curve, picture: { kind: 'pairs', set: 'test', targets } });
    expect([...residuals(targets[0].actual, targets[0].predicted)]).toEqual([1, 2, 4]);
    const drawing = page.slice(page.indexOf('aria-label="Residuals, actual minus predicted'));
    const [, zero] = /class="line thin t-light"[^>]* d="M[\d.]+,([\d.]+)L/.exec(drawing) ?? [];
    const [, dots] = /<g class="dots[^>]*>(.*?)<\/g>/.exec(drawing) ?? [];
    const tops = [...dots.matchAll(/M[\d.]+ ([\d.]+)h0/g)].map(([, top]) => Number(top));
    expect(tops).toHaveLength(3);
    // Positive residuals lie above zero, the largest highest.
    expect(Math.max(...tops)).toBeLessThan(Number(zero));
    expect(tops).toEqual(tops.toSorted((a, b) => b - a));
    const text = textOfPage(page);
    expect(text).toContain('residual: actual − predicted y');
    expect(text).toContain('on average predictions are 2.33 too low.');
  });

  it('has the facts of the model card, by which the model can go without the report', () => {
    const origin = { ...classes.model.origin, metrics: classes.metrics };
    const page = trainReport({ ...classes, model: { ...classes.model, origin } });
    expectReport(page);
    const text = textOfPage(page);
    const { data } = origin as { data?: RecordedData };
    expect(data?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const { sections } = modelCard({ ...classes.model, origin });
    for (const { name, heading, parts } of sections) {
      expect(text).toContain(` ${heading} `);
      if (name === 'repeat') continue;
      for (const words of parts.flatMap(wordsOf)) expect(text).toContain(asOnPage(words));
    }
    expect(text).toContain(data?.fingerprint);
    expect(text).toMatch(/ accuracy 0\.\d+ 0\.\d+ \(95\u00a0% interval 0\.\d+ to [\d.]+\) /);
  });

  it('keeps columns of the model card in a drawer where there are many', () => {
    const [feature] = curve.model.preprocessing.features;
    const features = Array.from({ length: 40 }, (_, i) => ({ ...feature, column: `c${i}` }));
    const page = trainReport({
      ...curve,
      model: { ...curve.model, preprocessing: { ...curve.model.preprocessing, features } },
    });
    expectReport(page);
    expect(page).toContain('<summary>The other 10</summary>');
    expect(textOfPage(page)).toContain('The first 30 of 40 are shown.');
  });

  it('names every setting exactly, and what it takes to repeat the run', () => {
    const text = textOfPage(trainReport(curve));
    expect(text).toContain(' model.hidden 6 ');
    expect(text).toContain(' training.optimizer.learning_rate 0.001 ');
    expect(text).toContain(' training.early_stopping.patience 3 ');
    expect(text).toContain(' split.seed 10 ');
    expect(text).toContain(` perceptron-lab train '<script>alert("1")</script> & '\\''x'\\''' `);
    expect(text).toMatch(/ adapter plain TypeScript.* plan plain: there is no other .* ran on Node 20\.0\.0 /);
  });

  it('calls a software adapter that', () => {
    const origin = {
      ...curve.origin,
      engine: { kind: 'webgpu', adapter: 'SwiftShader', software: true, why: 'asked for' },
    };
    expect(textOfPage(trainReport({ ...curve, origin }))).toContain('SwiftShader (a software adapter, not a GPU)');
  });

  it('says that a run diverged, and has a page for one that never finished an epoch', () => {
    const none = {
      ...curve,
      history: [],
      picture: undefined,
      outcome: {
        stopped: 'diverged',
        epochs_run: 1,
        best_epoch: 0,
        explanation: '',
        ended: 'Diverged in epoch 1.',
        verdict: [],
      },
    };
    const page = trainReport(none);
    expectReport(page);
    expect(page).toContain('<p class="problem">Diverged in epoch 1.');
    const wild = curve.history.map((epoch) => ({
      ...epoch,
      train_loss: Number.NaN,
      validation_loss: Number.POSITIVE_INFINITY,
    }));
    expectReport(trainReport({ ...curve, history: wild }));
  });

  it('is a page whatever columns, classes and files are called', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(name, name, fc.constantFrom('curve', 'plane', 'classes'), async (target, feature, kind) => {
        fc.pre(target !== feature && target !== `${feature}.` && target.trim() !== '' && feature.trim() !== '');
        const report = await reportOf(tableOf(kind as 'curve', target, feature, target), target, [target, feature]);
        expectReport(trainReport(report));
      }),
      { numRuns: 12 },
    );
  });

  it('stays small for many rows, epochs, columns and classes', () => {
    const history = Array.from({ length: 100_000 }, (_, i) => ({
      number: i + 1,
      train_loss: 1 / (i + 1),
      validation_loss: 2 / (i + 1),
    }));
    const many = Float64Array.from({ length: 200_000 }, (_, i) => i);
    const picture = {
      kind: 'pairs' as const,
      set: 'test' as const,
      targets: [{ name: 'y', actual: many, predicted: many }],
    };
    const [column] = curve.data.summary.columns;
    const columns = Array.from({ length: 500 }, (_, i) => ({ ...column, name: `c${i}` }));
    const data = { ...curve.data, summary: { ...curve.data.summary, columns } };
    const page = trainReport({ ...curve, history, picture, data });
    expectReport(page);
    expect(page.length).toBeLessThan(1_000_000);
    expect(page).toMatch(/50[01] of 100\u202f000 epochs are drawn/);
  });
});
