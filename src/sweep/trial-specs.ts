/** The trials of a sweep, what each is known by, and how they are put together as populations. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Trial } from '../spec/settings.ts';
import { resolveTrial } from '../train/trials.ts';
import { chunks, groupBy } from '../util/arrays.ts';
import { type Cell, type Sweep, seedsOf } from './definition.ts';

/** One trial to be, by its place in the results. */
export interface Entry {
  place: number;
  cell: number;
  seed: number;
  fold: number;
  /** Complete. */
  trial: Trial;
}

/** Trials that one population has at most. */
const mostTogether = 1024;

/** In the order of cells, then seeds, then folds. */
export function entriesOf(definition: Sweep, cells: readonly Cell[]): Entry[] {
  return cells
    .flatMap(({ trial }, cell) =>
      seedsOf(definition, trial.training.seed).flatMap((seed) =>
        Array.from({ length: definition.folds }, (_, fold) => {
          const { model, training } = trial;
          return { cell, seed, fold, trial: { model, training: { ...training, seed } } };
        }),
      ),
    )
    .map((entry, place) => ({ place, ...entry }));
}

/** Those that share a shape and a loss on the same fold, together. */
export function groupsOf(entries: readonly Entry[], folds: readonly DataSet[]): Entry[][] {
  const alike = groupBy([...entries], ({ fold, trial }) => {
    const { model, training } = resolveTrial(trial, folds[fold].preprocessing.task);
    return JSON.stringify([fold, model.hidden, training.loss]);
  });
  return alike.flatMap((group) => chunks(group, mostTogether));
}

/** Each trial's name, by its place: the same for the same settings on the same rows, in whatever sweep. */
export async function keysOf(entries: readonly Entry[], folds: readonly DataSet[]): Promise<string[]> {
  const rows: string[] = [];
  for (const data of folds) rows.push(await fingerprint(data));
  return entries.map(({ fold, trial }) => `${rows[fold]} ${JSON.stringify(trial)}`);
}

/** Of everything that training and scoring see of a data set. */
export async function fingerprint({ features, targets, weights, sets, preprocessing }: DataSet): Promise<string> {
  const arrays = [features, targets, weights ?? new Float32Array(), sets.train, sets.validation, sets.test];
  const digests: string[] = [];
  for (const array of arrays) digests.push(await digest(array));
  return digest(new TextEncoder().encode(JSON.stringify([digests, preprocessing])));
}

/** SHA-256, in hexadecimal. */
export async function digest(bytes: ArrayBufferView): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as ArrayBufferView<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
