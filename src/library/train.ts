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

/**
 * Settings of network and training (`TrialInput`) beside those of the data (`DataSettingsInput`), of which `target` is
 * required.
 */
export type TrainSettings = TrialInput & DataSettingsInput & RowOptions;

/**
 * Trains one network. Starts nothing yet: iterate over the run, or call `model`, `epoch` or `steps`.
 * @param engine what trains it
 * @param data from `prepare`
 * @param settings of network and training; what is left out takes its default: hidden layers, batch size and epochs
 * follow from the rows
 * @param options a signal, callbacks, a loss and metrics of your own
 * @throws InputError about a setting or an option
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const data = prepare(generate('curve'), { target: 'y' });
 * const run = train(engine, data, { model: { hidden: [16] }, training: { epochs: 20 } });
 * for await (const { number, train_loss } of run) if (number === 20) console.log(train_loss < 1); // true
 * const model = await run.model();
 * ```
 */
export function train(engine: Engine, data: DataSet, settings?: TrialInput, options?: TrainOptions): Run;
/**
 * The same of a table or rows, which are prepared first.
 * @param engine what trains it
 * @param rows a table, or rows as objects or arrays
 * @param settings the `target`, and what else `prepare` takes, beside those of network and training
 * @param options a signal, callbacks, a loss and metrics of your own
 * @throws InputError about a setting, an option, a column or a value
 */
export function train(engine: Engine, rows: Table | Rows, settings: TrainSettings, options?: TrainOptions): Run;
export function train(
  engine: Engine,
  input: DataSet | Table | Rows,
  settings: TrialInput | TrainSettings = {},
  { changes, planCode, ...options }: TrainOptions = {},
): Run {
  if (isDataSet(input)) return new Run(options, engine, input, [settings], { planned: changes, planCode });
  const { model, training, initial_parameters, ...data } = settings as TrainSettings;
  const trial = Object.fromEntries(
    Object.entries({ model, training, initial_parameters }).filter(([, value]) => value !== undefined),
  );
  return new Run(options, engine, prepare(input, data), [trial], { planned: changes, planCode });
}

/**
 * Trains many networks at once, as one program on the engine. They share data, shape and loss; learning rates, seeds
 * and the like may differ.
 * @param engine what trains them
 * @param data from `prepare`
 * @param settings of each network
 * @param options as of `train`; `onEpoch` is told of the first
 * @throws InputError about a setting or an option, and where the shapes differ
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const data = prepare(generate('moons'), { target: 'class' });
 * const seeds = [1, 2, 3].map((seed) => ({ training: { seed, epochs: 10 } }));
 * const run = trainPopulation(engine, data, seeds);
 * await run.model(); // trains all
 * console.log((await run.metricsOfAll('test')).length); // 3
 * ```
 */
export function trainPopulation(engine: Engine, data: DataSet, settings: TrialInput[], options: RunOptions = {}): Run {
  return new Run(options, engine, data, settings);
}

/**
 * Trains again on all rows for as many epochs as the run has kept: the model to use, once the first run has told how
 * good it is. Starts nothing yet, like `train`.
 * @param engine what trains it
 * @param data the same table, with `split: { train: 1 }`
 * @param run one that has ended
 * @param options as of `train`; a loss of the run's own is taken unless another is given
 * @throws InputError where the run has not ended, or has kept no epoch
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const run = train(engine, prepare(generate('curve'), { target: 'y' }), { training: { epochs: 5 } });
 * await run.model();
 * const whole = prepare(generate('curve'), { target: 'y', split: { train: 1 } });
 * const model = await refit(engine, whole, run).model();
 * ```
 */
export function refit(engine: Engine, data: DataSet, run: Run, options: RunOptions = {}): Run {
  const { loss, metrics } = run.options;
  return refitRun(engine, data, run, creating({ loss, metrics, ...options }));
}

/**
 * Goes on from a checkpoint of the same data: on the same engine and plan with the same bits.
 * @param engine what trains it
 * @param data prepared as it was for the run
 * @param checkpoint from `run.checkpoint()`
 * @param options as of `train`; a loss of your own has to be given again
 * @throws InputError about the `checkpoint` where it is damaged, of another version, or of other data
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const data = prepare(generate('curve'), { target: 'y' });
 * const run = train(engine, data, { training: { epochs: 10 } });
 * await run.steps(30);
 * const again = resumeRun(engine, data, await run.checkpoint());
 * console.log(again.stepsDone); // 30
 * ```
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
