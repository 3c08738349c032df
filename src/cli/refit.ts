/** `train --out` trains again on all rows before it saves: see `src/train/refit.ts`. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { summary } from '../messages/en/command-line/summary.ts';
import type { Model } from '../model/model.ts';
import { refit } from '../train/refit.ts';
import type { Outcome, Run } from '../train/trainer.ts';
import { RunError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';

export interface Refitted {
  /** Undefined where it was interrupted, diverged or failed: the first training is saved. */
  model?: Model;
  /** Which model is saved, and which one the scores are of. */
  saved: Message;
  epochs: number;
  seconds: number;
}

/** Whether there is anything to learn from that was held out, and a run that says for how long. */
export function isRefittable({ sets }: DataSet, { stopped, kept_epoch }: Outcome): boolean {
  const heldOut = sets.validation.length + sets.test.length;
  return heldOut > 0 && kept_epoch > 0 && stopped !== 'diverged' && stopped !== 'interrupted';
}

/**
 * What the first training has found is not lost, whatever becomes of the second.
 * @param whole the same table, all rows of it training rows
 * @param watch trains a run to the end, or until Ctrl-C
 * @param resume the run as it was left, where this one has begun before
 */
export async function refitOnAllRows(
  engine: Engine,
  whole: DataSet,
  run: Run,
  watch: (run: Run, epochs: number) => Promise<{ outcome: Outcome; seconds: number }>,
  resume: (run: Run) => Promise<Run> = async (again) => again,
): Promise<Refitted> {
  const again = await resume(refit(engine, whole, run));
  try {
    const { outcome, seconds } = await watch(again, run.weightsEpoch);
    const trained = { epochs: outcome.epochs_run, seconds };
    if (outcome.stopped === 'refit') {
      const saved = message(summary, 'saved_refit', { epochs: outcome.epochs_run, rows: whole.rows });
      return { ...trained, model: await again.model(), saved };
    }
    const diverged = outcome.stopped === 'diverged';
    return { ...trained, saved: message(summary, diverged ? 'refit_diverged' : 'refit_interrupted') };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { epochs: 0, seconds: 0, saved: message(summary, 'refit_failed', { why: saidBy(error) }) };
  } finally {
    await again.destroy();
  }
}
