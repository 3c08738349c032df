/**
 * The definition of a sweep: a grid of values for some settings, random values for others, and every combination (a
 * *configuration*; `cell` in files) with several seeds and folds. A configuration with one seed and one fold is a trial.
 */

import { sweeps } from '../../messages/en/training/sweeps.ts';
import { check, checkTrial } from '../../spec/check.ts';
import { smallTable, type TableSize, withDefaultsFor } from '../../spec/defaults.ts';
import { settingAt, trialFields, withSetting } from '../../spec/fields.ts';
import type { Trial } from '../../spec/settings.ts';
import { rangeAliases, type Sweep, type SweepInput, sweepNames, sweepSettings } from '../../spec/sweep-settings.ts';
import { InputError, saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { nearest } from '../../util/nearest.ts';
import { streams, uniformAt } from '../../util/random.ts';
import { nestedBase } from './base.ts';

export type { Sweep, SweepInput };

/** One combination of settings. */
export interface Configuration {
  /** What varies: path -> value. */
  settings: Record<string, unknown>;
  /** Complete, but for the seed. */
  trial: Trial;
}

/** @throws InputError that names the part of the sweep, or the setting nearest to an unknown one */
export function checkSweep(input: unknown): Sweep {
  const sweep = check(sweepSettings, input, sweepNames, rangeAliases);
  for (const path of [...Object.keys(sweep.grid), ...Object.keys(sweep.random)]) checkPath(path);
  const twice = Object.keys(sweep.grid).find((path) => path in sweep.random);
  if (twice) throw new InputError(message(sweeps, 'varied_twice', { path: twice }), 'random');
  return { ...sweep, base: nestedBase(sweep.base) };
}

/** Paths that a sweep may vary: single settings, and the groups that have kinds. */
const paths = trialFields.flatMap(({ path }) => (path.endsWith('.kind') ? [path, path.slice(0, -5)] : [path]));

function checkPath(path: string): void {
  if (path === 'training.seed') {
    throw new InputError(message(sweeps, 'seed_in_grid'), path);
  }
  if (paths.includes(path)) return;
  const byName = paths.filter((known) => known.endsWith(`.${path}`));
  throw new InputError(message(sweeps, 'grid_unknown', { path, near: byName[0] ?? nearest(path, paths) }), path);
}

/** The number of trials, without building them. */
export function countTrials({ grid, random, samples, seeds, folds }: Sweep): number {
  const inGrid = Object.values(grid).reduce((product, { length }) => product * length, 1);
  const draws = Object.keys(random).length > 0 ? samples : 1;
  return inGrid * draws * (typeof seeds === 'number' ? seeds : seeds.length) * folds;
}

/**
 * Refuses a sweep with more than `most` trials, so that a typing error does not run for a week.
 * @param option the option that allows more
 * @throws InputError
 */
export function checkTrialCount(sweep: Sweep, most: number, option = 'max_trials'): void {
  const trials = countTrials(sweep);
  if (trials <= most) return;
  throw new InputError(message(sweeps, 'trials_too_many', { count: trials, most, option }), 'max_trials');
}

export function listSeeds({ seeds }: Sweep, first: number): number[] {
  return typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => (first + i) >>> 0) : seeds;
}

/**
 * Every combination, checked; what it leaves out follows from the table. The last setting of the grid changes fastest.
 * @throws InputError that names the combination that is not legal
 */
export function listConfigurations(sweep: Sweep, size: TableSize = smallTable): Configuration[] {
  const combinations = Object.entries(sweep.grid).reduce<Record<string, unknown>[]>(
    (all, [path, options]) => all.flatMap((one) => options.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
  const draws =
    Object.keys(sweep.random).length > 0
      ? Array.from({ length: sweep.samples }, (_, sample) => drawSample(sweep, sample))
      : [{}];
  return draws.flatMap((draw) =>
    combinations.map((combination) => {
      const settings = { ...combination, ...draw };
      return { settings, trial: buildTrial(sweep.base, settings, size) };
    }),
  );
}

function drawSample({ random, seed: key }: Sweep, sample: number): Record<string, unknown> {
  const entries = Object.entries(random);
  return Object.fromEntries(
    entries.map(([path, choice], index) => {
      const uniform = uniformAt(key, sample * entries.length + index, streams.sweep);
      if (Array.isArray(choice)) return [path, choice[Math.floor(uniform * choice.length)]];
      const { from, to, scale } = choice;
      const value = scale === 'log' ? from * (to / from) ** uniform : from + (to - from) * uniform;
      const whole = trialFields.find((field) => field.path === path)?.type === 'integer';
      return [path, whole ? Math.round(value) : Number(value.toPrecision(4))];
    }),
  );
}

function buildTrial(base: Record<string, unknown>, settings: Record<string, unknown>, size: TableSize): Trial {
  // Kinds first: the other settings belong to the chosen kind.
  const entries = Object.entries(settings).sort(
    ([a], [b]) => Number(kindPath(b) !== undefined) - Number(kindPath(a) !== undefined),
  );
  const input = entries.reduce((trial, [path, value]) => withValue(trial, path, value), base);
  try {
    return checkTrial(withDefaultsFor(size, input));
  } catch (error) {
    if (!(error instanceof InputError) || entries.length === 0) throw error;
    const why = saidBy(error);
    throw new InputError(
      message(sweeps, 'in_combination', { why, settings: Object.fromEntries(entries) }),
      error.where,
    );
  }
}

/** `training.optimizer.kind` for itself and for `training.optimizer`; undefined for settings without kinds. */
function kindPath(path: string): string | undefined {
  return [path, `${path}.kind`].find(
    (known) => known.endsWith('.kind') && trialFields.some((field) => field.path === known),
  );
}

/** Setting a kind keeps the base's values of settings that both kinds have, such as the learning rate. */
function withValue(trial: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const kindAt = kindPath(path);
  if (!kindAt || (typeof value === 'object' && value !== null)) return withSetting(trial, path, value);
  const group = kindAt.slice(0, -5);
  const before = Object.entries((settingAt(trial, group) ?? {}) as object).filter(([name]) => {
    const field = trialFields.find((known) => known.path === `${group}.${name}`);
    return field?.kinds?.includes(String(value));
  });
  return withSetting(trial, group, { ...Object.fromEntries(before), kind: value });
}
