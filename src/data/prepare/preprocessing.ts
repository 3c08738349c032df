/**
 * Applies what `prepare` fitted to other tables: raw columns to features, outputs back to original units and names. Needs
 * the plain `Preprocessing` object and nothing else, so a loaded model does exactly what training did.
 */
import * as z from 'zod/mini';
import { chosenClass, probabilitiesOf } from '../../spec/answers.ts';
import { check } from '../../spec/check.ts';
import { scalingNames } from '../../spec/data-settings.ts';
import { holds } from '../../spec/declare.ts';
import type { LossName } from '../../spec/settings.ts';
import { findColumn } from '../table/columns.ts';
import { isDateFormat } from '../table/dates.ts';
import type { Column, Table } from '../table/table.ts';
import type { Preprocessing, TargetStep } from './dataset.ts';
import { encodeFeatures } from './encode.ts';
import { Findings } from './findings.ts';

const column = z.string();
const unit = z.optional(z.strictObject({ before: z.string(), after: z.string() }));
const numbers = z.optional(
  z.strictObject({ decimal: z.enum(['.', ',']), thousands: z.enum(['', ',', '.', ' ', "'"]) }),
);
const scale = { offset: z.number(), scale: z.number().check(z.positive()) };
const range = z.optional(z.strictObject({ least: z.number(), largest: z.number() }));
const missing = z.strictObject({ value: z.number(), indicator: z.boolean() });
const rising = (values: readonly number[]) => values.every((value, at) => at === 0 || values[at - 1] <= value);
const apart = (values: readonly number[]) => new Set(values).size === values.length;
const quantiles = z.array(z.number()).check(z.minLength(1), holds(rising, 'numbers_not_rising'));
const edges = quantiles.check(holds(apart, 'numbers_not_rising'));
const encoding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scale'), ...scale }),
  z.strictObject({ kind: z.literal('robust'), ...scale }),
  z.strictObject({ kind: z.literal('quantile'), quantiles }),
  z.strictObject({ kind: z.literal('piecewise_linear'), edges }),
]);
const format = z.string().check(holds(isDateFormat, 'date_format_unknown'));
const cycles = z.array(z.enum(['year', 'week', 'day']));
const dropped = z.array(z.strictObject({ column, reason: z.string() }));
const texts = z.array(z.string());

const featureStep = z.discriminatedUnion('kind', [
  z.strictObject({ column, kind: z.literal('number'), unit, numbers, missing, range, encoding }),
  z.strictObject({ column, kind: z.literal('date'), format, missing, cycles, range, encoding }),
  z.strictObject({
    column,
    kind: z.literal('category'),
    levels: texts.check(z.minLength(1)),
    other: z.boolean(),
    missing: z.nullable(z.string()),
  }),
  z.strictObject({ column, kind: z.literal('boolean'), truth: z.string(), falsehood: z.string(), missing: z.string() }),
]);

const targetStep = z.discriminatedUnion('kind', [
  z.strictObject({
    column,
    kind: z.literal('number'),
    unit,
    numbers,
    log: z.boolean(),
    range,
    limits: range,
    ...scale,
  }),
  z.strictObject({ column, kind: z.literal('classes'), classes: texts.check(z.minLength(2)) }),
]);

const preprocessing = z
  .strictObject({
    version: z.literal(4),
    task: z.enum(['regression', 'binary', 'multiclass']),
    scaling: z.enum(scalingNames),
    features: z.array(featureStep).check(z.minLength(1)),
    targets: z.array(targetStep).check(z.minLength(1)),
    dropped,
  })
  .check(
    holds(({ task, targets }) => task === taskSaidBy(targets), 'targets_of_other_task', ['targets']),
  ) satisfies z.ZodMiniType<Preprocessing>;

/** Of version 1: numbers alone, none of them missing. */
const firstVersion = z.strictObject({
  version: z.literal(1),
  task: z.literal('regression'),
  scaling: z.enum(['standardize', 'none']),
  features: z.array(z.strictObject({ column, ...scale })).check(z.minLength(1)),
  targets: z.array(z.strictObject({ column, ...scale })).check(z.minLength(1)),
  dropped,
});

function taskSaidBy(targets: readonly TargetStep[]): Preprocessing['task'] | undefined {
  if (targets.every(({ kind }) => kind === 'number')) return 'regression';
  const [first] = targets;
  if (targets.length > 1 || first.kind !== 'classes') return undefined;
  return first.classes.length === 2 ? 'binary' : 'multiclass';
}

/** Checks what was read from a file; that of an older version is brought up to date. @throws InputError */
export function checkPreprocessing(input: unknown): Preprocessing {
  const version = typeof input === 'object' && input !== null && 'version' in input ? input.version : undefined;
  if (version === 1) return check(preprocessing, upgraded(check(firstVersion, input)));
  if (version === 2 || version === 3) return check(preprocessing, withEncodings(input as { features?: unknown }));
  return check(preprocessing, input);
}

/** Version 3 scaled every number and date. Version 2 also knew neither units nor the range of the training rows. */
function withEncodings(input: { features?: unknown }): unknown {
  const { features } = input;
  if (!Array.isArray(features)) return { ...input, version: 4 };
  const steps = features.map((step) => {
    if (step?.kind !== 'number' && step?.kind !== 'date') return step;
    const { offset, scale, ...others } = step;
    return { ...others, encoding: { kind: 'scale', offset, scale } };
  });
  return { ...input, version: 4, features: steps };
}

/** A missing number, which version 1 refused, becomes the mean. */
function upgraded({ features, targets, ...others }: z.output<typeof firstVersion>): Preprocessing {
  return {
    ...others,
    version: 4,
    features: features.map(({ column, ...fitted }) => ({
      column,
      kind: 'number',
      missing: { value: fitted.offset, indicator: false },
      encoding: { kind: 'scale', ...fitted },
    })),
    targets: targets.map((fitted) => ({ ...fitted, kind: 'number', log: false })),
  };
}

/**
 * Features of every row of a table [row, feature]. Columns are found by name; others are ignored. A cell without a number
 * (a date) where training had them counts as missing; the findings say so.
 * @throws InputError naming a column that is missing or holds nothing that can be used
 */
export function applyFeatures(
  { features: steps }: Preprocessing,
  table: Table,
  findings = new Findings(),
): { features: Float32Array<ArrayBuffer>; findings: Findings } {
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  return { features: encodeFeatures(table, rows, steps, findings), findings };
}

/**
 * Outputs [row, output] in original units and names: a column `predicted_<target>` for each target, and for classes a
 * column `probability_<class>` for each.
 * @param loss what the network was trained with, which says what an output for a class means
 */
export function inverseTargets(
  { targets }: Preprocessing,
  outputs: Float32Array,
  rows: number,
  loss: LossName = 'mse',
): Column[] {
  return targets.flatMap((step, output) =>
    step.kind === 'classes'
      ? classColumns(step.column, step.classes, outputs, rows, loss)
      : [numberColumn(step, outputs, rows, output, targets.length)],
  );
}

function numberColumn(step: NumberTarget, outputs: Float32Array, rows: number, at: number, stride: number): Column {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = predictedNumber(step, outputs[row * stride + at]);
  return { name: `predicted_${step.column}`, kind: 'number', values, ...(step.unit ? { unit: step.unit } : {}) };
}

export type NumberTarget = Extract<TargetStep, { kind: 'number' }>;

/** A target in the units of its column. */
export function inverseScale({ offset, scale, log }: NumberTarget, target: number): number {
  const value = target * scale + offset;
  return log ? Math.expm1(value) : value;
}

/** An output in the units of the target's column, within the limits of predictions. */
export function predictedNumber(step: NumberTarget, output: number): number {
  const value = inverseScale(step, output);
  return step.limits ? Math.max(step.limits.least, Math.min(step.limits.largest, value)) : value;
}

/** Outputs [row, output] within the limits of predictions, in the units that were trained in; the same where there are none. */
export function clipOutputs({ targets }: Pick<Preprocessing, 'targets'>, outputs: Float32Array): Float32Array {
  const limits = targets.map(trainedLimits);
  if (limits.every((own) => own === undefined)) return outputs;
  return outputs.map((output, at) => {
    const own = limits[at % limits.length];
    return own ? Math.max(own[0], Math.min(own[1], output)) : output;
  });
}

/** The limits of predictions in the units that were trained in. */
export function trainedLimits(step: TargetStep): [number, number] | undefined {
  if (step.kind !== 'number' || !step.limits) return undefined;
  const { limits, log, offset, scale } = step;
  const trained = (value: number) => ((log ? Math.log1p(Math.max(-1, value)) : value) - offset) / scale;
  return [trained(limits.least), trained(limits.largest)];
}

function classColumns(
  target: string,
  classes: string[],
  outputs: Float32Array,
  rows: number,
  loss: LossName,
): Column[] {
  const width = classes.length === 2 ? 1 : classes.length;
  const codes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) codes[row] = 1 + chosenClass(outputs, row * width, width, loss);
  const shares = probabilitiesOf(outputs, rows, width, loss);
  return [
    { name: `predicted_${target}`, kind: 'text', codes, levels: classes },
    ...classes.map((name, index): Column => {
      const values = new Float64Array(rows);
      for (let row = 0; row < rows; row++) values[row] = shares[row * classes.length + index];
      return { name: `probability_${name}`, kind: 'number', values };
    }),
  ];
}

/**
 * The target columns of a table with known answers, in original units, one per target in the model's order.
 * @throws InputError naming a column that is missing
 */
export function targetValues({ targets }: Preprocessing, table: Table): Column[] {
  return targets.map(({ column }) => findColumn(table, column));
}
