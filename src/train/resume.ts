/** Going on with a run that was kept, where its checkpoint is still of use. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { InputError, saidBy } from '../util/errors.ts';
import type { Said } from '../util/message.ts';
import type { RunCheckpoint } from './checkpoint.ts';
import { type Run, resumeRun } from './trainer.ts';

/**
 * The run once its engine has taken the checkpoint, or why it does not: it is damaged, of another version, data or plan. Where
 * something else goes wrong it rejects.
 */
export async function resumedRun(
  engine: Engine,
  data: DataSet,
  checkpoint: RunCheckpoint,
): Promise<{ run: Run } | { refused: Said }> {
  let run: Run | undefined;
  try {
    run = resumeRun(engine, data, checkpoint);
    await run.plan();
    return { run };
  } catch (error) {
    await run?.destroy();
    if (error instanceof InputError && error.where === 'checkpoint') return { refused: saidBy(error) };
    throw error;
  }
}
