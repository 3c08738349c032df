/** Starting runs: on a data set, or on a table or rows, which are prepared first. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import { library } from '../messages/en/library.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { TrialInput } from '../spec/settings.ts';
import { refit as refitRun } from '../train/refit.ts';
import { resumeRun as resume } from '../train/resume.ts';
import type { CreateRun } from '../train/trainer.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { prepare } from './prepare.ts';
import type { RowOptions, Rows } from './rows.ts';
import { type Checkpoint, Run, type RunOptions, type TrainOptions } from './run.ts';

/** Settings of a trial beside those of the data: see `prepare`. */
export type TrainSettings = TrialInput & DataSettingsInput & RowOptions;

/**
 * Starts nothing yet: iterate over the run, or call `model`, `epoch` or `steps`.
 * @param settings what is left out takes its default; hidden layers, batch size and epochs follow from the rows
 * @throws InputError about a setting or an option
 */
export function train(engine: Engine, data: DataSet, settings?: TrialInput, options?: TrainOptions): Run;
/** The same of a table or rows: `settings` name the `target`, and may have all that `prepare` takes. */
export function train(engine: Engine, rows: Table | Rows, settings: TrainSettings, options?: TrainOptions): Run;
export function train(
  engine: Engine,
  input: DataSet | Table | Rows,
  settings: TrialInput | TrainSettings = {},
  { changes, planCode, ...options }: TrainOptions = {},
): Run {
  if (isDataSet(input)) return new Run(options, engine, input, [settings], undefined, changes, [], planCode);
  const { model, training, initial_parameters, ...data } = settings as TrainSettings;
  const trial = Object.fromEntries(
    Object.entries({ model, training, initial_parameters }).filter(([, value]) => value !== undefined),
  );
  return new Run(options, engine, prepare(input, data), [trial], undefined, changes, [], planCode);
}

/** Many trials that share shape and loss, trained together. */
export function trainPopulation(engine: Engine, data: DataSet, settings: TrialInput[], options: RunOptions = {}): Run {
  return new Run(options, engine, data, settings);
}

/**
 * Trains again on all rows for as many epochs as the run has kept. Starts nothing yet, like `train`.
 * @param data the same table, with `split: { train: 1 }`
 * @param options a loss of the run's own is taken unless another is given
 * @throws InputError where the run has not ended, or has kept no epoch
 */
export function refit(engine: Engine, data: DataSet, run: Run, options: RunOptions = {}): Run {
  const { loss, metrics } = run.options;
  return refitRun(engine, data, run, creating({ loss, metrics, ...options }));
}

/**
 * Goes on from a checkpoint of the same data: on the same engine and plan with the same bits.
 * @throws InputError about the `checkpoint` where it is damaged, of another version, or of other data
 */
export function resumeRun(engine: Engine, data: DataSet, checkpoint: Checkpoint, options: RunOptions = {}): Run {
  const name = checkpoint.custom_loss;
  if (name !== undefined && options.loss?.name !== name) {
    throw new InputError(message(library, 'loss_absent', { name }), 'checkpoint');
  }
  return resume(engine, data, checkpoint, creating(options));
}

const creating =
  (options: RunOptions): CreateRun<Run> =>
  (...given) =>
    new Run(options, ...given);

function isDataSet(input: DataSet | Table | Rows): input is DataSet {
  return 'sets' in input;
}
