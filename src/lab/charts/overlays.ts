/** Further runs behind the current one: each a line, or the mean of a group of seeds with a band. */

import { lossFor, type Task } from '../../spec/answers.ts';
import type { LossName } from '../../spec/settings.ts';
import { meanSd } from '../../util/statistics/statistics.ts';
import type { RunPicture } from '../protocol/runs.ts';
import type { LegalForm } from '../protocol/settings.ts';

export interface Curve {
  at: readonly number[] | Float64Array;
  mean: readonly (number | null)[] | Float64Array;
  /** Standard deviation at each point; absent for one run. */
  sd?: readonly (number | null)[];
}

export interface Overlay {
  id: string;
  name: string;
  /** Its place among the palette's colours and dash patterns. */
  slot: number;
  /** Validation loss, or training loss where there are no validation rows. */
  loss: Curve;
  /** Seconds at the points of `loss`. */
  seconds: readonly number[];
  /** Over the one input, where there is one. */
  fit: Curve | undefined;
  /** Seeds of a group; 1 for one run. */
  seeds: number;
  basis: Basis;
}

/** What two runs have to share for their curves to mean something in one chart. */
export interface Basis {
  /** Key of the table. */
  table: string;
  target: string;
  loss: LossName;
  /** Losses are of scaled targets; the scale of a run that goes on from a model is that model's. */
  scaling: string;
}

export function basisOf(
  tableKey: string,
  target: string,
  task: Task,
  { trial, data, from }: Omit<LegalForm, 'engine'>,
): Basis {
  return { table: tableKey, target, loss: lossFor(trial.training.loss, task), scaling: from?.key ?? data.scaling };
}

/** The first that differs; undefined where the curves can be compared. */
export function incomparable(a: Basis, b: Basis): keyof Basis | undefined {
  return (['table', 'target', 'loss', 'scaling'] as const).find((name) => a[name] !== b[name]);
}

/** As second cue beside the colour: in CSS pixels, line and gap. */
export const dashes: readonly (readonly number[])[] = [
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 4],
  [4, 2, 4, 6],
  [1, 4],
];

/**
 * Places in the palette of runs, in the order they are given out: its blue and its vermilion come last, since the current
 * run's lines are blue and orange.
 */
export const overlayColours: readonly number[] = [2, 3, 4, 5, 1, 0];

export const mostOverlays = dashes.length;

/** The curves of one run, or of several that differ only by their seed. */
export function overlayOf(
  id: string,
  name: string,
  slot: number,
  basis: Basis,
  pictures: readonly RunPicture[],
): Overlay | undefined {
  const [first] = pictures;
  if (!first || first.epochs.length === 0) return undefined;
  // Where runs stopped early, or are thinned to other epochs, they are compared where the longest has points.
  const longest = pictures.reduce((a, b) => ((b.epochs.at(-1) ?? 0) > (a.epochs.at(-1) ?? 0) ? b : a));
  const lossesOf = (picture: RunPicture) => {
    const losses = picture.validation.some((value) => value !== null) ? picture.validation : picture.train;
    return longest.epochs.map((epoch) => at(picture.epochs, losses, epoch));
  };
  const fits = pictures.filter(({ grid, fitted }) => fitted && sameGrid(grid, first.grid));
  return {
    id,
    name,
    slot,
    loss: { at: longest.epochs, ...bandOf(pictures.map(lossesOf)) },
    seconds: longest.seconds,
    fit:
      first.grid && fits.length > 0
        ? { at: first.grid, ...bandOf(fits.map(({ fitted }) => Array.from(fitted ?? []))) }
        : undefined,
    seeds: pictures.length,
    basis,
  };
}

/** Mean over those that have a value there, and their standard deviation. */
export function bandOf(curves: readonly (readonly (number | null)[])[]): Pick<Curve, 'mean' | 'sd'> {
  if (curves.length === 1) return { mean: curves[0] };
  const mean: (number | null)[] = [];
  const sd: (number | null)[] = [];
  for (let index = 0; index < (curves[0]?.length ?? 0); index++) {
    const values = curves.map((curve) => curve[index]).filter((value) => value !== null && value !== undefined);
    const spread = values.length > 0 ? meanSd(values) : null;
    mean.push(spread?.mean ?? null);
    sd.push(spread && values.length > 1 ? spread.sd : null);
  }
  return { mean, sd };
}

/** The value at an epoch, between points by the line; null past the run's end. */
function at(epochs: readonly number[], values: readonly (number | null)[], epoch: number): number | null {
  let low = 0;
  let high = epochs.length - 1;
  if (high < 0 || epoch > epochs[high]) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (epochs[middle] < epoch) low = middle + 1;
    else high = middle;
  }
  const after = values[low];
  const before = values[low - 1];
  if (epochs[low] === epoch || low === 0 || before === null || before === undefined || after === null) return after;
  return before + ((after - before) * (epoch - epochs[low - 1])) / (epochs[low] - epochs[low - 1]);
}

function sameGrid(a: Float64Array | null, b: Float64Array | null): boolean {
  return !!a && !!b && a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1);
}

/** A run that is not drawn behind the current one, and why. */
export interface Incomparable {
  name: string;
  difference: keyof Basis;
}
