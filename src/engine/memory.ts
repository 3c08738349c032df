/**
 * What a population needs of the machine's memory is worked out from its settings alone, before anything of it is allocated;
 * what is more than there is, is refused with what would fit.
 */
import { engines, type Smaller } from '../messages/en/engines/engines.ts';
import { InputError } from '../util/errors.ts';
import { machineMemory } from '../util/machine-memory.ts';
import { message } from '../util/message.ts';
import type { PopulationShape } from './engine.ts';
import { kindOf, type LayerSize } from './layers.ts';
import { parameterCount } from './parameters.ts';

/** How much of the machine's memory the populations of an engine may take. */
export interface HostMemory {
  /** Bytes of the machine's memory; what it has left when a population is asked for, unless given. */
  host_memory_bytes?: number;
}

/**
 * Bytes that a population needs.
 * @param others bytes that others will need at the same time
 * @throws InputError when that is more than there is
 */
export function requireMemory(
  { host_memory_bytes: limit = machineMemory() }: HostMemory,
  settings: PopulationShape,
  bytesOf: (settings: PopulationShape) => number,
  others = 0,
): number {
  const bytes = bytesOf(settings);
  if (others + bytes <= limit) return bytes;
  const smaller = whatFits(settings, (some) => others + bytesOf(some) <= limit);
  const sizes = { trials: settings.trials.length, bytes, limit, others, ...smaller };
  throw new InputError(message(engines, 'memory_beyond', sizes), smaller.units > 0 ? 'model.hidden' : 'engine');
}

/** The most of each that fits with the others as they are. */
function whatFits(settings: PopulationShape, fits: (settings: PopulationShape) => boolean): Smaller {
  const { trials } = settings;
  const batch = Math.max(...trials.map(({ batch_size }) => batch_size));
  return {
    trials_fitting: largest(trials.length, (count) => fits({ ...settings, trials: trials.slice(0, count) })),
    units: widestFitting(settings, fits),
    batch_size: rounded(largest(batch, (most) => fits({ ...settings, trials: withBatches(settings, most) }))),
  };
}

/** Units of the widest hidden layer that fits; 0 where narrower ones would not help. */
export function widestFitting(settings: PopulationShape, fits: (settings: PopulationShape) => boolean): number {
  const { layers } = settings;
  const widest = Math.max(0, ...layers.slice(0, -1).map(({ outputs }) => outputs));
  return rounded(largest(widest, (units) => fits({ ...settings, layers: narrowed(layers, units) })));
}

/** The largest count below `above` that fits, by halving; 0 where none does. */
function largest(above: number, fits: (count: number) => boolean): number {
  let fitting = 0;
  let beyond = above;
  while (beyond - fitting > 1) {
    const middle = Math.floor((fitting + beyond) / 2);
    if (fits(middle)) fitting = middle;
    else beyond = middle;
  }
  return fitting;
}

/** Down to two digits: the estimate is worth no more, and a little room is left. */
function rounded(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.floor(count / unit) * unit;
}

/** With no hidden layer wider than this. */
function narrowed(layers: readonly LayerSize[], units: number): LayerSize[] {
  let inputs = layers[0].inputs;
  return layers.map((layer, l) => {
    const kind = kindOf(layer);
    const keepsWidth = kind !== 'dense' && layer.outputs === layer.inputs;
    const widest = keepsWidth ? inputs : layer.outputs;
    const outputs = kind === 'dense' && l < layers.length - 1 ? Math.min(widest, units) : widest;
    const narrow = { ...layer, inputs, outputs };
    inputs = outputs;
    return narrow;
  });
}

function withBatches({ trials }: PopulationShape, most: number): PopulationShape['trials'] {
  return trials.map((trial) => ({ ...trial, batch_size: Math.min(trial.batch_size, most) }));
}

const bytesPerNumber = 4;

/** Bytes of all trials' parameters, once. */
export function parameterBytes({ layers, trials }: PopulationShape): number {
  return bytesPerNumber * parameterCount(layers) * trials.length;
}
