/** Shows a run that is kept: the one that this tab had open, or one that a person chooses. */
import type { PlannedChange } from '../../../spec/changes.ts';
import type { Recalled } from '../../protocol/messages.ts';
import { type Form, formOf, withData } from '../../shared/form.ts';
import { initialSettings, repeatedChanges } from '../../shared/live-steps.ts';
import type { TrainerController } from '../controller.ts';
import type { Opening } from './opening.ts';

/** A run as it was. Where it cannot be gone on with, its settings are trained anew. */
export async function recall(trainer: TrainerController, recalled: Recalled): Promise<void> {
  const { source, entry, settings, run, why, playing } = recalled;
  if (!run) {
    const initial = formOf(initialSettings(entry));
    const changes = repeatedChanges(entry);
    await trainer.open(source, playing, openingWith(initial, changes, entry.engine?.plan_code));
    trainer.anew = why;
    if (!changes) trainer.linked = { problems: [], unrepeated: true };
    return;
  }
  trainer.controls.form = formOf(settings);
  trainer.show(run, settings, source);
  if (why !== undefined) trainer.recovered = { epoch: entry.epochs, reason: why, of: 'device', moved: true };
  await trainer.worker.command((lab) => lab.goOn(playing));
}

/** A table with just these settings, and changes while it trains. */
export function openingWith(form: Form, changes?: readonly PlannedChange[], plan_code?: string): Opening {
  return { data: form.data, form: (view) => withData(form, view.settings), changes, plan_code };
}

/** @param play whether it trains on, where it has not ended @returns whether it is open now */
export async function openStoredRun(trainer: TrainerController, id: string, play: boolean): Promise<boolean> {
  trainer.complaint = undefined;
  const reply = await trainer.ask<Recalled>(
    (lab) => lab.openRun(id),
    (message) => {
      trainer.complaint = message;
    },
  );
  if (reply?.ok) {
    await recall(trainer, { ...reply.value, playing: play });
    return true;
  }
  if (reply) trainer.complaint = reply.problem.message;
  return false;
}
