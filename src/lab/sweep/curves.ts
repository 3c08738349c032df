/** The losses of a sweep's trials as they come in, and the mean of each combination. Grows in place: see `version`. */
import type { StopReason } from '../../train/stopping.ts';
import type { SweepPlan, TrialNews } from '../protocol/sweep.ts';

export interface TrialCurve {
  epochs: number[];
  loss: number[];
  stopped: StopReason | null;
}

/** Mean loss over the trials of a combination, at every epoch that all of those that go on have reached. */
export interface MeanCurve {
  epochs: number[];
  loss: number[];
}

/** Paths of the settings that are not the same in all combinations. */
export function differingPaths(cells: SweepPlan['cells']): string[] {
  return Object.keys(cells[0] ?? {}).filter(
    (path) => new Set(cells.map((cell) => JSON.stringify(cell[path]))).size > 1,
  );
}

export class SweepCurves {
  readonly plan: SweepPlan;
  /** By place. */
  readonly trials: TrialCurve[];
  /** Rises with everything that is added. */
  version = 0;
  /** Of all finite losses. */
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  readonly #means = new Map<number, MeanCurve>();
  readonly #each: number;

  constructor(plan: SweepPlan) {
    this.plan = plan;
    this.#each = plan.seeds.length * plan.folds;
    this.trials = plan.cells.flatMap(() =>
      Array.from({ length: this.#each }, (): TrialCurve => ({ epochs: [], loss: [], stopped: null })),
    );
  }

  add(news: readonly TrialNews[]): void {
    for (const { place, epochs, train, validation, stopped } of news) {
      const trial = this.trials[place];
      const losses = this.plan.validated ? validation : train;
      for (const [index, epoch] of epochs.entries()) {
        trial.epochs.push(epoch);
        trial.loss.push(losses[index]);
        if (losses[index] > 0 && Number.isFinite(losses[index])) {
          this.low = Math.min(this.low, losses[index]);
          this.high = Math.max(this.high, losses[index]);
        }
      }
      trial.stopped = stopped ?? trial.stopped;
      this.#means.delete(this.cellOf(place));
    }
    this.version += 1;
  }

  cellOf(place: number): number {
    return Math.floor(place / this.#each);
  }

  trialsOf(cell: number): TrialCurve[] {
    return this.trials.slice(cell * this.#each, (cell + 1) * this.#each);
  }

  meanOf(cell: number): MeanCurve {
    const known = this.#means.get(cell);
    if (known) return known;
    const mean = meanCurve(this.trialsOf(cell));
    this.#means.set(cell, mean);
    return mean;
  }
}

/** A trial that has ended counts with its last loss, so that the mean does not jump when it ends. */
export function meanCurve(trials: readonly TrialCurve[]): MeanCurve {
  const going = trials.filter(({ stopped }) => stopped === null);
  const reach =
    going.length > 0 ? Math.min(...going.map(({ epochs }) => epochs.at(-1) ?? 0)) : Number.POSITIVE_INFINITY;
  const epochs = [...new Set(trials.flatMap((trial) => trial.epochs))]
    .filter((epoch) => epoch <= reach)
    .sort((a, b) => a - b);
  const at = trials.map(() => -1);
  const loss = epochs.map((epoch) => {
    let sum = 0;
    for (const [index, trial] of trials.entries()) {
      while (at[index] + 1 < trial.epochs.length && trial.epochs[at[index] + 1] <= epoch) at[index] += 1;
      sum += trial.loss[at[index]] ?? Number.NaN;
    }
    return sum / trials.length;
  });
  return { epochs, loss };
}
