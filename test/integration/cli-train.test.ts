/** `train`: what it prints, writes, and makes of tables, settings and interruptions. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/read/csv.ts';
import { textOf } from '../../src/data/table/table.ts';
import type { RegressionMetrics } from '../../src/model/metrics.ts';
import { loadModel } from '../../src/model/model.ts';
import { figure } from '../../src/util/format.ts';
import { normalAt } from '../../src/util/random.ts';
import {
  asTerminal,
  curve,
  expectRefusal,
  firstOptions,
  folder,
  lab,
  people,
  quick,
  rows,
  start,
} from '../support/cli.ts';
import { expectReport, textOfPage } from '../support/pages.ts';
import { textsOf } from '../support/tables.ts';

/** Rows without an answer: a city that training did not have, and gaps. */
const newPeople = people(40, false).replace('20,Seoul', '33,Daegu');

describe('train', () => {
  it('says which column gives the target away before any score, in the terminal and in the report', async () => {
    const lines = rows.map(({ x, y }, row) => `${x},${(row * 7) % 11},${(1.1 * Number(y)).toFixed(4)},${y}`);
    writeFileSync(join(folder, 'shop.csv'), `x,other,total price,y\n${lines.join('\n')}\n`);
    const { out } = await lab(`train shop.csv --target y ${quick} --ignore other --out shop`);
    const sentence =
      'Column "total price" is the target on another scale (their correlation is 1); leave it out unless it is known before the target is.';
    expect(out.replace(/\n +/g, ' ')).toMatch(
      `critical  ${sentence} Option: --ignore 'other,total price'\ndata      shop.csv: 60 rows`,
    );
    const page = readFileSync(join(folder, 'shop', 'report.html'), 'utf8');
    expectReport(page);
    const text = textOfPage(page);
    expect(text.indexOf(sentence)).toBeGreaterThan(0);
    expect(text.indexOf(sentence)).toBeLessThan(text.indexOf('RMSE'));
    const quiet = await lab(`train shop.csv --target y ${quick} --quiet`);
    expect(quiet.err).toBe(`${sentence} Option: --ignore 'total price'\n`);
    const { notices } = JSON.parse((await lab(`train shop.csv --target y ${quick} --json`)).out);
    expect(notices[0]).toMatchObject({ severity: 'critical', fix: { setting: 'ignore', column: 'total price' } });
  });

  it('says at the end that validation got worse, and from which epoch', async () => {
    // Nothing in x says anything of y.
    const lines = Array.from({ length: 120 }, (_, row) =>
      [2, 3, 4, 5, 6, 7].map((seed) => normalAt(seed, row).toFixed(4)).join(','),
    );
    writeFileSync(join(folder, 'noise.csv'), `a,b,c,d,e,y\n${lines.join('\n')}\n`);
    const long = `--target y --hidden 32,32 --epochs 150 --learning_rate 0.01 --engine cpu ${firstOptions}`;
    const { out } = await lab(`train noise.csv ${long} --out noise`);
    const ending =
      /Trained all 150 epochs\. .*Validation got worse from epoch (\d+) of 150: its loss was [\d.]+ there and [\d.]+ at the end\. Stop early, which keeps the best epoch\. Option: --early_stopping/;
    const [, epoch] = ending.exec(out.replace(/\n/g, ' ')) ?? [];
    expect(Number(epoch)).toBeGreaterThan(0);
    expect(Number(epoch)).toBeLessThan(75);
    expect(textOfPage(readFileSync(join(folder, 'noise', 'report.html'), 'utf8'))).toContain(
      `Validation got worse from epoch ${epoch} of 150`,
    );
    expect((await lab(`train noise.csv ${long} --early_stopping`)).out).not.toContain('got worse');
  });

  it('saves the model trained again on all rows, and scores the first training', async () => {
    const words = 'train curve.csv --target y --hidden 8 --epochs 30 --engine reference --split 0.6,0.2,0.2';
    const first = JSON.parse((await lab(`${words} --refit false --out scored --json`)).out);
    expect(first.refit).toBeNull();
    const { out } = await lab(`${words} --out refitted --json`);
    const result = JSON.parse(out);
    expect(result.refit).toEqual({ epochs: first.kept_epoch, seconds: expect.any(Number) });
    expect(result.metrics).toEqual(first.metrics);
    const { origin, preprocessing } = loadModel(readFileSync(join(folder, 'refitted', 'model.safetensors')));
    expect(origin).toMatchObject({ refit: { epochs: first.kept_epoch, rows: 60 }, metrics: first.metrics });
    expect(preprocessing.features).not.toEqual(
      loadModel(readFileSync(join(folder, 'scored', 'model.safetensors'))).preprocessing.features,
    );
    const said = `Saved: the model trained again on all 60 rows, for ${first.kept_epoch} epochs. The scores are of the first training`;
    expect((await lab(`${words} --out refitted --overwrite`)).out.replace(/\n/g, ' ')).toContain(said);
    expect(textOfPage(readFileSync(join(folder, 'refitted', 'report.html'), 'utf8'))).toContain(said);
    // Nothing is saved, nothing is trained again.
    expect(JSON.parse((await lab(`${words} --json`)).out).refit).toBeNull();
  });

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

  it('refuses a folder with an earlier run before the table is read, and writes over it when told to', async () => {
    const words = `train curve.csv --target y ${quick} --out again`;
    expect((await lab(words)).code).toBe(0);
    const model = join(folder, 'again', 'model.safetensors');
    const before = readFileSync(model);
    const refused =
      '--out again: holds a run already (model.safetensors); name another folder, or write over it with --overwrite.';
    await expectRefusal(words, refused);
    await expectRefusal('train none.csv --target y --out again', refused);
    await expectRefusal('sweep curve.csv none.json --target y --out again', 'none.json: no such file.');
    await expectRefusal('report --out again', refused);
    expect(readFileSync(model)).toEqual(before);
    expect((await lab(`${words} --seed 3 --overwrite`)).code).toBe(0);
    expect(readFileSync(model)).not.toEqual(before);
    await expectRefusal(
      'train curve.csv --target y --overwrite',
      '--overwrite: writes over what a folder holds; say which with --out.',
    );
  });

  it('changes settings while it trains, and says the initial ones and the changes wherever it says settings', async () => {
    const words = `train curve.csv --target y ${quick} --changes l2:0.1@20,learning_rate:0.5@9 --out changed`;
    const { code, out, err } = await lab(`${words} --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { settings, changes, metrics } = JSON.parse(out);
    expect(settings.training).toMatchObject({ l2: 0, optimizer: { learning_rate: 0.01 } });
    const made = [
      { epoch: 2, step: 9, learning_rate: 0.5 },
      { epoch: 3, step: 20, l2: 0.1 },
    ];
    expect(changes).toMatchObject(made);
    const { origin, members } = loadModel(readFileSync(join(folder, 'changed', 'model.safetensors')));
    expect(origin.changes).toMatchObject(made);
    expect(members[0].settings.training.optimizer.learning_rate).toBe(0.01);
    const text = textOfPage(readFileSync(join(folder, 'changed', 'report.html'), 'utf8'));
    expect(text).toContain('--changes l2:0.1@20,learning_rate:0.5@9');
    expect(text).toContain(' 2 9 learning_rate 0.01 0.5 3 20 l2 0 0.1 ');
    const plain = await lab(`${words} --overwrite`);
    expect(plain.out).toContain('learning_rate 0.01 → 0.5 from epoch 2 (step 9)');
    const without = JSON.parse((await lab(`train curve.csv --target y ${quick} --json`)).out);
    expect(without.metrics).not.toEqual(metrics);
    expect(without).not.toHaveProperty('changes');
    await expectRefusal(
      'train curve.csv --target y --changes seed:3@1',
      '--changes: "seed:3@1" is not a change; write setting:value@step, as in l2:0.01@1280, of learning_rate, momentum, weight_decay, l1, l2, clip_norm.',
    );
    await expectRefusal(
      'train curve.csv --target y --engine reference --changes l2:-3@1',
      '--l2: -3 is too small; give a value of at least 0 (default 0).',
    );
  });

  it('writes a model, a history and a report; predictions from them are in original units', async () => {
    const { code, out, err } = await lab(`train curve.csv --target y ${quick} --out run/deep --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { files, metrics, rows: counts } = JSON.parse(out);
    expect(files).toEqual(['run/deep/model.safetensors', 'run/deep/history.csv', 'run/deep/report.html']);
    expect(readdirSync(join(folder, 'run', 'deep')).sort()).toEqual([
      'history.csv',
      'model.safetensors',
      'report.html',
    ]);

    const history = readFileSync(join(folder, files[1]), 'utf8').trimEnd().split('\n');
    expect(history[0]).toBe('epoch,train_loss,validation_loss,mse,rmse,mae,r2,seconds');
    expect(history).toHaveLength(4);
    expect(Number(history[3].split(',')[4])).toBeCloseTo(metrics.validation.rmse, 6);

    const page = readFileSync(join(folder, files[2]), 'utf8');
    expectReport(page);
    expect(textOfPage(page)).toContain(`predictions of y are off by ${figure(metrics.test.rmse)} `);
    expect(textOfPage(page)).toContain('--out run/deep --json');

    const predicted = await lab(`predict ${files[0]} curve.csv`);
    expect({ code: predicted.code, err: predicted.err }).toEqual({
      code: 0,
      err: 'Column "x": 3 values outside the training range, -2.9 to 2.7, such as -3 in row 2, 2.8 in row 60, 2.9 in row 61.\n',
    });
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
    const words =
      'train people.csv --target answer --hidden 16 --epochs 60 --engine reference --refit false --out classes';
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
    expect(textsOf(result.notices)).toEqual([expect.stringMatching(/^Column "name" is left out as an identifier\./)]);
    const history = readFileSync(join(folder, 'classes', 'history.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(history[0]).toBe('epoch,train_loss,validation_loss,accuracy,log_loss,seconds');
    expect(Number(history[60].split(',')[3])).toBe(result.metrics.validation.accuracy);

    const people = (await lab(`${words} --split 0.8,0.2 --overwrite`)).out;
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
    expect(textsOf(notices)).toEqual([
      'Column "age": 44 stands in for 4 cells without a value: rows 7, 18, 29, 40.',
      'Column "city": 1 cell holds what training rows did not have ("Daegu" in row 2): they are none of its levels in training and count as none.',
      'Column "income": 1 value outside the training range, 21000 to 70000, such as 20000 in row 2.',
    ]);
    const sheet = await lab('predict classes/model.safetensors -', newPeople);
    expect(sheet.err).toBe(`${textsOf(notices).join('\n')}\n`);
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
    await expectRefusal('train curve.csv --target y --header maybe', '--header: "maybe" is not true or false.');
  });

  it('prints a table for people, and only that when quiet', async () => {
    const { code, out, err } = await lab(
      `train - --target y --hidden 150,150 --epochs 1 --engine cpu ${firstOptions} --activation relu --split 0.8,0.2`,
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
      'train curve.csv --target y --numeric scale --early_stopping false --hidden 8,6 --activation relu,tanh --dropout 0.1,0.2 --optimizer sgd --momentum 0.9 --nesterov --l2 0.001 --clip_norm 1 --schedule cosine --schedule.warmup 2 --epochs 4 --engine reference';
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
    // The line for a terminal tells that epochs have been trained.
    const words = 'train curve.csv --target y --epochs 1000000 --hidden 32 --engine reference --json --out cut';
    const { child, ended } = start(words.split(' '), '', asTerminal);
    const trained = new Promise<void>((resolve) => {
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
        if (/epoch +[1-9]\d*\/1000000/.test(said)) resolve();
      });
    });
    await Promise.race([trained, ended]);
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect(code).toBe(130);
    const { stopped, epochs_run, files } = JSON.parse(out);
    expect(stopped).toBe('interrupted');
    expect(epochs_run).toBeGreaterThan(0);
    expect(epochs_run).toBeLessThan(1_000_000);
    expect(files).toEqual(['cut/model.safetensors', 'cut/history.csv', 'cut/report.html']);
    expect(
      readFileSync(join(folder, 'cut', 'history.csv'), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(epochs_run + 1);
    expect(existsSync(join(folder, 'cut', 'model.safetensors'))).toBe(true);
  });
});
