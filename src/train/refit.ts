/**
 * Trains again on all rows once a run has shown for how long: the rows held out to choose the epoch, and to score it, are learned
 * from too. The scores that count are those of the first run; the rows of the second are all trained on.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { stepsInEpoch } from '../engine/step-schedule.ts';
import { training as messages } from '../messages/en/training/training.ts';
import { repeated } from '../spec/changes.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type CreateRun, newRun, type Run } from './trainer.ts';

/**
 * Starts nothing yet, like `train`. The settings, the schedule and the changes are the run's, and it ends after as many
 * epochs as the run has kept.
 * @param data the same table, with `split: { train: 1 }`
 * @param create makes the run of what the constructor takes
 * @throws InputError where the run has not ended, or has kept no epoch
 */
export function refit<Again extends Run = Run>(
  engine: Engine,
  data: DataSet,
  run: Run,
  create: CreateRun<Again> = newRun as CreateRun<Again>,
): Again {
  const [{ initial, changes, planned, outcome }] = run.trials;
  if (!outcome || outcome.kept_epoch === 0) throw new InputError(message(messages, 'refit_untrained', {}));
  const steps = (rows: number) => stepsInEpoch(rows, Math.min(initial.training.batch_size, rows));
  // An epoch has more steps: changes come at the same share of it.
  const longer = steps(data.sets.train.length) / steps(run.data.sets.train.length);
  const again = (repeated(changes, planned) ?? []).map((change) => ({
    ...change,
    step: Math.round(change.step * longer),
  }));
  return create(engine, data, [initial], { planned: again, refitEpochs: [outcome.kept_epoch], planCode: run.planCode });
}
