/** About how much memory training takes, from the settings alone: what scales, not what an engine adds for itself. */
import { type LayerShape, parameterCount } from '../../engine/parameters.ts';
import { updateOf, updateTable } from '../../spec/optimizers.ts';
import type { Trial } from '../../spec/settings.ts';

/** Bytes above which a run is not trained before a person has said so. */
export const asksAbove = 1e9;

const bytesPerNumber = 4;

/** Numbers that the optimizer remembers of each parameter. */
function optimizerNumbers({ optimizer }: Trial['training']): number {
  const momentum = 'momentum' in optimizer ? optimizer.momentum : 0;
  return updateTable[updateOf({ optimizer: optimizer.kind, momentum })].state.length;
}

export interface MemoryParts {
  parameters: number;
  /** Gradients and what the optimizer remembers. */
  optimizer: number;
  data: number;
}

/** Bytes, all in float32. */
export function memoryOf(trial: Trial, layers: readonly LayerShape[], rows: number): MemoryParts {
  const parameters = parameterCount(layers) * bytesPerNumber;
  const width = layers[0].inputs + (layers.at(-1)?.outputs ?? 0);
  return {
    parameters,
    optimizer: parameters * (1 + optimizerNumbers(trial.training)),
    data: rows * width * bytesPerNumber,
  };
}

/** Two digits are more than the estimate is worth: 1.2 MB. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)}\u00a0${units[step]}`;
}
