/** `sweep`: a table and a sweep file in, a leaderboard and files out. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { significant } from '../../../src/cli/output/output.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { folder, lab } from '../../support/commands/cli.ts';
import { signalled } from '../../support/commands/hold.ts';
import { textOfPage } from '../../support/text/pages.ts';

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
    const note = out.replace(/\s+/g, ' ');
    expect(note).toContain("brackets hold the 95 % interval of the mean by Student's t. Folds share rows to train on");
    const written = JSON.parse(readFileSync(join(folder, 'tried', 'sweep.json'), 'utf8'));
    expect(written.trials).toHaveLength(16);
    expect(written.leaderboard[0].metrics.validation.rmse).toMatchObject({ n: 4, interval: 't' });
    expect(written.leaderboard[0].versus_best).toBeNull();
    const { versus_best } = written.leaderboard[1];
    expect(versus_best.n).toBe(4);
    expect(versus_best.told_apart).toBe(versus_best.low > 0 || versus_best.high < 0);
    expect(/\n2 ≈ /.test(out)).toBe(!versus_best.told_apart);
    expect(note).toMatch(
      /[≈T].*paired difference over seeds and folds has 0 in it\. These intervals hold all together with 95 %\./,
    );
    expect(written.trials[1]).toMatchObject({ cell: 0, seed: 10, fold: 1, epochs_run: 5, stopped: 'epochs' });
    const means = written.leaderboard.map((leader: { metrics: { validation: { rmse: { mean: number } } } }) => {
      return leader.metrics.validation.rmse.mean;
    });
    expect(means).toEqual([...means].sort((a, b) => a - b));
    const [largest, other] = written.variance_shares;
    expect([largest.path, other.path].sort()).toEqual(['model.activation', 'training.optimizer']);
    expect(largest.share + other.share).toBeLessThanOrEqual(1);
    const share = `${largest.path.split('.')[1]} ${Math.round(100 * largest.share)} %, `;
    expect(note).toContain(`Which settings matter, as shares of the variance over combinations: ${share}`);
    const csv = readFileSync(join(folder, 'tried', 'trials.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(csv).toHaveLength(17);
    expect(csv[0]).toMatch(/^cell,model\.activation,training\.optimizer,seed,fold,epochs_run,stopped,train_mse,/);

    const again = await lab('sweep curve.csv sweep.json --target y --engine cpu --json');
    const { trials, command, time_estimate } = JSON.parse(again.out);
    expect(time_estimate).toEqual({ seconds: expect.any(Number), at_most: expect.any(Boolean), engines: ['cpu'] });
    expect(command).toBe('sweep');
    expect(trials).toEqual(written.trials);
  });

  const modelIn = (out: string) => loadModel(readFileSync(join(folder, out, 'model.safetensors')));
  const asLine = (text: string) => text.replace(/\s+/g, ' ');

  it('saves the average of the best settings, trained again on all rows, and says what is known of it', async () => {
    trying(small);
    const run = 'sweep curve.csv sweep.json --target y --engine cpu';
    const { code, out, err } = await lab(`${run} --out averaged`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const written = JSON.parse(readFileSync(join(folder, 'averaged', 'sweep.json'), 'utf8'));
    const [{ metrics }] = written.leaderboard;
    expect(written.model).toMatchObject({ kind: 'average', rows: 60, diverged: 0, epochs: [5, 5, 5, 5] });
    // Never by rows that chose it, where there are others.
    expect(written.model.estimate).toEqual({ set: 'test', metrics: metrics.test });
    const model = modelIn('averaged');
    expect(model.members.map(({ weight }) => weight)).toEqual([0.25, 0.25, 0.25, 0.25]);
    const { mean, sd } = metrics.test.rmse;
    const said =
      'model.safetensors: the average of 4 networks with the best settings, one for each seed and fold, trained again on all 60 rows for the epochs that its trial had kept (5). ' +
      'No row is left to score it by; single networks with these settings, trained without the test rows, have test RMSE ';
    expect(asLine(out)).toContain(`${said}${significant(mean)} ± ${significant(sd)}.`);
    expect(textOfPage(readFileSync(join(folder, 'averaged', 'report.html'), 'utf8'))).toContain(said);

    const untested = await lab(`${run} --split 0.8,0.2,0 --out untested`);
    expect(asLine(untested.out)).toMatch(
      /trained without their validation rows, have validation RMSE [\d.]+ ± [\d.]+\. The settings and the epochs were chosen by these rows: expect a little less of new ones\./,
    );

    const single = await lab(`${run} --model best --out single --json`);
    expect(JSON.parse(single.out).model).toEqual({ kind: 'best' });
    expect(modelIn('single').members).toHaveLength(1);
    expect(modelIn('single').origin).toMatchObject({ stopped: 'epochs', epochs_run: 5 });
    // Without a folder nothing is saved, and nothing is trained again.
    expect(JSON.parse((await lab(`${run} --json`)).out).model).toBeNull();
    expect((await lab(`${run} --model last`)).err).toMatch(/--model/);
  });

  it.skipIf(process.platform === 'win32')('saves the best trial when the average is interrupted', async () => {
    trying({ base: { training: { epochs: 30, early_stopping: false } }, seeds: 2 });
    const run = 'sweep curve.csv sweep.json --target y --engine cpu --out cut';
    const { code, out } = await signalled(run.split(' '), 'SIGINT', { said: /again on all rows/ });
    expect(code).toBe(130);
    expect(asLine(out)).toContain('interrupted: model.safetensors is the best trial, as it was trained');
    expect(modelIn('cut').members).toHaveLength(1);
    // All trials are done: what is left is the average.
    const { code: done } = await lab(`${run} --resume`);
    expect(done).toBe(0);
    expect(modelIn('cut').members).toHaveLength(2);
  });

  it.each([
    [
      { grid: { 'model.activaton': ['relu'] } },
      /^bad\.json, grid: there is no setting model\.activaton \(did you mean/,
    ],
    [{ grid: { 'training.batch_size': [0] } }, /^bad\.json, training\.batch_size: 0 is too small.*in the combination/],
    [
      { seeds: 10_000, grid: { 'training.l2': [0, 1] } },
      /^The sweep has 20\u202f000 trials, more than 10\u202f000; .*--max-trials/,
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
    expect(err).toBe(
      '--out other: holds a sweep already (trials.csv); go on with it by --resume, name another folder, or write over it with --overwrite.\n',
    );
    expect(readFileSync(join(folder, 'other', 'trials.csv'), 'utf8')).toBe('mine');
    writeFileSync(join(folder, 'not.json'), '{ grid: ');
    expect((await lab('sweep curve.csv not.json --target y')).err).toMatch(/^not\.json: is not JSON: /);
  });

  it('is written by somebody who means harm: it is refused in a line', async () => {
    const deep = '['.repeat(100_000);
    const cases: [string, string | RegExp][] = [
      [
        `{ "grid": { "training.seed": ${deep}${deep.replaceAll('[', ']')} } }`,
        'hostile.json, it has groups within groups, over 64 deep.\n',
      ],
      [`{ "grid": { "${'x'.repeat(900_000)}": [1] } }`, /^hostile\.json, grid: there is no setting x+…x+\.\n$/],
      [
        ' '.repeat(1_000_001),
        'hostile.json: has 1\u202f000\u202f001 bytes, and such a file at most 1\u202f000\u202f000.\n',
      ],
    ];
    for (const [text, said] of cases) {
      writeFileSync(join(folder, 'hostile.json'), text);
      const { code, err } = await lab('sweep curve.csv hostile.json --target y');
      expect(code).toBe(2);
      expect(err).toMatch(said);
      expect(err.length).toBeLessThan(1000);
    }
  });
});
