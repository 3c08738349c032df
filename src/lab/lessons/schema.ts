/** The file of a lesson, as `docs/lessons.md` explains it. Settings are checked by the schema of the settings (`read.ts`). */
import * as z from 'zod/mini';
import { atLeast, count, holds } from '../../spec/declare.ts';
import type { ViewName } from '../protocol/views.ts';
import { lessonFormat } from './format.ts';

const viewNames: Record<ViewName, true> = {
  fit: true,
  surface: true,
  residuals: true,
  roc: true,
  importance: true,
  dependence: true,
  inside: true,
};

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  Object.keys(table) as [Name, ...Name[]];

/** The same in all languages, or one text for each. Always shown as text: markup in it is not followed. */
function words(most: number) {
  const text = z.string().check(z.minLength(1), z.maxLength(most));
  const each = z.strictObject({ en: z.optional(text), ko: z.optional(text) });
  return z.union([text, each.check(holds(({ en, ko }) => (en ?? ko) !== undefined, 'setting_empty'))]);
}

const title = words(120);
const paragraph = words(2000);

const settings = z.strictObject({
  model: z.optional(z.record(z.string(), z.unknown())),
  training: z.optional(z.record(z.string(), z.unknown())),
  data: z.optional(z.record(z.string(), z.unknown())),
});

const fileName = z.string().check(z.minLength(1), z.maxLength(200));

/** One of a sample, an address, or a file that the reader has or whose text is here. */
const table = z.strictObject({
  sample: z.optional(fileName),
  generate: z.optional(
    z.strictObject({
      rows: z.optional(count(4, 100_000)),
      noise: z.optional(atLeast(0)),
      seed: z.optional(count(0, 4_294_967_295)),
    }),
  ),
  link: z.optional(z.string().check(z.minLength(1), z.maxLength(2000))),
  file: z.optional(fileName),
  text: z.optional(z.string().check(z.minLength(1))),
});

/** Those that the page shows. */
const scoreNames = ['rmse', 'mae', 'mse', 'r2', 'accuracy', 'balanced_accuracy', 'log_loss', 'f1', 'roc_auc'] as const;

const bound = z.optional(z.number());

const wait = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({ kind: z.literal('epoch'), epoch: count(1, 1_000_000) }),
  z.strictObject({
    kind: z.literal('score'),
    metric: z.enum(scoreNames),
    at_least: bound,
    at_most: bound,
  }),
]);

const step = z.strictObject({
  title,
  text: paragraph,
  try: z.optional(paragraph),
  settings: z.optional(settings),
  view: z.optional(z.enum(namesOf(viewNames))),
  loss_axis: z.optional(z.enum(['linear', 'log'])),
  wait: z.optional(wait),
});

export const lessonFile = z.strictObject({
  format: z.literal(lessonFormat),
  version: z.literal(1),
  title,
  table,
  settings: z.optional(settings),
  steps: z.array(step).check(z.minLength(1), z.maxLength(100)),
});

/** All names that a lesson has, its settings aside. */
export const lessonNames = [lessonFile, step, table, settings, ...wait.def.options].flatMap((schema) =>
  Object.keys(schema.def.shape),
);

export type LessonFile = z.output<typeof lessonFile>;
export type LessonTable = z.output<typeof table>;
export type LessonSettings = z.output<typeof settings>;
export type Wait = z.output<typeof wait>;
/** A text in one language for all, or in each. */
export type Words = z.output<typeof title>;
