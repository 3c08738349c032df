/** `fit`: a table in; an ensemble, what it is worth and what repeats it out. No test waits for a clock. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { asTerminal, expectRefusal, folder, lab, start } from '../../support/commands/cli.ts';

const plan = {
  folds: 2,
  held_out: 0.5,
  max_rows: 1000,
  max_width: 32,
  trials: 2,
  epochs: 15,
  packs: 2,
  last_epochs: 1,
};
const target = (name: string) => ({
  target: name,
  numeric: 'piecewise_linear',
  split: { train: 0.8, validation: 0.2 },
});

function writePlan(name: string, data: object, other: object = {}): void {
  const contents = { command: 'fit', engine: { kind: 'cpu' }, settings: { data, fit: { seed: 3, plan } }, ...other };
  writeFileSync(join(folder, name), JSON.stringify(contents));
}

const read = (...path: string[]) => readFileSync(join(folder, ...path));

beforeAll(() => {
  writePlan('curve.json', target('y'));
  writePlan('people.json', target('answer'));
  const rows = Array.from({ length: 30 }, (_, row) => `${row},${row === 4 ? 'rare' : row % 2 === 0 ? 'even' : 'odd'}`);
  writeFileSync(join(folder, 'rare.csv'), ['x,kind', ...rows].join('\n'));
});

describe('fit', () => {
  it('says and writes what the ensemble is worth, and repeats it to the last bit', async () => {
    const first = await lab('fit curve.csv --repeat curve.json --out fitted');
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    expect(first.out).toMatch(/^data +curve\.csv: 60 rows \(60 held out in 2 turns\)\n/);
    expect(first.out).toMatch(/\nensemble +\d+ networks of \d+ trained, 2 folds; plan: packs of 2 networks a fold/);
    expect(first.out).toMatch(/\nfit +60 +[\d.]+ .*\nlinear model +60 +[\d.]+ .*\nbaseline +60 +[\d.]+ /);
    const said = first.out.replace(/\s+/g, ' ');
    expect(said).toMatch(/90 % intervals, [\d.]+ wide on average, held for [\d.]+ % of these rows\./);
    expect(said).toContain('wrote fitted/model.safetensors, fitted/fit.json, fitted/report.html');

    const json = JSON.parse(read('fitted', 'fit.json').toString());
    expect(json.settings.fit).toEqual({ minutes: 1, seed: 3, plan });
    expect(json.rows).toEqual({ total: 60, train: 60, held_out: 60, test: 0 });
    expect(json.metrics.held_out.rmse).toBeLessThan(json.metrics.baseline.rmse);
    const model = loadModel(read('fitted', 'model.safetensors'));
    expect(json.members.map(({ weight }: { weight: number }) => weight)).toEqual(model.members.map((m) => m.weight));
    expect(['pieces', 'values']).toEqual(
      expect.arrayContaining(json.members.map(({ inputs }: { inputs: string }) => inputs)),
    );
    expect(json.calibration).toMatchObject({ kind: 'conformal', rows: 60, level: 0.9 });
    expect(json.progress.at(-1)).toMatchObject({ networks: json.networks, score: expect.any(Number) });
    const page = read('fitted', 'report.html').toString();
    expect(page).toContain('y, predicted from curve.csv');
    expect(page.replace(/<\/?span>/g, '')).toContain(
      'perceptron-lab fit curve.csv --repeat fitted/fit.json --engine cpu',
    );

    const again = await lab('fit curve.csv --repeat fitted/fit.json --out again --json');
    expect(read('again', 'model.safetensors')).toEqual(read('fitted', 'model.safetensors'));
    expect(JSON.parse(again.out)).toMatchObject({
      metrics: json.metrics,
      members: json.members,
      verdict: json.verdict,
    });
  });

  it('keeps a model however short the time is, and predict takes it', async () => {
    const { code, out } = await lab('fit curve.csv --target y --engine cpu --json --out short --minutes 0.001');
    expect(code).toBe(0);
    const { settings, files, interrupted, members } = JSON.parse(out);
    expect(settings.data.split).toMatchObject({ train: 0.8, validation: 0.2, test: 0 });
    expect(settings.fit.plan.packs).toBeGreaterThanOrEqual(0);
    expect(files).toEqual(['short/model.safetensors', 'short/fit.json', 'short/report.html']);
    expect(interrupted).toBe(false);
    expect(members.length).toBeGreaterThan(0);
    const predicted = await lab('predict short/model.safetensors curve.csv --out predicted.csv');
    expect(predicted.code).toBe(0);
    expect(read('predicted.csv').toString()).toMatch(/^x,y,predicted_y,low_y,high_y\n/);
  });

  it('scores the rows of a test part that is asked for', async () => {
    const { out } = await lab('fit people.csv --repeat people.json --split 0.6,0.2,0.2 --json');
    const { rows, metrics, task, calibration } = JSON.parse(out);
    expect(rows).toEqual({ total: 120, train: 96, held_out: 96, test: 24 });
    expect(task).toBe('binary');
    expect(metrics.test.accuracy).toBeGreaterThan(0.5);
    expect(calibration).toMatchObject({ kind: 'temperature', rows: 96 });
  });

  it('prints the scores alone where that is asked for, and speaks Korean', async () => {
    const { out } = await lab('fit people.csv --repeat people.json --quiet --lang ko');
    expect(out).toMatch(/^ +행 +정확도 +로그 손실 .*\nfit +120 .*\n선형 모형 +120 .*\n기준선 +120 .*\n$/);
  });

  it('takes a class of one row', async () => {
    writePlan('rare.json', target('kind'));
    const { code, out } = await lab('fit rare.csv --repeat rare.json --json --out rare');
    expect(code).toBe(0);
    expect(JSON.parse(out).metrics.held_out.classes).toEqual(['even', 'odd', 'rare']);
  });

  it.skipIf(process.platform === 'win32')('keeps the best so far when it is interrupted', async () => {
    // The line for a terminal tells that there is a score.
    const words = 'fit curve.csv --target y --engine cpu --minutes 600 --out stopped --json';
    const { child, ended } = start(words.split(' '), '', asTerminal);
    const scored = new Promise<void>((resolve) => {
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
        if (/rmse [\d.]+ {2}linear [\d.]+ {2}baseline /.test(said)) resolve();
      });
    });
    await Promise.race([scored, ended]);
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect(code).toBe(130);
    const files = ['stopped/model.safetensors', 'stopped/fit.json', 'stopped/report.html'];
    expect(JSON.parse(out)).toMatchObject({ interrupted: true, files });
    expect(loadModel(read('stopped', 'model.safetensors')).members.length).toBeGreaterThan(0);
  });

  it.each([
    ['fit curve.csv', '--target: is missing; name the column to predict: x or y.'],
    ['fit curve.csv --target yy', '--target: curve.csv has no column "yy", only x, y (did you mean y?).'],
    ['fit curve.csv --target y --minutes 0', /^--minutes: 0 is too small; give a value above 0/],
    ['fit curve.csv --target y --minutes soon', /^--minutes: "soon" is /],
    ['fit curve.csv --target y --split 1,1', /^--split\.validation: 1 is too large/],
    ['fit curve.csv --repeat curve.json --minutes 2', /^--minutes: how long it takes stands in the plan of --repeat/],
    ['fit curve.csv --repeat curve.csv', /^curve\.csv: is not JSON: /],
    ['fit curve.csv --repeat odd.json', 'odd.json: is not the fit.json of a fit; name the one that fit --out wrote.'],
    ['fit curve.csv --repeat bad.json', /^bad\.json, plan\.folds: 0 is too small/],
  ])('refuses %s in one line', async (words, sentence) => {
    writeFileSync(join(folder, 'odd.json'), '{ "command": "sweep" }');
    writePlan('bad.json', target('y'), {
      settings: { data: target('y'), fit: { plan: { ...plan, folds: 0 } } },
    });
    await expectRefusal(words, sentence);
  });

  it('leaves another fit where it is', async () => {
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'fit.json'), 'mine');
    await expectRefusal(
      'fit curve.csv --repeat curve.json --out other',
      '--out other: holds a fit already (fit.json); name another folder, or write over it with --overwrite.',
    );
    await lab('train curve.csv --target y --epochs 1 --engine cpu --out other --overwrite --quiet');
    expect(() => read('other', 'fit.json')).toThrow('ENOENT');
  });
});
