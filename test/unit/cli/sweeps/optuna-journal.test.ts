/** `--optuna`: a journal that Optuna replays to the trials of the sweep. Where a Python has Optuna, it reads them itself. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { optunaParameters } from '../../../../src/cli/sweeps/optuna-parameters.ts';
import { OptunaStudy, optunaJournal } from '../../../../src/cli/sweeps/optuna-study.ts';
import { generate } from '../../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import { disk } from '../../../../src/machine/disk.ts';
import type { Metrics } from '../../../../src/model/metrics.ts';
import { checkSweep } from '../../../../src/sweep/definition/definition.ts';
import type { LeaderboardEntry, SweepResult, TrialResult } from '../../../../src/sweep/results/types.ts';
import { sweep } from '../../../../src/sweep/sweep.ts';
import { enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';
import { optunaProgram, type ReplayedStudy, replay } from '../../../support/commands/optuna-journal.ts';
import { prepare } from '../../../support/first-defaults.ts';
import { findPython, runPython } from '../../../support/models/python.ts';

const python = findPython('optuna');
const base = { 'training.optimizer.kind': 'sgd', 'training.epochs': 130 };
const sweeps = {
  // The last learning rate diverges.
  halved: {
    base,
    grid: { 'model.hidden': [[4], [3, 3]], 'training.optimizer.learning_rate': [0.001, 0.01, 1000] },
    seeds: 2,
    halving: { first: 3, factor: 3 },
  },
  classes: { base: { 'training.epochs': 2 }, grid: { 'training.batch_size': [8, 4] }, folds: 2 },
};
const words =
  'sweep curve.csv halved.json --target y --split 0.6,0.2,0.2 --engine cpu --threads 1 --model best --quiet';
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const json = (...path: string[]) => JSON.parse(read(...path));
/** Trials in the order of trials.csv: in the journal they are in that in which they began. */
const inOrder = ({ trials, ...study }: ReplayedStudy) => ({
  ...study,
  trials: trials.sort((a, b) => Number(a.user_attrs.trial) - Number(b.user_attrs.trial)),
});
const replayed = (folder: string) => inOrder(replay(read(folder, 'optuna.log')));

beforeAll(async () => {
  enterScratch();
  writeFileSync('halved.json', JSON.stringify(sweeps.halved));
  expect(await run(`${words} --optuna --out halved`)).toMatchObject({ code: 0 });
});
afterAll(leaveScratch);

describe('the journal', () => {
  it('is of a study with the trials of the sweep', () => {
    const study = replayed('halved');
    const { trials, leaderboard, sweep, engine } = json('halved', 'sweep.json');
    expect(study).toMatchObject({ name: 'curve.csv: y', direction: 'MINIMIZE', metric_names: ['validation_rmse'] });
    expect(study.user_attrs).toMatchObject({ table: 'curve.csv', target: 'y', sweep, engine: engine.kind });
    expect(study.trials).toHaveLength(trials.length);
    const outcomes = { epochs: 'COMPLETE', halving: 'PRUNED', diverged: 'FAIL' };
    expect(new Set(trials.map(({ stopped }: TrialResult) => stopped))).toEqual(new Set(Object.keys(outcomes)));
    for (const [index, { cell, settings, seed, stopped, metrics }] of (trials as TrialResult[]).entries()) {
      const trial = study.trials[index];
      expect(trial.state).toBe(outcomes[stopped as keyof typeof outcomes]);
      const rmse = (metrics.validation as { rmse: number }).rmse;
      expect(trial.value).toBe(stopped === 'diverged' ? null : rmse);
      expect(trial.params).toEqual({ ...settings, 'model.hidden': JSON.stringify(settings['model.hidden']) });
      expect(trial.user_attrs).toMatchObject({ trial: index + 1, cell, seed, stopped, validation_rmse: rmse });
    }
    expect(study.user_attrs.leaderboard).toEqual(
      leaderboard.map(({ cell, settings, n, metrics }: LeaderboardEntry, index: number) => {
        const { mean } = metrics.validation.rmse;
        return { rank: index + 1, cell, settings, n, validation_rmse: Number.isFinite(mean) ? mean : null };
      }),
    );
  });

  it('has the metric of at most 100 epochs of each, the last among them', () => {
    const lines = read('halved', 'curves.csv').trim().split('\n');
    const column = (name: string) => lines[0].split(',').indexOf(name);
    const curves = lines.slice(1).map((line) => line.split(','));
    for (const { user_attrs, state, intermediate_values, seconds } of replayed('halved').trials) {
      const own = curves.filter(([trial]) => Number(trial) === user_attrs.trial);
      const last = own[own.length - 1];
      const shown = Object.entries(intermediate_values);
      expect(shown.length).toBeLessThanOrEqual(100);
      for (const [epoch, value] of shown) expect(value).toBe(Number(own[Number(epoch) - 1][column('rmse')]));
      if (state !== 'FAIL') expect(shown.at(-1)?.[0]).toBe(String(own.length));
      expect(seconds).toBeCloseTo(Number(last[column('seconds')]), 2);
    }
    expect(
      Object.keys(replayed('halved').trials.find(({ state }) => state === 'COMPLETE')?.intermediate_values ?? {}),
    ).toHaveLength(65);
  });

  it('is maximized where accuracy ranks, and has folds', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 3 ? 'a' : 'b'}`);
    writeFileSync('classes.csv', `x,y\n${rows.join('\n')}\n`);
    writeFileSync('classes.json', JSON.stringify(sweeps.classes));
    const line =
      'sweep classes.csv classes.json --target y --engine cpu --threads 1 --model best --quiet --optuna --out classes';
    expect(await run(line)).toMatchObject({ code: 0 });
    const { direction, metric_names, trials } = replayed('classes');
    expect({ direction, metric_names }).toEqual({ direction: 'MAXIMIZE', metric_names: ['validation_accuracy'] });
    expect(trials.map(({ params, user_attrs: { fold } }) => [...Object.values(params), fold])).toEqual([
      [8, 0],
      [8, 1],
      [4, 0],
      [4, 1],
    ]);
  });

  it('has floats alone as scores, however large: Python would read ints', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i ** 2 * 1e16}`);
    writeFileSync('large.csv', `x,y\n${rows.join('\n')}\n`);
    writeFileSync('large.json', JSON.stringify({ base: { 'training.epochs': 2 }, seeds: 2 }));
    const line =
      'sweep large.csv large.json --target y --engine cpu --threads 1 --model best --quiet --optuna --out large';
    expect(await run(line)).toMatchObject({ code: 0 });
    const { trials } = json('large', 'sweep.json');
    expect(trials[0].metrics.validation.rmse).toBeGreaterThan(2 ** 64 / 10);
    expect(replayed('large').trials.map(({ value }) => value)).toEqual(
      trials.map(({ metrics }: TrialResult) => (metrics.validation as { rmse: number }).rmse),
    );
    expect(read('large', 'optuna.log')).toContain(`"values":[${trials[0].metrics.validation.rmse}.0]`);
  });

  it('has no value of a trial that was interrupted or has none', async () => {
    const data = prepare(generate('curve', { rows: 20, seed: 4 }), { target: 'y' });
    const definition = checkSweep({ base: { 'training.epochs': 1 }, seeds: 3 });
    const result = await sweep(createReferenceEngine('reference', 'asked for'), data, definition);
    const { metrics } = result.trials[1];
    result.trials[0].stopped = 'interrupted';
    result.trials[1].metrics = { ...metrics, validation: { ...metrics.validation, rmse: Number.NaN } as Metrics };
    const facts = { file: '/a/b.csv', target: 'y', definition, folds: [data] };
    const { name, trials } = replay([...optunaJournal(facts, result)].join(''));
    expect(name).toBe('b.csv: y');
    expect(trials.map(({ state, value }) => [state, value])).toEqual([
      ['WAITING', null],
      ['FAIL', null],
      ['COMPLETE', (result.trials[2].metrics.validation as { rmse: number }).rmse],
    ]);
  });

  it('is of all shards where they are merged, and says where each trial ran', async () => {
    writeFileSync(
      'parts.json',
      JSON.stringify({ base: { 'training.epochs': 2 }, grid: sweeps.classes.grid, seeds: 2 }),
    );
    const parts = words.replace('halved', 'parts');
    expect(await run(`${parts} --optuna --out whole`)).toMatchObject({ code: 0 });
    for (const part of [1, 2])
      expect(await run(`${parts} --shard ${part}/2 --out part${part}`)).toMatchObject({ code: 0 });
    expect(await run('merge part1 part2 --optuna --model best --quiet --out merged')).toMatchObject({ code: 0 });
    const { machine } = json('part1', 'shard.json').shard;
    const { adapter } = json('whole', 'sweep.json').engine;
    const placed = replayed('whole').trials.map(({ seconds: _, user_attrs, ...trial }) => ({
      ...trial,
      user_attrs: { ...user_attrs, machine, engine: 'cpu', adapter },
    }));
    // Merged at once, they are in order.
    expect(replayed('merged').trials.map(({ seconds: _, ...trial }) => trial)).toEqual(
      placed.map((trial, number) => ({ ...trial, number })),
    );
  });

  it('goes with the results that it was of', async () => {
    expect(existsSync(join('whole', 'optuna.log'))).toBe(true);
    expect(await run(`${words.replace('halved', 'parts')} --resume --out whole`)).toMatchObject({ code: 0 });
    expect(existsSync(join('whole', 'optuna.log'))).toBe(false);
  });

  it('is written at the end where there was no room for it before', async () => {
    const { open } = disk;
    const full = vi.spyOn(disk, 'open').mockImplementation((path, flags) => {
      if (flags === 'a') throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'open' });
      return open(path, flags);
    });
    const { code, err } = await run(`${words.replace('halved', 'parts')} --optuna --overwrite --out part1`);
    full.mockRestore();
    expect({ code, times: err.split('The journal for Optuna is written when the sweep ends.').length }).toEqual({
      code: 0,
      times: 2,
    });
    const values = ({ trials }: ReplayedStudy) => trials.map(({ value }) => value);
    expect(values(replayed('part1'))).toEqual(values(replayed('merged')));
  });

  it.runIf(python)('is to Optuna what it is here', () => {
    for (const folder of ['halved', 'classes', 'large', 'merged']) {
      const study = runPython<ReplayedStudy>(String(python), optunaProgram(join(folder, 'optuna.log')), '.');
      expect(inOrder(study)).toEqual(replayed(folder));
    }
  });
});

describe('a journal that grows', () => {
  const data = prepare(generate('curve', { rows: 20, seed: 4 }), { target: 'y' });
  const definition = checkSweep({ base: { 'training.epochs': 6, 'training.early_stopping': false }, seeds: 3 });
  const facts = { file: 'b.csv', target: 'y', definition, folds: [data] };
  let result: SweepResult;
  beforeAll(async () => {
    result = await sweep(createReferenceEngine('reference', 'asked for'), data, definition);
  });
  /** A trial after so many epochs. */
  const trained = (place: number, epochs: number) => {
    const { cell: configuration, history } = result.trials[place];
    return { place, configuration, history: history.slice(0, epochs), stopped: undefined };
  };
  const ended = (place: number, more: Partial<TrialResult> = {}) =>
    new Map([[place, { ...result.trials[place], ...more }]]);
  const begun = () => {
    const study = new OptunaStudy(facts);
    const text =
      study.header() + study.progress([trained(0, 2), trained(1, 1), trained(2, 0)]) + study.results(ended(0));
    return { study, text };
  };

  it('can be read at every line', () => {
    const { study, text } = begun();
    const more = study.progress([trained(0, 6), trained(1, 3), trained(2, 1)]);
    const { trials } = replay(text + more);
    expect(trials.map(({ state, intermediate_values }) => [state, Object.keys(intermediate_values).length])).toEqual([
      ['COMPLETE', 6],
      ['RUNNING', 3],
      ['RUNNING', 1],
    ]);
    for (const line of (text + more).matchAll(/\n/g))
      expect(replay((text + more).slice(0, line.index + 1)).name).toBe('b.csv: y');
  });

  it('has no trial end before it was last seen to train: others may have trained in between', () => {
    const study = new OptunaStudy(facts);
    const start = Date.UTC(2026, 0, 1);
    const grown = [0, 60_000].map((after) => study.progress([trained(0, 2), trained(1, 2)], start + after));
    const { trials } = replay(study.header() + grown.join('') + study.results(ended(0), start + 90_000));
    expect(trials.map(({ seconds }) => seconds && Math.round(seconds))).toEqual([60, null]);
  });

  it('is gone on with where it was left, by whoever comes next, without a trial or an epoch twice', () => {
    const { study, text } = begun();
    const cut = study.progress([trained(1, 3)]);
    const before = text + cut.slice(0, cut.lastIndexOf('\n', cut.length - 2) + 1);
    const next = new OptunaStudy(facts);
    expect(next.read(before)).toBe(true);
    const whole = before + next.progress([trained(1, 4), trained(2, 1)]) + next.end(result);
    const { trials, user_attrs } = replay(whole);
    const steps = ['1', '2', '3', '4', '5', '6'];
    expect(trials.map(({ state, intermediate_values }) => [state, Object.keys(intermediate_values)])).toEqual(
      [0, 1, 2].map(() => ['COMPLETE', steps]),
    );
    expect(user_attrs).toMatchObject({ engine: 'reference', leaderboard: [{ rank: 1, n: 3 }] });
    // Once more: nothing is left to say of trials.
    const again = new OptunaStudy(facts);
    expect(again.read(whole)).toBe(true);
    expect(again.results(new Map(result.trials.entries()))).toBe('');
  });

  it('has trials wait that were interrupted, and run again', () => {
    const { study, text } = begun();
    const left = ended(1, { stopped: 'interrupted', history: trained(1, 2).history });
    const waiting = text + study.results(left) + study.results(ended(2, { stopped: 'interrupted', history: [] }));
    expect(replay(waiting).trials.map(({ state }) => state)).toEqual(['COMPLETE', 'WAITING', 'WAITING']);
    const next = new OptunaStudy(facts);
    expect(next.read(waiting)).toBe(true);
    const running = waiting + next.progress([trained(1, 3), trained(2, 1)]);
    expect(replay(running).trials.map(({ state }) => state)).toEqual(['COMPLETE', 'RUNNING', 'RUNNING']);
    expect(replay(running + next.end(result)).trials.map(({ state }) => state)).toEqual(Array(3).fill('COMPLETE'));
  });

  it('begins anew where what is there is of another sweep, damaged, or of other results', () => {
    const { text } = begun();
    const other = { ...facts, definition: checkSweep({ base: { 'training.epochs': 6 }, seeds: 4 }) };
    expect(new OptunaStudy(other).read(text)).toBe(false);
    expect(new OptunaStudy(facts).read(`${text}{"op_code":\n`)).toBe(false);
    const goesOn = (before: string) => [...optunaJournal(facts, result, before)].join('').startsWith(before);
    expect(goesOn(text)).toBe(true);
    const study = new OptunaStudy(facts);
    const changed = { ...result.trials[0].metrics, validation: { ...result.trials[0].metrics.validation, rmse: 9 } };
    const foreign = study.header() + study.results(ended(0, { metrics: changed as TrialResult['metrics'] }));
    expect(goesOn(foreign)).toBe(false);
  });
});

describe('--optuna is refused', () => {
  it.each([
    [words, 'the journal is one of the results; say with --out where they go.'],
    [
      `${words.replace('halved', 'parts')} --shard 1/2 --out x`,
      'the journal is of a whole sweep; give it to merge, and not with --shard.',
    ],
  ])('%s', async (line, why) => {
    expect(await run(`${line} --optuna`)).toMatchObject({ code: 2, err: `--optuna: ${why}\n` });
  });
});

describe('parameters', () => {
  const of = (
    path: string,
    choice: unknown[] | { from: number; to: number; scale: 'linear' | 'log' },
    used: unknown[] = [],
  ) => {
    const trials = used.map((value) => ({ settings: { [path]: value } }) as unknown as TrialResult);
    const given = Array.isArray(choice)
      ? { grid: { [path]: choice }, random: {} }
      : { grid: {}, random: { [path]: choice } };
    const parameter = optunaParameters(given, trials).get(path);
    return { ...parameter?.distribution, inside: used.map((value) => parameter?.internal(value)) };
  };

  it('are numbers by the kind and scale of the setting', () => {
    const rate = 'training.optimizer.learning_rate';
    const log = { step: null, low: 0.001, high: 0.1, log: true };
    expect(of(rate, [0.1, 0.001])).toMatchObject({ name: 'FloatDistribution', attributes: log });
    expect(of('model.dropout', [0.5, 0])).toMatchObject({ attributes: { step: null, low: 0, high: 0.5, log: false } });
    // A logarithm of 0 there is not.
    expect(of('training.weight_decay', [0, 0.1])).toMatchObject({ attributes: { low: 0, log: false } });
    expect(of('training.batch_size', [8, 32])).toMatchObject({
      name: 'IntDistribution',
      attributes: { step: 1, low: 8, high: 32 },
    });
  });

  it('are of the range that was drawn from, and of what rounding has made of draws', () => {
    const range = (from: number, to: number, scale: 'linear' | 'log') => ({ from, to, scale });
    expect(of('model.dropout', range(0.1, 0.12345, 'linear'), [0.1235])).toEqual({
      ...{ name: 'FloatDistribution', attributes: { step: null, low: 0.1, high: 0.1235, log: false } },
      inside: [0.1235],
    });
    expect(of('training.batch_size', range(7.6, 64.4, 'log'), [8, 64])).toMatchObject({
      ...{ name: 'IntDistribution', attributes: { step: 1, low: 8, high: 64, log: true } },
    });
  });

  it('are choices where not all values are numbers', () => {
    const values = [[32, 16], 'relu', null, 4, true, { kind: 'sgd' }];
    expect(of('model.hidden', values, [true, [32, 16], { kind: 'sgd' }, null])).toEqual({
      name: 'CategoricalDistribution',
      attributes: { choices: ['[32,16]', 'relu', null, 4, true, '{"kind":"sgd"}'] },
      inside: [4, 0, 5, 2],
    });
  });
});
