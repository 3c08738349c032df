/**
 * Edits of single layers, as changes of settings: what is one value for all hidden layers becomes a list where a layer
 * gets its own, stays a list of the right length where layers come and go, and is one value again where all agree.
 */
import { perLayer } from '../../engine/parameters.ts';
import type { ActivationName, TrialInput } from '../../spec/settings.ts';
import type { Change, FormPath } from '../shared/form.ts';

export interface EditedModel {
  hidden: number[];
  activation: ActivationName | ActivationName[];
  dropout: number | number[];
}

const paths = {
  hidden: 'trial.model.hidden',
  activation: 'trial.model.activation',
  dropout: 'trial.model.dropout',
} as const satisfies Record<keyof EditedModel, FormPath>;

/** Sizes that dragging and the page keys go through. */
const sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 150, 192, 256, 384, 512, 768, 1024];
export const mostLayerUnits = 65536;
export const mostLayers = 64;

/** So many sizes up, or down where negative. */
export function sizeAway(units: number, steps: number): number {
  let size = units;
  for (let step = 0; step < Math.abs(steps); step++) {
    const next =
      steps > 0
        ? (sizes.find((other) => other > size) ?? Math.min(2 * size, mostLayerUnits))
        : (sizes.findLast((other) => other < size) ?? 1);
    size = next;
  }
  return size;
}

export function editedModel(model: TrialInput['model'], hidden: number[]): EditedModel {
  return {
    hidden,
    activation: (model?.activation ?? 'tanh') as EditedModel['activation'],
    dropout: (model?.dropout ?? 0) as EditedModel['dropout'],
  };
}

export function resizeLayer({ hidden }: EditedModel, layer: number, units: number): Change[] {
  const kept = Math.min(mostLayerUnits, Math.max(1, Math.round(units)));
  return [{ path: paths.hidden, value: hidden.map((before, other) => (other === layer ? kept : before)) }];
}

/** A copy of a layer behind it; of a network without hidden layers, a first one. */
export function addLayer(model: EditedModel, after = model.hidden.length - 1): Change[] {
  const grown = <Value>(list: Value[]) => [
    ...list.slice(0, after + 1),
    ...list.slice(after, after + 1),
    ...list.slice(after + 1),
  ];
  return changed(model, model.hidden.length === 0 ? [16] : grown(model.hidden), grown);
}

export function removeLayer(model: EditedModel, layer: number): Change[] {
  const shrunk = <Value>(list: Value[]) => list.filter((_, other) => other !== layer);
  return changed(model, shrunk(model.hidden), shrunk);
}

export function setOfLayer<Name extends 'activation' | 'dropout'>(
  model: EditedModel,
  name: Name,
  layer: number,
  value: unknown,
): Change[] {
  const all = model.hidden.map((_, other) => (other === layer ? value : ofLayer(model, name, other)));
  return [{ path: paths[name], value: together(all) }];
}

export function ofLayer<Name extends 'activation' | 'dropout'>(
  model: EditedModel,
  name: Name,
  layer: number,
): ActivationName | number {
  return perLayer<ActivationName | number>(model[name], layer);
}

/** Lists with one value for each layer are edited with the layers. */
function changed(model: EditedModel, hidden: number[], edit: <Value>(list: Value[]) => Value[]): Change[] {
  const changes: Change[] = [{ path: paths.hidden, value: hidden }];
  for (const name of ['activation', 'dropout'] as const) {
    const value = model[name];
    if (!Array.isArray(value)) continue;
    const left = edit<ActivationName | number>(value);
    changes.push({ path: paths[name], value: left.length === 0 ? value[0] : together(left) });
  }
  return changes;
}

function together<Value>(values: Value[]): Value | Value[] {
  return values.every((value) => value === values[0]) ? values[0] : values;
}
