/**
 * Going on with a run that was kept, where its checkpoint is still of use: of this version and such data, of values that can be, and
 * of numbers that follow from its settings.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine, Hyperparameters } from '../engine/engine.ts';
import { createStepSchedules } from '../engine/step-schedule.ts';
import { training } from '../messages/en/training/training.ts';
import { checkStoredTrial } from '../spec/first-defaults.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import { checkpointVersion, type RunCheckpoint } from './checkpoint.ts';
import { checkpointSchema } from './checkpoint-schema.ts';
import { type CreateRun, newRun, type Run } from './trainer.ts';
import { hyperparametersOf, layersOf, type ResolvedTrial, resolveTrial } from './trials.ts';

/**
 * Goes on from a checkpoint of the same data: on the same engine and plan with the same bits.
 * @param create makes the run of what the constructor takes
 * @throws InputError about the `checkpoint` where it is damaged, of another version, or of other data
 */
export function resumeRun<Resumed extends Run = Run>(
  engine: Engine,
  data: DataSet,
  checkpoint: RunCheckpoint,
  create: CreateRun<Resumed> = newRun as CreateRun<Resumed>,
): Resumed {
  checkCheckpoint(checkpoint, data);
  return ofCheckpoint(() => {
    const trials = checkpoint.trials.map(({ trial }) => checkStoredTrial(trial));
    return create(engine, data, trials, { from: checkpoint });
  });
}

/**
 * The run once its engine has taken the checkpoint, or why it does not: it is damaged, of another version, data or plan. Where
 * something else goes wrong it rejects.
 */
export async function resumedRun(
  engine: Engine,
  data: DataSet,
  checkpoint: RunCheckpoint,
  create?: CreateRun<Run>,
): Promise<{ run: Run } | { refused: Said }> {
  let run: Run | undefined;
  try {
    run = resumeRun(engine, data, checkpoint, create);
    await run.plan();
    return { run };
  } catch (error) {
    await run?.destroy();
    if (error instanceof InputError && error.where === 'checkpoint') return { refused: saidBy(error) };
    throw error;
  }
}

/** @throws InputError when the checkpoint is not of this version, is damaged, or not of such data */
function checkCheckpoint(checkpoint: RunCheckpoint, data: DataSet): void {
  const { version } = checkpoint;
  if (version !== checkpointVersion) {
    const versions = { given: version, own: checkpointVersion };
    throw new InputError(message(training, 'checkpoint_version', versions), 'checkpoint');
  }
  const { success, error } = checkpointSchema.safeParse(checkpoint);
  if (!success) throw damaged(error.issues[0].path.join('.'));
  const { rows, columns, outputs } = checkpoint;
  if (rows !== data.rows || columns !== data.columns || outputs !== data.outputs) {
    const sizes = {
      stored: { rows, columns, outputs },
      data: { rows: data.rows, columns: data.columns, outputs: data.outputs },
    };
    throw new InputError(message(training, 'checkpoint_data', sizes), 'checkpoint');
  }
  const { task } = data.preprocessing;
  const trials = ofCheckpoint(() => checkpoint.trials.map(({ trial }) => resolveTrial(checkStoredTrial(trial), task)));
  checkSteps(checkpoint, trials, data);
  checkNumbers(checkpoint, trials, data);
}

/** Epochs follow from steps, and those from the batch sizes. */
function checkSteps({ epochs, steps }: RunCheckpoint, trials: readonly ResolvedTrial[], { sets }: DataSet): void {
  const batchSizes = trials.map(({ training }) => training.batch_size);
  const [{ populationSteps }] = createStepSchedules(sets.train.length, batchSizes);
  if (Math.floor(steps / populationSteps) !== epochs) throw damaged('steps');
}

/** What the engine trains by follows from the settings, but for the learning rate; populations in parts have it in these. */
function checkNumbers({ population, ...run }: RunCheckpoint, trials: readonly ResolvedTrial[], data: DataSet): void {
  if (population.parts) return;
  trials.forEach((trial, index) => {
    const layers = ofCheckpoint(() => layersOf(trial.model, data));
    const { learning_rate } = run.trials[index];
    const expected = { ...hyperparametersOf(trial, layers, data.sets.train.length), learning_rate };
    // Earlier builds knew no label smoothing.
    const stored: Hyperparameters = { label_smoothing: 0, ...population.trials[index] };
    const odd = Object.entries(expected).find(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof Hyperparameters]),
    );
    if (odd) throw damaged(`population.trials.${index}.${odd[0]}`);
  });
}

/** Whatever is wrong with its settings is the checkpoint's. @throws InputError */
function ofCheckpoint<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(message(training, 'checkpoint_settings', { why: saidBy(error) }), 'checkpoint');
  }
}

function damaged(path: string): InputError {
  return new InputError(message(training, 'checkpoint_contents', { path }), 'checkpoint');
}
