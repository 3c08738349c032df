/**
 * What is kept of runs and tabs, checked as it is read: a browser may lose half of what it kept, and pages of other versions, or a
 * person, may have written there. One entry that is no entry must not take the others with it.
 */
import * as z from 'zod/mini';
import { engineChoices } from '../../../engine/request.ts';
import { checkData } from '../../../spec/check.ts';
import { checkStoredTrial, withFirstData } from '../../../spec/first-defaults.ts';
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
import type { EpochRecord } from '../../../train/trainer.ts';
import { InputError } from '../../../util/errors.ts';
import type { FitEnd } from '../../protocol/fit.ts';
import type { RunEntry, RunMark, RunPicture, TabEntry } from '../../protocol/runs.ts';
import type { KeptTable } from './tables.ts';

/** NaN and infinity among them, as of a run that diverged. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number');
const numbers = z.array(anyNumber);
const someNumber = z.nullable(anyNumber);
/** A date has no more milliseconds. */
export const time = z.number().check(z.minimum(0), z.maximum(8.64e15));
const choice = z.enum(engineChoices);
export const table = z.looseObject({ key: z.string(), name: z.string(), rows: z.number() });
const told = z.looseObject({ code: z.string(), params: z.record(z.string(), z.unknown()), text: z.string() });
/** A sentence, or a message. */
export const said = z.union([z.string(), told]);
const changes = z.record(z.string(), z.optional(z.number()));

const base = z.optional(
  z.looseObject({
    key: z.string(),
    name: z.string(),
    inputs: z.number(),
    outputs: z.number(),
    numbers: z.array(z.number()),
  }),
);

const settings = z.custom<RunEntry['settings']>((value) => {
  if (!isObject(value) || !isObject(value.data)) return false;
  const { trial, data, engine, from } = value;
  checkStoredTrial(trial);
  checkData(withFirstData(data));
  return choice.safeParse(engine).success && base.safeParse(from).success;
});

const entry = z.looseObject({
  id: z.string(),
  created: time,
  table,
  task: z.enum(['regression', 'binary', 'multiclass']),
  target: z.string(),
  settings,
  began: z.optional(changes),
  changes: z.optional(z.array(z.looseObject({ epoch: z.number() }))),
  planned: z.optional(z.array(z.looseObject({ step: z.number() }))),
  engine: z.looseObject({
    choice,
    kind: z.enum(['webgpu', 'cpu', 'reference']),
    adapter: z.string(),
    software: z.boolean(),
    why: said,
    plan: z.string(),
  }),
  parameters: z.number(),
  state: z.enum(['ready', 'running', 'paused', 'done', 'diverged', 'failed']),
  failure: z.nullable(said),
  epochs: z.number(),
  seconds: z.number(),
  scores: z.record(z.string(), anyNumber),
  of: z.enum(['validation', 'train']),
  outcome: z.nullable(
    z.looseObject({
      stopped: z.string(),
      epochs_run: z.number(),
      best_epoch: z.number(),
      kept_epoch: z.number(),
      explanation: z.string(),
      code: z.optional(z.string()),
      params: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
  recovered: z.array(z.looseObject({ epoch: z.number(), reason: said })),
  model: z.number(),
  fit: z.optional(z.looseObject({ networks: z.number(), members: z.number() })),
});

const mark = z.looseObject({
  name: z.optional(z.string()),
  note: z.optional(z.string()),
  pinned: z.optional(z.boolean()),
  deleted: z.optional(z.number()),
});

const tab = z.looseObject({ id: z.string(), run: z.string(), playing: z.boolean(), seen: z.number(), engine: choice });

/** Files and texts are looked at when they are opened. */
const keptTable = z.looseObject({
  source: z.custom<object>(isObject),
  bytes: z.number(),
  opened: z.number(),
});

const picture = z.looseObject({
  epochs: numbers,
  seconds: numbers,
  train: z.array(someNumber),
  validation: z.array(someNumber),
  grid: z.nullable(z.instanceof(Float64Array)),
  fitted: z.nullable(z.instanceof(Float64Array)),
});

const scores = z.record(z.string(), z.unknown());
const fitEnd = z.looseObject({
  metrics: scores,
  linear: z.nullable(scores),
  baseline: scores,
  verdict: z.array(z.looseObject({ text: z.string() })),
  networks: z.number(),
  members: z.number(),
  rows: z.number(),
  seconds: z.number(),
  interrupted: z.boolean(),
  answers: z.nullable(z.looseObject({ actual: z.instanceof(Float64Array), predicted: z.instanceof(Float64Array) })),
  coverage: z.nullable(z.looseObject({ level: z.number(), share: z.number() })),
  notices: z.array(z.looseObject({ text: z.string() })),
  engine: z.looseObject({ kind: z.string(), adapter: z.string(), software: z.boolean() }),
});

const record = z.looseObject({ number: z.number(), steps: z.number(), train_loss: anyNumber, seconds: anyNumber });

const checkpoint = z.looseObject({
  version: z.number(),
  epochs: z.number(),
  loss_sums: z.instanceof(Float64Array),
  trials: z.array(z.looseObject({ trial: z.looseObject({}), initial: z.looseObject({}) })).check(z.minLength(1)),
  population: z.looseObject({ plan: z.string(), trials: z.array(z.looseObject({})), stopped: z.array(z.number()) }),
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Whether such a value is one; what is wrong with it does not matter. */
function guard<Value>(schema: z.ZodMiniType): (value: unknown) => value is Value {
  return (value): value is Value => {
    try {
      return schema.safeParse(value).success;
    } catch (error) {
      // Settings that are refused.
      if (error instanceof InputError) return false;
      throw error;
    }
  };
}

export const isEntry = guard<RunEntry>(entry);
export const isMark = guard<RunMark>(mark);
export const isTab = guard<TabEntry>(tab);
export const isTable = guard<KeptTable>(keptTable);
export const isPicture = guard<RunPicture>(picture);
export const isFitEnd = guard<FitEnd>(fitEnd);
export const isCheckpoint = guard<RunCheckpoint>(checkpoint);
export const isRecord = guard<EpochRecord>(record);
