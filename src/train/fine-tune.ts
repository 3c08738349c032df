/** Goes on training a model that is there: its network and its loss, from its parameters, on data that was prepared as its own was. */
import { kindOf } from '../engine/layers.ts';
import { training as messages } from '../messages/en/training/training.ts';
import type { ModelData } from '../model/model-data.ts';
import type { TrialInput } from '../spec/settings.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';

/**
 * Settings for `train` that go on training a model: its network, its loss and its parameters. The data comes from
 * `prepareLike`. The optimizer begins anew: its averages are not in a model.
 * @param model one network
 * @param training what is to be otherwise than by default, such as fewer epochs and a lower learning rate
 * @throws InputError where the model is an average of several networks, or has layers that settings do not make
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu' });
 * const model = await train(engine, generate('curve'), { target: 'y', training: { epochs: 5 } }).model();
 * const data = prepareLike(model, generate('curve', { seed: 7 }));
 * const tuned = await train(engine, data, fineTuning(model, { epochs: 3, optimizer: { kind: 'adam', learning_rate: 1e-4
 * } })).model();
 * ```
 */
export function fineTuning({ members }: ModelData, training: TrialInput['training'] = {}): TrialInput {
  if (members.length !== 1) throw new InputError(message(messages, 'tune_ensemble', { count: members.length }));
  const [{ layers, settings, parameters }] = members;
  if (layers.some((layer) => kindOf(layer) === 'scale')) throw new InputError(message(messages, 'tune_layers'));
  const { loss } = settings.training;
  return { model: settings.model, training: { loss, ...training }, initial_parameters: Float32Array.from(parameters) };
}
