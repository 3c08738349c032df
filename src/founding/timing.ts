/**
 * How long a cell takes. In one population all trials share the clock, and it tells nothing of any of them; so one trial
 * of each cell is trained alone for a moment, beside the experiment, the cells in turns so that whatever else the
 * machine does in the meantime meets them all alike.
 */
import * as z from 'zod/mini';
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine, Population } from '../engine/engine.ts';
import { millisecondsPerStep } from '../engine/measure.ts';
import { layerShapes } from '../engine/parameters.ts';
import { founding } from '../messages/en/command-line/founding.ts';
import { checkTrial } from '../spec/check.ts';
import { storeVersion } from '../sweep/store/store.ts';
import { anyNumber } from '../train/checkpoint-schema.ts';
import { createPopulation, resolveTrial } from '../train/trials.ts';
import { type Message, message } from '../util/message.ts';
import { median } from '../util/statistics/statistics.ts';
import { buildTrial, cellKeys } from './experiment.ts';
import { storedIn, storeName, type Watching } from './population.ts';
import type { Experiment, FoundingCell } from './report.ts';

export interface Times {
  /** In the order of the cells; NaN where the run was ended before. */
  perStep: FoundingCell['ms_per_step'][];
  /** That measured them. */
  engines: string[];
  rounds: number;
}

const spanSchema = z.object({ median: anyNumber, low: anyNumber, high: anyNumber });
const timesSchema = z.object({ perStep: z.array(spanSchema), engines: z.array(z.string()), rounds: z.number() });

/** How times were measured, in one sentence. */
export function timingSaid({ engines, rounds }: Times): Message {
  return message(founding, 'timed_alone', { engines, repeats: rounds });
}

export async function measureTimes(
  engine: Engine,
  data: DataSet,
  experiment: Experiment,
  rounds: number,
  { progress, signal, kept }: Watching = {},
): Promise<Times> {
  const name = await storeName(`times-${kept?.word}`, data, experiment);
  const known = kept && (await storedIn<Times>(kept, name, timesSchema));
  if (known) return known;
  const keys = cellKeys(experiment);
  const begun = performance.now();
  const measured: number[][] = keys.map(() => []);
  const kinds = new Set<string>();
  const populations: Population[] = [];
  try {
    for (const key of keys) {
      const trial = resolveTrial(checkTrial(buildTrial(experiment, key, experiment.seeds[0])), 'regression');
      const layers = layerShapes(trial.model, data.columns, data.outputs);
      const population = await createPopulation(engine, data, layers, [trial]);
      populations.push(population);
      // What `auto` took for a network alone may not be what it takes for the population.
      kinds.add(population.engine.kind);
    }
    for (let round = 0; round < rounds; round++) {
      for (const [cell, population] of populations.entries()) {
        if (signal?.aborted) break;
        measured[cell].push(await millisecondsPerStep(population));
        const done = round * keys.length + cell + 1;
        progress?.({
          stage: 'timing',
          done,
          of: rounds * keys.length,
          seconds: (performance.now() - begun) / 1000,
        });
      }
    }
  } finally {
    for (const population of populations) population.destroy();
  }
  const times = { perStep: measured.map(rangeOf), engines: [...kinds], rounds };
  if (!signal?.aborted) await kept?.store.write(name, { version: storeVersion, ...times });
  return times;
}

function rangeOf(values: readonly number[]): FoundingCell['ms_per_step'] {
  if (values.length === 0) return { median: Number.NaN, low: Number.NaN, high: Number.NaN };
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
