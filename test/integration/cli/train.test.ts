/** `train`: what it prints, writes, and makes of settings and interruptions. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { textOf } from '../../../src/data/table/table.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import type { RegressionMetrics } from '../../../src/model/metrics.ts';
import { figure } from '../../../src/util/format.ts';
import {
  asTerminal,
  curve,
  expectRefusal,
  firstOptions,
  folder,
  lab,
  quick,
  rows,
  start,
} from '../../support/commands/cli.ts';
import { signalled } from '../../support/commands/hold.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

describe('train', () => {
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
    expect(origin.data).toMatchObject({
      ...{ file: 'curve.csv', rows: 60, sets: { train: 36, validation: 12, test: 12 } },
      ...{ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), settings: { target: 'y' } },
    });
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

  it('prints a table for people, and only that when quiet', async () => {
    const { code, out, err } = await lab(
      `train - --target y --hidden 150,150 --epochs 1 --engine cpu ${firstOptions} --activation relu --split 0.8,0.2`,
      curve,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('\u001b');
    expect(out).toContain('1-150-150-1, relu, 23\u202f101 parameters');
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
    const words = 'train curve.csv --target y --hidden 32 --epochs 1000000 --early_stopping false --engine reference';
    const { child, ended } = start([...words.split(' '), '--json', '--out', 'cut'], '', asTerminal);
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

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'keeps the first training when %s ends the second, all files of it',
    async (signal) => {
      const words = `train curve.csv --target y --hidden 8 --epochs 30 --early_stopping false --engine reference --json`;
      const again = { said: /again on all rows, epoch +[1-9]/ };
      const { code, out } = await signalled([...words.split(' '), '--out', signal], signal, again);
      expect(code).toBe(130);
      const { stopped, refit, files, metrics } = JSON.parse(out);
      expect({ stopped, refit }).toEqual({ stopped: 'epochs', refit: null });
      expect(files).toEqual(['model.safetensors', 'history.csv', 'report.html'].map((file) => `${signal}/${file}`));
      const { origin } = loadModel(readFileSync(join(folder, signal, 'model.safetensors')));
      expect(origin).toMatchObject({ stopped: 'epochs', epochs_run: 30, metrics });
      expect(origin).not.toHaveProperty('refit');
      const page = textOfPage(readFileSync(join(folder, signal, 'report.html'), 'utf8'));
      expect(page).toContain('on all rows was interrupted: the model of the first training is saved.');
    },
  );
});
