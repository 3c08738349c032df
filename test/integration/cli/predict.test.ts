/** `predict`: a model's answers beside the rows they are for. */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { saveModel } from '../../../src/model/model.ts';
import { expectRefusal, folder, lab, quick, start } from '../../support/commands/cli.ts';
import { contentsOf } from '../../support/models/safetensors.ts';

describe('predict', () => {
  beforeAll(async () => {
    await lab(`train curve.csv --target y ${quick} --out model`);
  });
  const model = 'model/model.safetensors';

  it('needs the features alone and keeps every cell as it is', async () => {
    const input = 'name;x;note\na;1.50;"says ""hi""; bye"\n\nb;-.5;\n';
    const { code, out, err } = await lab(`predict ${model} -`, input);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^name;x;note;predicted_y\na;1\.50;"says ""hi""; bye";\d+\.\d+\n\nb;-\.5;;\d+\.\d+\n$/);
  });

  it('writes a file, or one JSON object', async () => {
    const written = await lab(`predict ${model} curve.csv --out predicted.csv --json`);
    expect(JSON.parse(written.out)).toMatchObject({
      rows: 60,
      empty_rows: 0,
      columns: ['predicted_y'],
      files: ['predicted.csv'],
      findings: [{ column: 'x', imputed: { count: 0 }, outside: { count: 3, range: { least: -2.9, largest: 2.7 } } }],
    });
    const printed = JSON.parse((await lab(`predict ${model} curve.csv --json`)).out);
    const lines = readFileSync(join(folder, 'predicted.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(printed.predictions.predicted_y).toEqual(lines.map((line) => Number(line.split(',')[2])));
  });

  it('ends with 1 where a prediction is no finite number, once the others are written', async () => {
    const overflowing = contentsOf(1, [], 1, { parameters: Float32Array.of(2 ** 127, 0) });
    writeFileSync(join(folder, 'steep.safetensors'), saveModel(overflowing));
    writeFileSync(join(folder, 'far.csv'), 'x0,y0\n1,1\n2,1\n');
    const said =
      'far.csv: the predictions for 1 row are no finite numbers, the first for row 3; the sums of this model overflow.\n';
    const predicted = await lab('predict steep.safetensors far.csv --out far-predicted.csv');
    expect(predicted).toMatchObject({ code: 1, err: said });
    expect(readFileSync(join(folder, 'far-predicted.csv'), 'utf8')).toContain('\n1,1,1.70141183e+38\n2,1,Infinity\n');
    expect(await lab('evaluate steep.safetensors far.csv')).toMatchObject({ code: 1, out: '', err: said });
  });

  it('explains the first rows, against those of the file or of another', async () => {
    await lab(`train people.csv --target answer ${quick} --out why`);
    const told = await lab('predict why people.csv --explain --rows 2 --json');
    const { explanations, rows } = JSON.parse(told.out);
    expect(rows).toBe(120);
    expect(explanations.background).toEqual({ file: 'people.csv', rows: 120, of: 120 });
    expect(explanations.rows.map(({ row }: { row: number }) => row)).toEqual([2, 3]);
    const predicted = JSON.parse((await lab('predict why people.csv --json')).out).predictions;
    const [no, yes] = explanations.rows[1].answers;
    expect([no.name, yes.name]).toEqual(['no', 'yes']);
    expect(yes.prediction).toBeCloseTo(predicted.probability_yes[1], 5);
    const added = yes.columns.map(({ contribution }: { contribution: number }) => contribution);
    expect(added.reduce((sum: number, one: number) => sum + one, yes.base)).toBeCloseTo(yes.prediction, 10);
    expect(yes.columns[0]).toEqual({
      column: expect.any(String),
      value: expect.anything(),
      contribution: expect.any(Number),
      standard_error: expect.any(Number),
    });
    const { out } = await lab('predict why people.csv --explain --background people.csv');
    const flat = out.replace(/\s+/g, ' ');
    expect(flat).toMatch(
      /^Why: what each column adds to the mean prediction for 120 rows of people\.csv .* a row, [\d.]+ s\. /,
    );
    expect(flat).toMatch(/Row 11: (yes|no), with probability 0\.\d+; the mean probability is 0\.\d+\. column/);
    expect(flat).toContain('Only the first 10 rows: 110 more with --rows 120.');
    await expectRefusal('predict why people.csv --rows 3', '--rows: belongs to --explain.');
    await expectRefusal('predict why people.csv --explain --rows none', /^--rows: "none" is not a whole number/);
    await expectRefusal('predict why people.csv --explain --out a.csv', /^--explain: prints no CSV/);
  });

  it('adds intervals at the level asked for, where the model has them', async () => {
    const trained = loadModel(readFileSync(join(folder, model)), model);
    const residuals = [Array.from({ length: 19 }, (_, index) => (index + 1) / 10)];
    const calibration = { kind: 'conformal' as const, residuals, rows: 19, coverage: 0.9 };
    writeFileSync(join(folder, 'sure.safetensors'), saveModel({ ...trained, calibration }));
    const { columns, level, predictions } = JSON.parse((await lab('predict sure.safetensors curve.csv --json')).out);
    expect({ columns, level }).toEqual({ columns: ['predicted_y', 'low_y', 'high_y'], level: 0.9 });
    const half = JSON.parse((await lab('predict sure.safetensors curve.csv --level 0.5 --json')).out);
    expect(half.level).toBe(0.5);
    expect(half.predictions.predicted_y).toEqual(predictions.predicted_y);
    const width = (of: typeof predictions) => of.high_y[0] - of.low_y[0];
    expect(width(predictions) / width(half.predictions)).toBeCloseTo(1.8, 4);
    const { out } = await lab('predict sure.safetensors curve.csv');
    expect(out).toMatch(/^x,y,predicted_y,low_y,high_y\n/);

    const scores = JSON.parse((await lab('evaluate sure.safetensors curve.csv --level 0.5 --json')).out);
    expect(scores.intervals).toMatchObject({ level: 0.5, mean_width: expect.closeTo(width(half.predictions), 4) });
    expect((await lab('evaluate sure.safetensors curve.csv')).out).toMatch(
      /\nwithin the 90 % intervals +[01]\.\d+\nmean width of 90 % intervals +\d/,
    );
    await expectRefusal(
      'predict sure.safetensors curve.csv --level 0.99',
      'Intervals that hold 99 % of answers need the errors of 99 rows; this model has those of 19, enough for 95 %.',
    );
    await expectRefusal(`predict ${model} curve.csv --level 0.9`, /^This model has no intervals/);
    await expectRefusal('evaluate sure.safetensors curve.csv --level most', /^most is no level/);
  });

  it('takes - for standard output', async () => {
    expect(await lab(`predict ${model} curve.csv --out -`)).toEqual(await lab(`predict ${model} curve.csv`));
    expect(existsSync(join(folder, '-'))).toBe(false);
  });

  it.each([
    [`predict ${model} text.csv --out model`, '--out model: is a folder, not a file.'],
    [`predict ${model} text.csv --out none/p.csv`, '--out none/p.csv: there is no folder none.'],
    ['predict none.safetensors curve.csv', 'none.safetensors: no such file.'],
    [`predict ${model} nothing.csv`, /^nothing\.csv is empty; /],
    ['predict curve.csv curve.csv', /^curve\.csv: is named as a table, where a model is wanted/],
    ['predict model/report.html curve.csv', /^model\/report\.html is not a safetensors file: /],
  ])('%s', async (words, message) => {
    await expectRefusal(words, message);
  });

  it('leaves nothing behind where it is interrupted or refused midway', async () => {
    const { child, ended } = start(['predict', 'model', '-', '--out', 'midway.csv']);
    child.kill('SIGINT');
    expect((await ended).code).not.toBe(0);
    await expectRefusal(
      'predict model - --out midway.csv',
      /^standard input, row 200002: a quote/,
      `x\n${'1\n'.repeat(200_000)}"2\n`,
    );
    expect(readdirSync(folder).filter((name) => name.includes('midway'))).toEqual([]);
  });

  it('takes the folder of a run for MODEL', async () => {
    expect(await lab('predict model curve.csv')).toEqual(await lab(`predict ${model} curve.csv`));
    expect((await lab('evaluate model curve.csv')).out).toContain(model);
    mkdirSync(join(folder, 'hollow'));
    for (const command of ['predict', 'evaluate']) {
      await expectRefusal(
        `${command} hollow curve.csv`,
        'hollow: is a folder without model.safetensors; name one that fit or train --out wrote, or the file itself.',
      );
    }
  });

  it('never writes over what it reads, by whatever name', async () => {
    const before = readFileSync(join(folder, 'curve.csv'));
    symlinkSync('curve.csv', join(folder, 'soft.csv'));
    linkSync(join(folder, 'curve.csv'), join(folder, 'hard.csv'));
    for (const name of ['curve.csv', './curve.csv', 'model/../curve.csv', 'soft.csv', 'hard.csv']) {
      await expectRefusal(
        `predict model curve.csv --out ${name}`,
        `--out ${name}: is curve.csv itself, which would be lost; name another file.`,
      );
    }
    await expectRefusal(
      `predict model curve.csv --out ${model}`,
      `--out ${model}: is ${model} itself, which would be lost; name another file.`,
    );
    expect(readFileSync(join(folder, 'curve.csv'))).toEqual(before);
  });

  it.skipIf(!existsSync('/dev/full'))('says in one line that the disk is full', async () => {
    const { code, err } = await lab(`predict ${model} curve.csv --out /dev/full`);
    expect({ code, err }).toEqual({ code: 1, err: '/dev/full: no space left on the disk; it was not written.\n' });
  });

  it('names the place of a cell that cannot be used', async () => {
    await expectRefusal(
      `predict ${model} -`,
      /^standard input, row 4, column "x": "abc" is not a number/,
      'x\n\n\nabc\ndef\n',
    );
    const { code, out, err } = await lab(`predict ${model} -`, 'x\n1\n\nabc\ndef\n');
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 5 });
    expect(err).toContain(
      'Column "x": 2 cells without a number, taken as missing, such as "abc" in row 4, "def" in row 5.\n',
    );
    await expectRefusal(`predict ${model} -`, /^standard input has no column "x", only z/, 'z\n1\n');
    await expectRefusal(`predict ${model} -`, /^standard input, row \d: a quote/, 'x,z\n1,"a\n2,b\n');
  });
});
