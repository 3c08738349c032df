/** Whether a model's settings say the same of its layers as its tensors do: what is shown of a model is read off its settings. */
import { kindOf, type LayerShape } from '../../engine/layers.ts';
import { perLayer } from '../../engine/parameters.ts';
import { models } from '../../messages/en/models/models.ts';
import { lossFor, outputActivationFor, type Task } from '../../spec/answers.ts';
import type { Trial } from '../../spec/settings.ts';
import { type Message, message } from '../../util/message.ts';

/** What is wrong; undefined where nothing is. Scale layers follow from no setting, and those say nothing of them. */
export function contradictionOf(layers: readonly LayerShape[], settings: Trial, task: Task): Message | undefined {
  const { hidden, activation, output_activation, embedding } = settings.model;
  const dense = layers.filter((layer) => kindOf(layer) === 'dense');
  const last = dense.pop();
  const loss = lossFor(settings.training.loss, task);
  const facts: [setting: string, said: unknown, found: unknown][] = [
    ['model.hidden', hidden, dense.map(({ outputs }) => outputs)],
    ['model.activation', hidden.map((_, index) => perLayer(activation, index)), dense.map((layer) => layer.activation)],
    ['model.output_activation', outputActivationFor(output_activation, loss), last?.activation],
    ['model.embedding', ...embeddings(layers, embedding)],
  ];
  for (const [setting, said, found] of facts) {
    const [input, own] = [said, found].map((value) => JSON.stringify(value ?? null));
    if (input !== own) return message(models, 'settings_of_other_layers', { setting, input, layers: own });
  }
  return undefined;
}

/** Settings that embed numbers have no layer for it where there are none. */
function embeddings(layers: readonly LayerShape[], settings: Trial['model']['embedding']): [unknown, unknown] {
  const found = layers.flatMap(({ embedding }) => embedding ?? []);
  const own = found.map(({ frequencies, scale }) => ({ frequencies, scale }));
  if (settings.kind === 'none') return [[], own];
  const { frequencies, scale } = settings;
  return [found.length === 0 ? [] : [{ frequencies, scale }], own];
}
