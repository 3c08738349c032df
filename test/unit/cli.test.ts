/** The command as a person or a script meets it: words in; standard output, standard error and an exit code out. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv.ts';
import { textOf } from '../../src/data/table.ts';
import type { RegressionMetrics } from '../../src/train/metrics.ts';
import { loadModel } from '../../src/train/model.ts';

const main = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 60 }, (_, i) => {
  const x = i / 10 - 3;
  return { x: x.toFixed(2), y: (20 + 5 * Math.sin(x) + ((i * 7) % 5) / 10).toFixed(3) };
});
const curve = `x,y\n${rows.map(({ x, y }) => `${x},${y}`).join('\n')}\n`;

/** People of every kind of column, with gaps; whether they answer depends on age and city. */
function people(count: number, labelled = true): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const age = 20 + ((i * 37) % 50);
    const city = ['Seoul', 'Busan', 'Jeju'][i % 3];
    const born = new Date(Date.UTC(2020 - age, i % 12, 1 + (i % 28))).toISOString().slice(0, 10);
    const answer = age > 45 || city === 'Jeju' ? 'yes' : 'no';
    const cells = [i % 11 === 5 ? '' : age, i % 13 === 6 ? 'NA' : city, born, 1000 * age + 500 * (i % 3), `p-${i}x`];
    return [...cells, ...(labelled ? [answer] : [])].join(',');
  });
  return `age,city,born,income,name${labelled ? ',answer' : ''}\n${lines.join('\n')}\n`;
}

beforeAll(() => {
  if (!existsSync(main)) throw new Error(`${main} is missing: npm test builds it, or npx vite build --mode cli`);
  writeFileSync(join(folder, 'curve.csv'), curve);
  writeFileSync(join(folder, 'text.csv'), 'x,y\n1,2\n2,abc\n3,def\n4,5\n');
  writeFileSync(join(folder, 'people.csv'), people(120));
  writeFileSync(join(folder, 'header.csv'), 'x,y\n');
  writeFileSync(join(folder, 'nothing.csv'), '');
});

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

function start(words: string[], input = '') {
  // A cache of its own, whatever the system calls the place.
  const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: folder };
  const child = spawn(process.execPath, [main, ...words], { cwd: folder, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.on('error', () => {}); // a command that fails early does not read
  child.stdin.end(input);
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

/** Rows without an answer: a city that training did not have, and gaps. */
const newPeople = people(40, false).replace('20,Seoul', '33,Daegu');

const lab = (words: string, input?: string) => start(words.split(' '), input).ended;

const quick = '--hidden 8 --epochs 3 --batch_size 4 --learning_rate 0.01 --engine reference';

describe('train', () => {
  it('prints one JSON object and nothing else', async () => {
    const { code, out, err } = await lab(`train curve.csv --target y ${quick} --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trimEnd()).not.toContain('\n');
    const metrics = {
      mse: expect.any(Number),
      rmse: expect.any(Number),
      mae: expect.any(Number),
      r2: expect.any(Number),
    };
    expect(JSON.parse(out)).toMatchObject({
      command: 'train',
      file: 'curve.csv',
      target: 'y',
      task: 'regression',
      rows: { total: 60, train: 36, validation: 12, test: 12 },
      engine: {
        kind: 'reference',
        adapter: expect.any(String),
        software: false,
        plan: 'plain',
        plan_why: expect.any(String),
        why: expect.any(String),
      },
      model: {
        layers: [
          { inputs: 1, outputs: 8, activation: 'tanh' },
          { inputs: 8, outputs: 1, activation: 'identity' },
        ],
        parameters: 25,
      },
      settings: {
        data: { target: 'y', split: { train: 0.6 }, scaling: 'standardize' },
        model: { hidden: [8] },
        training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, batch_size: 4, epochs: 3 },
      },
      epochs_run: 3,
      stopped: 'epochs',
      seconds: expect.any(Number),
      metrics: { train: metrics, validation: metrics, test: metrics },
      baseline: { name: 'mean', test: metrics },
      notices: [],
      files: [],
    });
  });

  it('writes a model and a history; predictions from them are in original units', async () => {
    const { code, out, err } = await lab(`train curve.csv --target y ${quick} --out run/deep --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { files, metrics, rows: counts } = JSON.parse(out);
    expect(files).toEqual(['run/deep/model.safetensors', 'run/deep/history.csv']);
    expect(readdirSync(join(folder, 'run', 'deep')).sort()).toEqual(['history.csv', 'model.safetensors']);

    const history = readFileSync(join(folder, files[1]), 'utf8').trimEnd().split('\n');
    expect(history[0]).toBe('epoch,train_loss,validation_loss,mse,rmse,mae,r2,seconds');
    expect(history).toHaveLength(4);
    expect(Number(history[3].split(',')[4])).toBeCloseTo(metrics.validation.rmse, 6);

    const predicted = await lab(`predict ${files[0]} curve.csv`);
    expect({ code: predicted.code, err: predicted.err }).toEqual({ code: 0, err: '' });
    const [header, ...lines] = predicted.out.trimEnd().split('\n');
    expect(header).toBe('x,y,predicted_y');
    expect(lines.map((line) => line.replace(/,[^,]*$/, ''))).toEqual(rows.map(({ x, y }) => `${x},${y}`));

    const values = lines.map((line) => Number(line.split(',')[2]));
    const model = loadModel(readFileSync(join(folder, files[0])));
    const [expected] = model.predict(await readCsv(curve));
    values.forEach((value, row) => {
      expect(value).toBeCloseTo(Number(textOf(expected, row)), 5);
    });

    // The three sets together are all rows, so their squared errors have to add up to that of the predictions.
    const error = rows.reduce((sum, { y }, row) => sum + (values[row] - Number(y)) ** 2, 0);
    const reported = (['train', 'validation', 'test'] as const).reduce(
      (sum, set) => sum + (metrics[set] as RegressionMetrics).mse * counts[set],
      0,
    );
    expect(error / reported).toBeCloseTo(1, 4);
  });

  it('trains on classes from strings, dates and gaps, and says what it makes of them', async () => {
    const words = 'train people.csv --target answer --hidden 16 --epochs 60 --engine reference --out classes';
    const { code, out, err } = await lab(`${words} --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const result = JSON.parse(out);
    expect(result).toMatchObject({
      task: 'binary',
      settings: { training: { loss: 'binary_cross_entropy' }, data: { types: {} } },
      baseline: { name: 'majority class', test: { accuracy: expect.any(Number) } },
      metrics: {
        test: {
          accuracy: expect.any(Number),
          log_loss: expect.any(Number),
          precision: expect.any(Number),
          recall: expect.any(Number),
          f1: expect.any(Number),
          roc_auc: expect.any(Number),
          classes: ['no', 'yes'],
        },
      },
    });
    expect(result.metrics.train.accuracy).toBeGreaterThan(result.baseline.train.accuracy + 0.15);
    expect(result.notices).toEqual([expect.stringMatching(/^Column "name" is left out as an identifier\./)]);
    const history = readFileSync(join(folder, 'classes', 'history.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(history[0]).toBe('epoch,train_loss,validation_loss,accuracy,log_loss,seconds');
    expect(Number(history[60].split(',')[3])).toBe(result.metrics.validation.accuracy);

    const people = (await lab(`${words} --split 0.8,0.2`)).out;
    expect(people).toMatch(
      / +rows +accuracy +log loss +macro f1 +roc auc +baseline accuracy +baseline log loss\ntrain/,
    );
    expect(people).toMatch(
      /Rows of the validation set by actual and, across, predicted class:\nactual +no +yes\nno +\d/,
    );
    expect(people).toMatch(/loss\s+binary_cross_entropy/);
    expect(Math.max(...people.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);

    const predicted = await lab('predict classes/model.safetensors - --json', newPeople);
    expect({ code: predicted.code, err: predicted.err }).toEqual({ code: 0, err: '' });
    const { columns, predictions, notices } = JSON.parse(predicted.out);
    expect(columns).toEqual(['predicted_answer', 'probability_no', 'probability_yes']);
    expect(new Set(predictions.predicted_answer)).toEqual(new Set(['no', 'yes']));
    predictions.probability_yes.forEach((share: number, row: number) => {
      expect(share + predictions.probability_no[row]).toBeCloseTo(1, 6);
      expect(predictions.predicted_answer[row]).toBe(share > 0.5 ? 'yes' : 'no');
    });
    expect(notices).toEqual([
      'Column "city": 1 cell holds what training rows did not have ("Daegu" in row 2): they are none of its levels in training and count as none.',
    ]);
    const sheet = await lab('predict classes/model.safetensors -', newPeople);
    expect(sheet.err).toBe(`${notices[0]}\n`);
    expect(sheet.out).toMatch(/^age,city,born,income,name,predicted_answer,probability_no,probability_yes\n33,Daegu,/);
  });

  it('predicts numbers in their own units from the same columns', async () => {
    const { code, out } = await lab(
      'train people.csv --target income --target_transform log --hidden 16 --epochs 80 --engine reference --out income --json',
    );
    expect(code).toBe(0);
    const { metrics, baseline } = JSON.parse(out);
    expect(metrics.test.rmse).toBeLessThan(0.5 * baseline.test.rmse);
    const { predictions } = JSON.parse((await lab('predict income/model.safetensors people.csv --json')).out);
    const incomes = people(120)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[3]));
    const error = incomes.reduce((sum, income, row) => sum + (predictions.predicted_income[row] - income) ** 2, 0);
    expect(Math.sqrt(error / 120)).toBeLessThan(0.5 * baseline.test.rmse);
  });

  it('reads what it is told to', async () => {
    const european = `1;2,5\n${Array.from({ length: 30 }, (_, i) => `${i},5;${i % 7},25`).join('\n')}\n`;
    const { code, out } = await lab(
      `train - --target column_2 ${quick} --header no --delimiter ; --decimal , --json`,
      european,
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).rows.total).toBe(31);
    await expectRefusal('train curve.csv --target y --header maybe', '--header: "maybe" is not known; give yes or no.');
  });

  it('prints a table for people, and only that when quiet', async () => {
    const { code, out, err } = await lab(
      'train - --target y --hidden 150,150 --activation relu --epochs 1 --engine cpu --split 0.8,0.2',
      curve,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('\u001b');
    expect(out).toContain('1-150-150-1, relu, 23,101 parameters');
    expect(out).toContain('60 rows (48 train, 12 validation, 0 test)');
    expect(out).toMatch(/ +rows +mse +rmse +mae +r2 +baseline rmse\ntrain +48 .*\nvalidation +12 /);
    expect(out).toMatch(/^training +adam, learning rate 0\.001, batch size 16, loss mse, seed 10$/m);
    expect(out).not.toMatch(/^schedule/m);
    const quiet = await lab(`train - --target y ${quick} --quiet`, curve);
    expect(quiet.out.trimEnd().split('\n')).toHaveLength(4);
  });

  it('trains with one activation and dropout for each layer, regularised and scheduled, and says so', async () => {
    const words =
      'train curve.csv --target y --hidden 8,6 --activation relu,tanh --dropout 0.1,0.2 --optimizer sgd --momentum 0.9 --nesterov --l2 0.001 --clip_norm 1 --schedule cosine --schedule.warmup 2 --epochs 4 --engine reference';
    const { code, out, err } = await lab(words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('1-8-6-1, relu/tanh, dropout 0.1/0.2, 77 parameters');
    expect(out).toMatch(
      /^training +sgd, learning rate 0\.01, momentum 0\.9, nesterov, l2 0\.001, clip norm\s+1, batch/m,
    );
    expect(out).toMatch(/^schedule +cosine, warm-up 2 epochs, final share 0$/m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const { settings, model } = JSON.parse((await lab(`${words} --json`)).out);
    expect(settings).toMatchObject({
      model: { activation: ['relu', 'tanh'], dropout: [0.1, 0.2] },
      training: { l2: 0.001, clip_norm: 1, schedule: { kind: 'cosine', warmup: 2, final: 0 } },
    });
    expect(model.layers.map(({ activation }: { activation: string }) => activation)).toEqual([
      'relu',
      'tanh',
      'identity',
    ]);
  });

  it('says that a run diverged, exits with 1, and still prints its JSON', async () => {
    const { code, out, err } = await lab(
      'train curve.csv --target y --optimizer sgd --learning_rate 900 --activation identity --engine reference --json --out wild',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/^Diverged in epoch \d+: [^\n]*learning rate[^\n]*\n$/);
    expect(JSON.parse(out)).toMatchObject({ stopped: 'diverged', files: expect.any(Array) });
    expect(existsSync(join(folder, 'wild', 'model.safetensors'))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('keeps what was learned when it is interrupted', async () => {
    const { child, ended } = start(
      'train curve.csv --target y --epochs 1000000 --hidden 32 --engine reference --json --out cut'.split(' '),
    );
    // The folder is made just before training starts.
    for (let tries = 0; !existsSync(join(folder, 'cut')) && tries < 200; tries++) await wait(50);
    await wait(400);
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    expect({ code, err }).toEqual({ code: 130, err: '' });
    expect(JSON.parse(out)).toMatchObject({ stopped: 'interrupted', files: { length: 2 } });
    expect(existsSync(join(folder, 'cut', 'model.safetensors'))).toBe(true);
  });
});

describe('evaluate', () => {
  it('scores as training did, numbers and classes', async () => {
    const trained = await lab(
      'train people.csv --target answer --epochs 10 --split 1,0,0 --engine cpu --out judged --json',
    );
    const { metrics } = JSON.parse(trained.out);
    const {
      rows,
      metrics: again,
      task,
    } = JSON.parse((await lab('evaluate judged/model.safetensors people.csv --json')).out);
    expect({ rows, task }).toEqual({ rows: 120, task: 'binary' });
    expect(again.confusion).toEqual(metrics.train.confusion);
    expect(again.log_loss).toBeCloseTo(metrics.train.log_loss, 6);
    const numbers = await lab(
      'train curve.csv --target y --epochs 10 --split 1,0,0 --engine cpu --out measured --json',
    );
    const { out } = await lab('evaluate measured/model.safetensors curve.csv --json');
    expect(JSON.parse(out).metrics.rmse).toBeCloseTo(JSON.parse(numbers.out).metrics.train.rmse, 6);
    const text = await lab('evaluate judged/model.safetensors people.csv');
    expect(text.out).toMatch(/\naccuracy +\d\.\d{4}\n/);
    expect(text.out).toMatch(/\nactual +no +yes\nno +\d/);
  });

  it('leaves out rows without an answer, and refuses answers that cannot be', async () => {
    const lines = people(20).trimEnd().split('\n');
    const gap = lines.map((line, row) => (row === 3 ? line.replace(/,(yes|no)$/, ',') : line)).join('\n');
    const left = JSON.parse((await lab('evaluate judged/model.safetensors - --json', gap)).out);
    expect(left.rows).toBe(19);
    expect(left.notices).toContainEqual('1 row has no value of the target "answer" and is left out: row 4.');
    const odd = lines.map((line, row) => (row === 3 ? line.replace(/,(yes|no)$/, ',maybe') : line)).join('\n');
    expect(await lab('evaluate judged/model.safetensors -', odd)).toMatchObject({
      code: 2,
      err: 'standard input, row 4, column "answer": "maybe" is not a class of the model, which knows no, yes; leave the row out or correct it.\n',
    });
    expect(await lab('evaluate measured/model.safetensors -', 'x,y\n1,abc\n2,def\n')).toMatchObject({
      code: 2,
      err: 'standard input, row 2, column "y": "abc" is no answer the model could give; correct the cell.\n',
    });
    expect(await lab('evaluate measured/model.safetensors -', 'x,z\n1,2\n2,3\n')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^target: standard input has no column "y", only x, z/),
    });
  });
});

describe('sweep', () => {
  const trying = (input: object, name = 'sweep.json') => writeFileSync(join(folder, name), JSON.stringify(input));
  const small = {
    base: { model: { hidden: [4] }, training: { epochs: 5 } },
    grid: {
      'model.activation': ['relu', 'tanh'],
      'training.optimizer': ['sgd', { kind: 'adam', learning_rate: 0.01 }],
    },
    seeds: 2,
    folds: 2,
  };

  it('trains every combination, and prints and writes what they say together', async () => {
    trying(small);
    const { code, out, err } = await lab('sweep curve.csv sweep.json --target y --engine cpu --out tried');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\nsweep +4 combinations, 16 trials in 2 populations\n/);
    expect(out).toMatch(/\n1 +(relu|tanh) +(sgd|adam learning_rate 0\.01) +4 +[\d.]+ /);
    const written = JSON.parse(readFileSync(join(folder, 'tried', 'sweep.json'), 'utf8'));
    expect(written.trials).toHaveLength(16);
    expect(written.trials[1]).toMatchObject({ cell: 0, seed: 10, fold: 1, epochs_run: 5, stopped: 'epochs' });
    const means = written.leaderboard.map((leader: { metrics: { validation: { rmse: { mean: number } } } }) => {
      return leader.metrics.validation.rmse.mean;
    });
    expect(means).toEqual([...means].sort((a, b) => a - b));
    const csv = readFileSync(join(folder, 'tried', 'trials.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(csv).toHaveLength(17);
    expect(csv[0]).toMatch(/^cell,model\.activation,training\.optimizer,seed,fold,epochs_run,stopped,train_mse,/);

    const again = await lab('sweep curve.csv sweep.json --target y --engine cpu --json');
    const { trials, command } = JSON.parse(again.out);
    expect(command).toBe('sweep');
    expect(trials).toEqual(written.trials);
  });

  it.each([
    [
      { grid: { 'model.activaton': ['relu'] } },
      /^bad\.json, grid: there is no setting model\.activaton \(did you mean/,
    ],
    [{ grid: { 'training.batch_size': [0] } }, /^bad\.json, training\.batch_size: 0 is too small.*in the combination/],
    [
      { seeds: 10_000, grid: { 'training.l2': [0, 1] } },
      /^The sweep has 20,000 trials, more than 10,000; .*--max-trials/,
    ],
  ])('refuses %j in one line', async (input, sentence) => {
    trying(input, 'bad.json');
    const { code, out, err } = await lab('sweep curve.csv bad.json --target y --engine cpu');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it('leaves another sweep where it is', async () => {
    trying({ base: { training: { epochs: 1 } } });
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'trials.csv'), 'mine');
    const { code, err } = await lab('sweep curve.csv sweep.json --target y --engine cpu --out other');
    expect(code).toBe(2);
    expect(err).toBe('--out other: holds a sweep already (trials.csv); name another folder.\n');
    expect(readFileSync(join(folder, 'other', 'trials.csv'), 'utf8')).toBe('mine');
    writeFileSync(join(folder, 'not.json'), '{ grid: ');
    expect((await lab('sweep curve.csv not.json --target y')).err).toMatch(/^not\.json: is not JSON: /);
  });
});

describe('describe', () => {
  it('says what the columns hold, and what to look at', async () => {
    const { code, out, err } = await lab('describe people.csv --target answer');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^table +people\.csv: 120 rows, 6 columns\n/);
    expect(out).toMatch(/\nage +integer +11 +/);
    expect(out).toMatch(/\nborn +date +– +\d+ +19\d\d-\d\d-\d\d +\d{4}-\d\d-\d\d/);
    expect(out).toMatch(/\ncity +Seoul \(\d+\), /);
    const { columns, rows } = JSON.parse((await lab('describe people.csv --json --types age=category')).out);
    expect(rows).toBe(120);
    expect(columns[0]).toMatchObject({ name: 'age', type: 'category', missing: 11 });
    expect(columns[3].numbers.histogram.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(120);
  });

  it('refuses what is not there in one line', async () => {
    expect(await lab('describe people.csv --target anser')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^--target: people\.csv has no column "anser".*did you mean answer\?\)\.\n$/),
    });
    expect(await lab('describe people.csv --types age=numbr')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^--types: age: "numbr" is not known; .*did you mean number\?\)\.\n$/),
    });
  });
});

describe('doctor', () => {
  it('measures once, and says where that is kept and what it came to', { timeout: 120_000 }, async () => {
    const examined = async (words: string) => {
      const { code, out, err } = await lab(words);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out).calibration;
    };
    const first = await examined('doctor --json --recalibrate');
    expect(first).toMatchObject({ file: expect.any(String), choices: expect.any(Number), problem: null });
    expect(first.file.startsWith(folder)).toBe(true);
    if (first.plan) {
      expect(first.choices).toBeGreaterThan(0);
      expect(JSON.parse(readFileSync(first.file, 'utf8'))).toBeTypeOf('object');
    }
    expect(await examined('doctor --json')).toEqual(first);
  });
});

describe('predict', () => {
  beforeAll(async () => {
    await lab(`train curve.csv --target y ${quick} --out model`);
  });
  const model = 'model/model.safetensors';

  it('needs the features alone and keeps every cell as it is', async () => {
    const input = 'name;x;note\na;1.50;"says ""hi""; bye"\n\nb;-.5;\n';
    const { code, out, err } = await lab(`predict ${model} -`, input);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^name;x;note;predicted_y\na;1\.50;"says ""hi""; bye";\d+\.\d+\nb;-\.5;;\d+\.\d+\n$/);
  });

  it('writes a file, or one JSON object', async () => {
    const written = await lab(`predict ${model} curve.csv --out predicted.csv --json`);
    expect(JSON.parse(written.out)).toMatchObject({ rows: 60, columns: ['predicted_y'], files: ['predicted.csv'] });
    const printed = JSON.parse((await lab(`predict ${model} curve.csv --json`)).out);
    const lines = readFileSync(join(folder, 'predicted.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(printed.predictions.predicted_y).toEqual(lines.map((line) => Number(line.split(',')[2])));
  });

  it.each([
    [`predict ${model} text.csv --out model`, '--out model: is a folder, not a file.'],
    [`predict ${model} text.csv --out none/p.csv`, '--out none/p.csv: there is no folder none.'],
    ['predict none.safetensors curve.csv', 'none.safetensors: no such file.'],
    [`predict ${model} nothing.csv`, /^nothing\.csv is empty; /],
    ['predict curve.csv curve.csv', /^curve\.csv is not a safetensors file: /],
  ])('%s', async (words, message) => {
    await expectRefusal(words, message);
  });

  it.skipIf(!existsSync('/dev/full'))('says in one line that the disk is full', async () => {
    const { code, err } = await lab(`predict ${model} curve.csv --out /dev/full`);
    expect({ code, err }).toEqual({ code: 1, err: '/dev/full: no space left on the disk; it was not written.\n' });
  });

  it('names the place of a cell that cannot be used', async () => {
    await expectRefusal(
      `predict ${model} -`,
      /^standard input, row 4, column "x": "abc" is not a number/,
      'x\n1\n\nabc\ndef\n',
    );
    await expectRefusal(`predict ${model} -`, /^standard input has no column "x", only z/, 'z\n1\n');
    await expectRefusal(`predict ${model} -`, /^standard input, row \d: a quote/, 'x,z\n1,"a\n2,b\n');
  });
});

describe('serve', () => {
  it('serves the page to this machine, isolated, until it is ended', async () => {
    const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--no-open']);
    try {
      const said = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [''];
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(await page.text()).toContain('<lab-app');
      expect((await fetch(`${address}nothing`)).status).toBe(404);
      expect((await fetch(`${address}../../package.json`)).status).toBe(404);
    } finally {
      child.kill();
    }
  });
});

describe('bad usage and bad input', () => {
  it.each<[words: string, message: string | RegExp]>([
    ['train none.csv --target y', 'none.csv: no such file.'],
    ['train . --target y', '.: is a folder, not a file.'],
    ['train curve.csv --target yy', '--target: curve.csv has no column "yy", only x, y (did you mean y?).'],
    ['train curve.csv', '--target: is missing; name the column to predict: x or y.'],
    [
      'train text.csv --target y --task regression',
      'text.csv, row 3, column "y": "abc" is no number, and regression predicts numbers; correct the cell, or set task to classification.',
    ],
    [
      'train text.csv --target y --types x=dat',
      '--types: x: "dat" is not known; choose number, integer, boolean, category, date, identifier or text (did you mean date?).',
    ],
    ['train header.csv --target y', /^header\.csv has a header row and nothing below it; /],
    ['train nothing.csv --target y', /^nothing\.csv is empty; /],
    [
      'train curve.csv --target y --learning_rate -1',
      '--learning_rate: -1 is too small; give a value above 0 (default 0.001).',
    ],
    [
      'train curve.csv --target y --schedule.every 3',
      '--schedule.every: belongs to --schedule step; the schedule is constant.',
    ],
    [
      'train curve.csv --target y --loss perceptron --scaling none',
      '--loss: perceptron needs targets from 0 to 1; column "y" has 19.294.',
    ],
    [
      'train curve.csv --target y --loss softmax_cross_entropy',
      '--loss: softmax_cross_entropy needs two targets or more, one for each class.',
    ],
    ['train curve.csv --target y --hidden 0', /^--hidden: 0 is too small; give a value of at least 1/],
    [
      'train curve.csv --target y --learning_rat 1',
      'There is no option `--learning_rat` (did you mean --learning_rate?); --help lists them all.',
    ],
    ['train curve.csv --target y -x', 'There is no option `-x`; --help lists them all.'],
    ['train curve.csv --target y --epochs', '--epochs: needs a value, --epochs <n>.'],
    ['train curve.csv more.csv --target y', /^train: `more\.csv` is one word too many; /],
    ['train curve.csv --target y --engine gpu', /^--engine: "gpu" is not known; /],
    ['train curve.csv --target y --out curve.csv', '--out curve.csv: is a file, not a folder.'],
    ['train', 'FILE is missing; --help shows how the command is written.'],
    ['trian curve.csv', 'There is no command `trian` (did you mean train?); see perceptron-lab --help.'],
    ['--none', 'There is no option `--none`; --help lists them all.'],
  ])('%s', async (words, message) => {
    await expectRefusal(words, message);
  });

  it('shows the stack with --verbose', async () => {
    const { code, err } = await lab('train none.csv --target y --verbose');
    expect(code).toBe(2);
    expect(err).toMatch(/^InputError: none\.csv: no such file\.\n +at /);
  });
});

describe('help', () => {
  it('is on standard output, at most 100 columns wide, with every setting in it', async () => {
    const { code, out, err } = await lab('train --help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const word of [
      '--learning_rate <x>',
      '--split.seed <n>',
      '--activation <name,...>',
      'default 0.01 (sgd, rmsprop) or 0.001 (adam,',
      'sgd or rmsprop only; 0 to below 1; default 0',
      'above 0; off unless given',
      '--schedule.factor <x>',
      'default 0.1 (step, reduce_on_plateau) or 0.95 (exponential)',
      '--early_stopping [',
    ]) {
      expect(out).toContain(word);
    }
    const headings = out.split('\n').filter((line) => /^[A-Z]\w+:$/.test(line));
    expect(headings).toEqual([
      'Arguments:',
      'Data:',
      'Network:',
      'Training:',
      'Optimizer:',
      'Schedule:',
      'Stopping:',
      'Reading:',
      'Run:',
      'Options:',
      'Examples:',
    ]);
    expect((await lab('help train')).out).toBe(out);
  });

  it('gives the version', async () => {
    const { code, out } = await lab('--version');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

async function expectRefusal(words: string, message: string | RegExp, input?: string): Promise<void> {
  const { code, out, err } = await lab(words, input);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd()).not.toContain('\n');
  if (typeof message === 'string') expect(err).toBe(`${message}\n`);
  else expect(err).toMatch(message);
}
