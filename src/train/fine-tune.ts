/** Goes on training a model that is there: its network and its loss, from its parameters, on data that was prepared as its own was. */
import { training as messages } from '../messages/en/training.ts';
import type { ModelData } from '../model/model-data.ts';
import type { TrialInput } from '../spec/settings.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';

/**
 * Settings for `train`, whose data comes from `prepareLike`. The optimizer begins anew: its averages are not in a model.
 * @param training what is to be otherwise than usual, such as fewer epochs and a lower learning rate
 * @throws InputError where the model is an average of several networks
 */
export function fineTuning({ members }: ModelData, training: TrialInput['training'] = {}): TrialInput {
  if (members.length !== 1) throw new InputError(message(messages, 'tune_ensemble', { count: members.length }));
  const [{ settings, parameters }] = members;
  const { loss } = settings.training;
  return { model: settings.model, training: { loss, ...training }, initial_parameters: Float32Array.from(parameters) };
}
