/** `sweep`: a table and a sweep file in, a leaderboard and files out. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, lab } from '../support/cli.ts';

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
    expect(err).toBe(
      '--out other: holds a sweep already (trials.csv); go on with it by --resume, name another folder, or write over it with --overwrite.\n',
    );
    expect(readFileSync(join(folder, 'other', 'trials.csv'), 'utf8')).toBe('mine');
    writeFileSync(join(folder, 'not.json'), '{ grid: ');
    expect((await lab('sweep curve.csv not.json --target y')).err).toMatch(/^not\.json: is not JSON: /);
  });
});
