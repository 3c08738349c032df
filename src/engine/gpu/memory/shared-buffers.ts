/** The buffers that every plan has, declared: the trials' numbers and parameters, those kept, and what is trained on. */
import type { EngineData, Hyperparameters, PopulationSettings } from '../../engine.ts';
import { parameterCount } from '../../parameters.ts';
import { type BufferSpec, type BufferSpecs, filledStorage } from './buffer-spec.ts';
import { dataStride, joinRows } from './rows.ts';
import { type FieldValues, structArray, Trial } from './structs.ts';

/** What training and evaluation both use. */
export interface SharedBuffers {
  /** [trial]: `Trial` structs. */
  trials: GPUBuffer;
  /** [trial, parameter] */
  parameters: GPUBuffer;
  /** [row, features, targets, weight] */
  data: GPUBuffer;
}

export interface SharedBufferSpecs extends BufferSpecs {
  trials: BufferSpec;
  parameters: BufferSpec;
  data: BufferSpec;
  /** [trial, parameter]: what `keep` remembers. */
  kept: BufferSpec;
}

export function sharedBufferSpecs(
  data: EngineData,
  { layers, trials, initial_parameters }: PopulationSettings,
  fields: (numbers: Hyperparameters, trial: number) => FieldValues,
): SharedBufferSpecs {
  const bytes = 4 * parameterCount(layers) * trials.length;
  return {
    trials: filledStorage('trials', Trial.size * trials.length, () => structArray(Trial, trials.map(fields))),
    parameters: filledStorage('parameters', bytes, () => initial_parameters),
    data: filledStorage('data set', 4 * data.rows * dataStride(data), () => joinRows(data)),
    kept: filledStorage('kept parameters', bytes, () => initial_parameters),
  };
}
