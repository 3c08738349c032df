/** The record of a sweep, checked as it is read: see `entry-schema.ts`. */
import * as z from 'zod/mini';
import { type SweepEntry, sweepVersion } from '../../protocol/sweep.ts';
import { anyNumber, said, table, time } from './entry-schema.ts';

const numbers = z.array(anyNumber);
const object = z.looseObject({});

const trial = z.looseObject({
  place: z.number(),
  epochs: numbers,
  train: numbers,
  validation: numbers,
  stopped: z.nullable(z.string()),
});

const entry = z.looseObject({
  version: z.literal(sweepVersion),
  id: z.string(),
  created: time,
  tab: z.nullable(z.string()),
  table,
  task: z.enum(['regression', 'binary', 'multiclass']),
  target: z.string(),
  request: z.looseObject({ sweep: object, data: object, engine: z.string() }),
  command: z.string(),
  plan: z.looseObject({
    cells: z.array(z.record(z.string(), z.unknown())),
    seeds: numbers,
    folds: z.int().check(z.minimum(1), z.maximum(10_000)),
    epochs: z.int().check(z.minimum(0)),
    parameters: z.looseObject({ least: z.number(), most: z.number(), total: z.number() }),
    validated: z.boolean(),
    deciding: z.looseObject({ name: z.string(), large: z.boolean() }),
  }),
  trials: z.array(z.optional(trial)),
  progress: z.nullable(
    z.looseObject({
      trials: z.number(),
      ended: z.number(),
      epochs: z.number(),
      ofEpochs: z.number(),
      seconds: z.number(),
    }),
  ),
  leaders: z.array(z.looseObject({ cell: z.number(), settings: object, n: z.number(), metrics: object })),
  end: z.nullable(
    z.looseObject({
      interrupted: z.boolean(),
      seconds: z.number(),
      populations: z.array(object),
      diverged: z.number(),
      shares: z.nullable(z.array(object)),
      notices: z.array(z.looseObject({ text: z.string() })),
      models: z.array(object),
      engine: object,
      scores: z.array(z.record(z.string(), anyNumber)),
    }),
  ),
  failure: z.nullable(said),
});

/** Trials in their places, and nothing of a combination that there is not. */
function holdsTogether({ plan, trials, leaders, end }: SweepEntry): boolean {
  const most = plan.cells.length * plan.seeds.length * plan.folds;
  const known = ({ cell }: { cell: number }) => Number.isInteger(cell) && plan.cells[cell] !== undefined;
  return (
    trials.length <= most &&
    trials.every((trial, place) => trial === undefined || trial.place === place) &&
    leaders.every(known) &&
    (end?.models.every(known) ?? true)
  );
}

/** Whether it is what this version has written. */
export function isSweep(value: unknown): value is SweepEntry {
  return entry.safeParse(value).success && holdsTogether(value as SweepEntry);
}
