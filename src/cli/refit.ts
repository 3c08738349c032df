/** `train --out` trains again on all rows before it saves: see `src/train/refit.ts`. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import { summary } from '../messages/en/summary.ts';
import type { Model } from '../model/model.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { refit } from '../train/refit.ts';
import type { Outcome, Run } from '../train/trainer.ts';
import { type Message, message } from '../util/message.ts';
import { prepareWhole } from './reading.ts';

export interface Refitted {
  /** Undefined where it was interrupted or diverged: the first training is saved. */
  model: Model | undefined;
  interrupted: boolean;
  epochs: number;
  rows: number;
  seconds: number;
}

/** Whether there is anything to learn from that was held out, and a run that says for how long. */
export function isRefittable({ sets }: DataSet, { stopped, kept_epoch }: Outcome): boolean {
  const heldOut = sets.validation.length + sets.test.length;
  return heldOut > 0 && kept_epoch > 0 && stopped !== 'diverged' && stopped !== 'interrupted';
}

/** @param watch trains a run to the end, or until Ctrl-C */
export async function refitOnAllRows(
  engine: Engine,
  { rows, dataSettings, run, quiet }: { rows: Table; dataSettings: DataSettings; run: Run; quiet?: boolean },
  watch: (run: Run, epochs: number) => Promise<{ outcome: Outcome; seconds: number }>,
): Promise<Refitted> {
  const whole = await prepareWhole(rows, dataSettings, quiet);
  const again = refit(engine, whole, run);
  try {
    const { outcome, seconds } = await watch(again, run.weightsEpoch);
    const model = outcome.stopped === 'refit' ? await again.model() : undefined;
    const interrupted = outcome.stopped === 'interrupted';
    return { model, interrupted, epochs: outcome.epochs_run, rows: whole.rows, seconds };
  } finally {
    await again.destroy();
  }
}

/** Which model is saved, and which one the scores are of. */
export function savedWords({ model, interrupted, epochs, rows }: Refitted): Message {
  if (model) return message(summary, 'saved_refit', { epochs, rows });
  return message(summary, interrupted ? 'refit_interrupted' : 'refit_diverged', {});
}
