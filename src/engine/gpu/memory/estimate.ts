/**
 * What a population takes of GPU memory, before anything is allocated; and a budget for it, which an engine may be given.
 */
import { updateOf, updateTable } from '../../../spec/optimizers.ts';
import type { EngineData, EngineInfo, PopulationSettings, PopulationShape } from '../../engine.ts';
import { type HostMemory, parameterBytes, requireMemory } from '../../memory.ts';
import type { GpuContext } from '../context.ts';
import { evaluatorSpecs } from '../evaluate/evaluator.ts';
import { finiteCheckSpecs } from '../evaluate/finite-check.ts';
import { allocatedBytes, type BufferSpec, type BufferSpecs, bytesOf, listOf } from './buffer-spec.ts';
import { bytesHeld } from './memory.ts';
import { overBudget } from './refusal.ts';
import { dataStride } from './rows.ts';
import { sharedBufferSpecs } from './shared-buffers.ts';

/**
 * Bytes. Not in it: predictions, whose size the caller chooses, and what copies of losses and parameters on their way
 * back take for a moment.
 */
export interface PopulationBytes {
  /** Held from the start. */
  training: number;
  /** Held from the first evaluation of each set on, readback included; here for all sets that have rows. */
  evaluation: number;
}

/** @param own the buffers of the plan, as `planStep` and `residentSpecs` declare them */
export function populationBytes(
  engine: Pick<EngineInfo, 'software'>,
  data: EngineData,
  settings: PopulationSettings,
  own: BufferSpecs,
): PopulationBytes {
  return { training: sum(trainingSpecs(data, settings, own)), evaluation: evaluationBytes(engine, data, settings) };
}

/**
 * Bytes of a population in the machine's memory and the GPU's, at least: before a plan is chosen, which may take a
 * measurement.
 * @throws InputError when the machine has not so many
 */
export function requireGpuMemory(
  { software, ...host }: HostMemory & { software: boolean },
  data: EngineData,
  settings: PopulationShape,
  others?: number,
): number {
  // A software adapter's memory is the machine's.
  const bytesOf = (some: PopulationShape) => hostBytes(data, some) + (software ? deviceBytes(data, some) : 0);
  const bytes = requireMemory(host, settings, bytesOf, others);
  return software ? bytes : bytes + deviceBytes(data, settings);
}

/** Parameters and rows as they are given, and on their way to the buffers that hold them. */
function hostBytes(data: EngineData, settings: PopulationShape): number {
  return 3 * parameterBytes(settings) + 2 * rowBytes(data);
}

/** Parameters, as they train and as kept, what the optimizer keeps, the rows, and values of a batch. */
function deviceBytes(data: EngineData, settings: PopulationShape): number {
  const { layers, trials } = settings;
  const state = Math.max(...trials.map((trial) => updateTable[updateOf(trial)].state.length));
  const units = layers.reduce((sum, { outputs }) => sum + outputs, 0);
  const batch = Math.max(...trials.map(({ batch_size }) => batch_size));
  return (2 + state) * parameterBytes(settings) + rowBytes(data) + 4 * trials.length * batch * 2 * units;
}

function rowBytes(data: EngineData): number {
  return 4 * data.rows * dataStride(data);
}

function trainingSpecs(data: EngineData, settings: PopulationSettings, own: BufferSpecs): BufferSpec[] {
  // What is written to the buffers is no matter for their size.
  return [...listOf(sharedBufferSpecs(data, settings, () => ({}))), ...listOf(own)];
}

function evaluationBytes(engine: Pick<EngineInfo, 'software'>, data: EngineData, settings: PopulationSettings): number {
  const evaluators = Object.values(data.sets).filter(({ length }) => length > 0);
  const parts = evaluators.map((listed) => evaluatorSpecs(engine, data, settings, listed));
  const check = finiteCheckSpecs(settings);
  const copies = [...parts.map(({ scores }) => scores), check.broken].reduce(
    (bytes, need) => bytes + allocatedBytes(need),
    0,
  );
  return [...parts, check].reduce((bytes, needs) => bytes + bytesOf(needs), copies);
}

/** @throws InputError when the engine has a budget, and the population would go beyond it */
export function checkBudget(
  { device, engine, memory_bytes }: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  own: (settings: PopulationSettings) => BufferSpecs,
): void {
  if (memory_bytes === undefined) return;
  const held = bytesHeld(device);
  const fits = (trials: number) => {
    const some = { ...settings, trials: settings.trials.slice(0, trials) };
    const { training, evaluation } = populationBytes(engine, data, some, own(some));
    return held + training + evaluation <= memory_bytes;
  };
  const count = settings.trials.length;
  if (fits(count)) return;
  let fitting = 0;
  for (let above = count; above - fitting > 1; ) {
    const middle = Math.floor((fitting + above) / 2);
    if (fits(middle)) fitting = middle;
    else above = middle;
  }
  const needs = trainingSpecs(data, settings, own(settings));
  const evaluation = { label: 'evaluation', usage: 'storage', bytes: evaluationBytes(engine, data, settings) } as const;
  throw overBudget(settings, [...needs, evaluation], { budget: memory_bytes, held, fitting });
}

function sum(needs: readonly BufferSpec[]): number {
  return needs.reduce((bytes, need) => bytes + allocatedBytes(need), 0);
}
