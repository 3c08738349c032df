/** The founding report as a page: every verdict, figure and weight as it is in the report, and whatever is missing left out. */
import { describe, expect, it } from 'vitest';
import { warning } from '../../../src/data/table/notices.ts';
import { foundingHtml } from '../../../src/founding/page/page.ts';
import {
  type Curve,
  type FoundingCell,
  type FoundingReport,
  foundingActivations,
  foundingBatchSizes,
  foundingOptimizers,
} from '../../../src/founding/report.ts';
import { figure } from '../../../src/util/format.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

/** The page is English. */
const unsaid = { code: '', params: {}, text: '' };
const odd = `<script>alert("1")</script> & 'x'`;
const spread = (mean: number, sd = mean / 10) => ({
  n: 2,
  mean,
  sd,
  low: mean - sd,
  high: mean + sd,
  interval: 't' as const,
});
const meanSd = (values: number[]) => ({ mean: values, sd: values.map((value) => value / 10) });
const range = <Value>(count: number, of: (index: number) => Value) => Array.from({ length: count }, (_, i) => of(i));

function curveOf(scale: number): Curve {
  const losses = range(30, (i) => scale / (i + 1));
  return { epoch: range(30, (i) => i + 1), n: range(30, () => 2), train: meanSd(losses), validation: meanSd(losses) };
}

function cellsOf(shift: number): FoundingCell[] {
  return foundingActivations.flatMap((activation, a) =>
    foundingOptimizers.flatMap((optimizer, o) =>
      foundingBatchSizes.map((batch_size, b): FoundingCell => {
        const rmse = shift + 0.1 + a * 0.04 + o * 0.013 + b * 0.0011;
        return {
          activation,
          optimizer,
          batch_size,
          n: 2,
          diverged: 0,
          stopped: { epochs: 1, loss_plateau: 1 },
          train_loss: spread(rmse ** 2),
          validation_loss: spread(rmse ** 2),
          validation_rmse: spread(rmse),
          epochs_run: spread(30, 0),
          epochs_to_good: { ...spread(12, 3), reached: 2 },
          ms_per_step: { median: 0.0123, low: 0.01, high: 0.02 },
          seconds: spread(1),
          curve: curveOf(rmse),
          fit: { x: range(121, (i) => i / 20 - 3), ...meanSd(range(121, (i) => Math.sin(i / 20))) },
          trials: [],
        };
      }),
    ),
  );
}

const layers = [
  { inputs: 1, outputs: 3, activation: 'tanh' as const, weight: [0.1, -0.25, 0.123456789], bias: [1, 2, 3] },
  {
    inputs: 3,
    outputs: 1,
    activation: 'identity' as const,
    weight: [7, 8, 9].map((value) => value / 11),
    bias: [-0.5],
  },
];

const whole: FoundingReport = {
  file: odd,
  experiment: {
    hidden: [150, 150],
    output_activation: 'identity',
    initializer: 'glorot_normal',
    loss: 'half_mse',
    epochs: 30,
    learning_rate: 1e-4,
    loss_plateau: 1e-5,
    activations: [...foundingActivations],
    optimizers: [...foundingOptimizers],
    batch_sizes: [...foundingBatchSizes],
    seeds: [10, 11],
    split: { train: 0.8, validation: 0.2, test: 0, seed: 10 },
    scaling: 'standardize',
    parameters: 23_101,
  },
  engine: {
    kind: 'webgpu',
    adapter: 'SwiftShader',
    software: true,
    plan: 'resident',
    plan_why: 'fits',
    why: 'asked for',
  },
  versions: { 'perceptron-lab': '1.2.3', runtime: 'Node 20 on linux' },
  repeat: `perceptron-lab report '${odd}' --seeds 2`,
  data: {
    x: odd,
    y: `${odd}!`,
    rows: 50,
    train: 40,
    validation: 10,
    points: range(50, (i) => ({ x: i / 10 - 2, y: Math.sin(i), set: i % 5 ? 'train' : 'validation' })),
    target_sd: 0.8,
    noise_sd: 0.0972,
    baseline_rmse: 0.8231,
  },
  cells: cellsOf(0),
  timing: 'One network of each was timed alone.',
  said: {
    timing: { code: 'timed_alone', params: {}, text: 'One network of each was timed alone.' },
    why: 'asked for',
    plan_why: 'fits',
  },
  depth: {
    units: 150,
    epochs: 20,
    seeds: [10, 11],
    cells: foundingActivations.flatMap((activation) =>
      [1, 2, 3].map((depth) => ({
        activation,
        optimizer: 'adam' as const,
        batch_size: 8,
        layers: depth,
        parameters: 100,
        n: 2,
        diverged: 0,
        train_loss: spread(0.1 * depth),
        validation_loss: spread(0.1),
        validation_rmse: spread(0.1),
        epochs_run: spread(20),
        curve: curveOf(1),
      })),
    ),
  },
  theory: {
    gates: [
      {
        gate: 'xor',
        network: 'perceptron',
        units: [2, 1],
        n: 10,
        learned: 0,
        epochs: 200,
        rows_right: spread(2.1, 0.3),
        outputs: [0, 1, 1, 1],
      },
    ],
    layers: foundingActivations.map((activation) => ({
      activation,
      layers: 3,
      when: 'start' as const,
      n: 2,
      gradient_rms: [0.001, 0.01, 0.1, 1],
      gradient_norm: [1, 2, 3, 4],
      activation_mean: [0.5, 0.5, 0.5],
      activation_sd: [0.1, 0.1, 0.1],
    })),
    optimizers: {
      activation: 'relu',
      batch_size: 8,
      epochs: 30,
      learning_rate: 1e-4,
      seeds: [10, 11],
      runs: (['sgd', 'momentum', 'rmsprop', 'adam'] as const).map((name) => ({
        name,
        settings: 'none',
        n: 2,
        train_loss: spread(0.3),
        validation_loss: spread(0.3),
        curve: curveOf(0.5),
      })),
    },
  },
  published: {
    rule: 'Averages before products.',
    said: { rule: { code: 'published_rule', params: {}, text: 'Averages before products.' } },
    seeds: [10, 11],
    epochs: 30,
    cells: cellsOf(0.5),
    slips: {
      epochs: 6,
      seeds: [10, 11],
      cells: (['none', 'averaged', 'shifted', 'shared', 'all'] as const).map((slips, index) => ({
        activation: 'tanh' as const,
        optimizer: 'sgd' as const,
        batch_size: 8,
        slips,
        n: 2,
        validation_rmse: spread(0.21 + index),
      })),
    },
    seconds: 3,
  },
  findings: (['holds', 'does not hold', 'depends'] as const).map((verdict, index) => ({
    id: (['a', 'b', 'c'] as const)[index],
    claim: `Claim ${index} of ${odd}.`,
    verdict,
    numbers: `Numbers ${index}.`,
    criterion: `Criterion ${index}.`,
    checks: [{ name: odd, outcome: 'unclear', numbers: '1 against 2' }],
    said: { claim: unsaid, criterion: unsaid, numbers: unsaid },
    ...(index === 0
      ? { published: { verdict: 'depends' as const, numbers: 'Others.', checks: [], said: { numbers: unsaid } } }
      : {}),
  })),
  best: {
    cell: { activation: 'tanh', optimizer: 'adam', batch_size: 4 },
    seed: 11,
    validation_rmse: 0.1012,
    epochs_run: 30,
    parameters: 10,
    note: '10 weights and biases; with the 4 biases counted twice they are 14.',
    said: { note: { code: 'parameters_counted', params: {}, text: '10 weights and biases.' } },
    layers,
    scaling: { x: { offset: 0.1, scale: 1.5 }, y: { offset: -0.2, scale: 0.8 } },
    fit: { x: [-2, 0, 2], y: [0, 1, 0] },
  },
  interrupted: false,
  notices: [warning(odd)],
  seconds: 12,
};

describe('foundingHtml', () => {
  const page = foundingHtml(whole, new Date(0));
  const text = textOfPage(page);

  it('is one page that asks nobody for anything, with words for every picture', () => {
    const tags = expectReport(page);
    // 8 panels of validation, training and fits, and of losses and fits as published; depth and gradients; twice two widths.
    expect(tags.filter(({ attributes }) => attributes.role === 'img')).toHaveLength(5 * 8 + 2 * 4 + 2 * 2);
  });

  it('gives each finding its verdict, and the published one beside it', () => {
    expect(text).toMatch(/ a Claim 0 of .* Holds Depends b Claim 1 of .* Does not hold – c Claim 2 of .* Depends – /);
    expect(text).toMatch(/ Does not hold \. Numbers 1\. Criterion 1\. /);
    expect(text).toContain('not to be told from chance');
  });

  it('has all 24 combinations in its table, as they were measured, the published beside them', () => {
    for (const [index, { activation, optimizer, batch_size, validation_rmse }] of whole.cells.entries()) {
      const other = whole.published!.cells[index].validation_rmse;
      const of = ({ mean, sd }: { mean: number; sd: number }) => `${figure(mean)} ± ${figure(sd, 2)}`;
      expect(text).toContain(` ${activation} ${optimizer} ${batch_size} ${of(validation_rmse)} ${of(other)} `);
    }
    expect(text).toContain(`noise in the rows ${figure(whole.data.noise_sd)} `);
    expect(text).toContain('last\u00a01, plateau\u00a01');
  });

  it('lists every weight so that it can be read back, and says how parameters are counted', () => {
    const lists = [...page.matchAll(/<pre class="weights">([^<]*)</g)].map(([, list]) => list);
    expect(lists).toHaveLength(layers.length);
    lists.forEach((list, index) => {
      const units = list.split('\n').map((line) => line.split(': '));
      expect(units.map(([bias]) => Number(bias))).toEqual(layers[index].bias);
      const weights = units.flatMap(([, line]) => line.split(' ').map(Number));
      weights.forEach((weight, place) => {
        expect(Math.fround(weight)).toBe(Math.fround(layers[index].weight[place]));
      });
    });
    expect(text).toContain('counted twice they are 14');
  });

  it('has the model itself to be downloaded, where it is given', () => {
    expect(page).not.toContain('download=');
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index);
    const [, base64] =
      /href="data:application\/octet-stream;base64,([^"]*)"/.exec(foundingHtml(whole, undefined, bytes)) ?? [];
    expect(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))).toEqual(bytes);
  });

  it('says what each slip does by itself', () => {
    const values = whole.published?.slips.cells.map(({ validation_rmse }) => figure(validation_rmse.mean)) ?? [];
    expect(text).toMatch(new RegExp(` tanh sgd 8 ${values.map((value) => `${value} ± [\\d.]+`).join(' ')} `));
  });

  it('says what it was made with and how to make it again', () => {
    expect(text).toContain(`perceptron-lab report '${odd}' --seeds 2`);
    expect(text).toContain('SwiftShader (a software adapter, not a GPU)');
    expect(text).toContain(' learning_rate 0.0001 ');
    expect(text).toContain(' hidden 150,150 ');
  });

  it('leaves out what is missing, and bears numbers that are none', () => {
    const none = { ...spread(Number.NaN), n: 1 };
    const bare: FoundingReport = {
      ...whole,
      depth: undefined,
      theory: undefined,
      published: undefined,
      best: undefined,
      findings: [],
      interrupted: true,
      cells: whole.cells.map((cell) => ({
        ...cell,
        validation_rmse: none,
        train_loss: none,
        curve: { epoch: [], n: [], train: meanSd([]), validation: meanSd([]) },
      })),
    };
    expectReport(foundingHtml(bare));
    // As report.json has it.
    expectReport(foundingHtml(JSON.parse(JSON.stringify(bare))));
    expect(foundingHtml(bare)).toContain('Training was ended by hand');
  });
});
