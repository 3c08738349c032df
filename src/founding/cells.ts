/** From a trained population to the cells of the report: what the seeds of each combination say together. */
import type { Scale } from '../data/prepare/dataset.ts';
import type { Metrics } from '../model/metrics.ts';
import type { EpochRecord, Run, TrialProgress } from '../train/trainer.ts';
import { spreadOf } from '../util/statistics/statistics.ts';
import { averageCurve, push } from './curves.ts';
import type { CellKey, CellTrial, Fit, FoundingCell } from './report.ts';

/**
 * A validation loss is good when it is at most this many times the lowest mean of any cell, and at most this share of what
 * the mean of the training rows would score: where nothing is learned, nothing is good.
 */
export const goodFactor = 1.5;
export const goodShare = 0.25;
const gridPoints = 121;

export interface CellInputs {
  keys: readonly CellKey[];
  /** The trials are in the order of cells, then seeds. */
  seeds: readonly number[];
  perStep: readonly FoundingCell['ms_per_step'][];
  scaling: { x: Scale; y: Scale };
  /** Lowest and highest x. */
  range: [number, number];
  /** Validation RMSE of the mean of the training rows. */
  baseline: number;
}

export async function summarizeCells(run: Run, inputs: CellInputs): Promise<FoundingCell[]> {
  const { keys, seeds } = inputs;
  const [train, validation] = [await run.metricsOfAll('train'), await run.metricsOfAll('validation')];
  const fits = await fitsOf(run, inputs);
  const finals = run.trials.map((progress, index) =>
    finalOf(progress, rmseOf(train?.[index]), rmseOf(validation?.[index]), inputs.scaling.y.scale),
  );
  const placesOf = (cell: number) => seeds.map((_, seed) => cell * seeds.length + seed);
  const lowest = Math.min(...keys.map((_, cell) => meanLoss(placesOf(cell).map((place) => finals[place]))));
  const good = Math.min(goodFactor * lowest, goodShare * lossOf(inputs.baseline, inputs.scaling.y.scale));
  return keys.map((key, cell) => {
    const places = placesOf(cell);
    const progresses = places.map((place) => run.trials[place]);
    const trials = places.map((place) => ({
      ...finals[place],
      good_epoch: goodEpochOf(run.trials[place].history, good),
    }));
    return {
      ...key,
      ...summaryOf(progresses, trials),
      ms_per_step: inputs.perStep[cell],
      seconds: spreadOf(
        progresses.map(({ history }) => ((history.at(-1)?.steps ?? 0) * inputs.perStep[cell].median) / 1000),
      ),
      fit: fitOver(inputs, places, fits),
      trials,
    };
  });
}

/** The part of a cell that its trials alone say. */
function summaryOf(progresses: readonly TrialProgress[], trials: readonly CellTrial[]) {
  const stopped: FoundingCell['stopped'] = {};
  for (const trial of trials) stopped[trial.stopped] = (stopped[trial.stopped] ?? 0) + 1;
  const late = progresses[0].trial.training.epochs + 1;
  return {
    n: trials.length,
    diverged: stopped.diverged ?? 0,
    stopped,
    train_loss: spreadOf(trials.map(({ train_loss }) => train_loss)),
    validation_loss: spreadOf(trials.map(({ validation_loss }) => validation_loss)),
    validation_rmse: spreadOf(trials.map(({ validation_rmse }) => validation_rmse)),
    epochs_run: spreadOf(trials.map(({ epochs_run }) => epochs_run)),
    epochs_to_good: {
      ...spreadOf(trials.map(({ good_epoch }) => good_epoch ?? late)),
      reached: trials.filter(({ good_epoch }) => good_epoch !== null).length,
    },
    curve: averageCurve(progresses.map(({ history }) => history)),
  };
}

/** @param scale of the target */
export function finalOf(
  { trial, outcome }: TrialProgress,
  trainRmse: number,
  validationRmse: number,
  scale: number,
): Omit<CellTrial, 'good_epoch'> {
  if (!outcome) throw new Error('a trial has not ended');
  return {
    seed: trial.training.seed,
    train_loss: lossOf(trainRmse, scale),
    validation_loss: lossOf(validationRmse, scale),
    validation_rmse: validationRmse,
    epochs_run: outcome.epochs_run,
    stopped: outcome.stopped,
  };
}

/** half_mse of the scaled target */
function lossOf(rmse: number, scale: number): number {
  return (rmse / scale) ** 2 / 2;
}

export function rmseOf(metrics: Metrics | undefined): number {
  return metrics && 'rmse' in metrics ? metrics.rmse : Number.NaN;
}

function meanLoss(trials: readonly { validation_loss: number }[]): number {
  const { mean } = spreadOf(trials.map(({ validation_loss }) => validation_loss));
  return Number.isFinite(mean) ? mean : Number.POSITIVE_INFINITY;
}

/** The first epoch whose validation loss is at most `good`. */
export function goodEpochOf(history: readonly EpochRecord[], good: number): number | null {
  return history.find(({ validation_loss }) => validation_loss !== null && validation_loss <= good)?.number ?? null;
}

/** Every trial's predictions on the grid, in original units: [trial, point]. */
async function fitsOf(run: Run, { scaling: { x, y }, range }: CellInputs): Promise<Float64Array> {
  const features = Float32Array.from(gridOf(range), (value) => (value - x.offset) / x.scale);
  const outputs = await run.predict(features, features.length);
  return Float64Array.from(outputs, (value) => value * y.scale + y.offset);
}

function gridOf([from, to]: [number, number]): number[] {
  return Array.from({ length: gridPoints }, (_, point) => from + ((to - from) * point) / (gridPoints - 1));
}

function fitOver({ range }: CellInputs, places: readonly number[], fits: Float64Array): Fit {
  const x = gridOf(range);
  const fit: Fit = { x, mean: [], sd: [] };
  for (const point of x.keys()) {
    push(
      fit,
      places.map((place) => fits[place * x.length + point]),
    );
  }
  return fit;
}
