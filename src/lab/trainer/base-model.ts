/** Makes a model what the next run goes on from, as far as the table that is open suits it. Loaded when one is first chosen. */
import { baseModel } from '../../messages/en/models/base-model.ts';
import { message, type Said } from '../../util/message.ts';
import type { BaseChoice, TableView } from '../protocol/messages.ts';
import { type Form, withData } from '../shared/form.ts';
import type { TrainerController } from './controller.ts';

/** @param name of the model that answers predictions @returns why it cannot be, if it cannot */
export async function goOnFrom(trainer: TrainerController, name: string): Promise<Said | undefined> {
  const { controls } = trainer;
  let failure: Said | undefined;
  const reply = await trainer.ask<BaseChoice>(
    (lab) => lab.trainFrom({ name }, controls.form.data),
    (why) => {
      failure = why;
    },
  );
  if (!reply?.ok) return reply?.problem.message ?? failure;
  controls.replace(withBase(controls.form, reply.value));
  return undefined;
}

/**
 * What the controls say once a table is open: it is trained on from the model that they name, where it can be.
 * @returns why it begins anew, where it cannot
 */
export async function carriedOn(
  trainer: TrainerController,
  form: Form,
  { name: file, settings }: TableView,
): Promise<{ form: Form; left?: Said }> {
  const { from, ...anew } = form;
  if (!from) return { form };
  const reply = await trainer.ask<BaseChoice>((lab) => lab.trainFrom(from, settings));
  if (reply?.ok) return { form: withBase(form, reply.value) };
  const left = reply && message(baseModel, 'base_left', { name: from.name, file, why: reply.problem.message });
  return { form: anew, left };
}

/** From now on it goes on from this model. */
export function withBase(form: Form, { from, model, loss, data }: BaseChoice): Form {
  const { training } = form.trial;
  return withData({ ...form, from, trial: { ...form.trial, model, training: { ...training, loss } } }, data);
}
