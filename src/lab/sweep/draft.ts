/**
 * What the sweep builder says: which settings vary, how, and with how many seeds and folds. Immutable; it becomes the
 * definition that the command line reads from a sweep file.
 */
import { type Field, parseField, settingAt, trialFields } from '../../spec/fields.ts';
import type { Trial } from '../../spec/settings.ts';
import { commandOf, dataOptions } from '../../spec/shell.ts';
import { checkSweep, listConfigurations, type SweepInput } from '../../sweep/definition/definition.ts';
import type { Said } from '../../util/errors.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { typed } from '../shared/format.ts';

export type Variation = ChoicesVariation | ValuesVariation | RangeVariation;

/** Some of a setting's choices. */
export interface ChoicesVariation {
  path: string;
  kind: 'choices';
  values: readonly string[];
}

/** Values as they are typed; those of a setting that is a list itself are separated by semicolons. */
export interface ValuesVariation {
  path: string;
  kind: 'values';
  text: string;
}

/** Evenly spaced numbers, both ends included; on a log scale their ratios are even. Of random draws any number between. */
export interface RangeVariation {
  path: string;
  kind: 'range';
  from: string;
  to: string;
  steps: string;
  scale: 'linear' | 'log';
}

export interface SweepDraft {
  readonly varied: readonly Variation[];
  /** Random draws instead of every combination: how many, and the seed that fixes them. */
  readonly draws: { readonly samples: string; readonly seed: string } | undefined;
  readonly seeds: string;
  readonly folds: string;
  readonly halving: { readonly first: string; readonly factor: string } | undefined;
}

export const emptyDraft: SweepDraft = { varied: [], draws: undefined, seeds: '5', folds: '1', halving: undefined };

export const firstDraws = { samples: '20', seed: '10' };

/** A seed is what seeds are for. */
const variable = trialFields.filter(({ path }) => path !== 'training.seed');

/** Settings that may vary with these: those of the kinds that are chosen, and of groups that are on. */
export function variableFields(trial: Trial, { varied }: SweepDraft): Field[] {
  const taken = new Set(varied.map(({ path }) => path));
  return variable.filter(({ path, kinds, kindPath, group }) => {
    if (taken.has(path)) return false;
    if (kinds && kindPath && !taken.has(kindPath) && !kinds.includes(String(settingAt(trial, kindPath)))) return false;
    return !group || Boolean(settingAt(trial, group));
  });
}

export function fieldAt(path: string): Field {
  const field = variable.find((known) => known.path === path);
  if (!field) throw new Error(`there is no setting ${path}`);
  return field;
}

const usualChoices = ['relu', 'tanh', 'sigmoid', 'sgd', 'adam', 'constant', 'cosine'];

/** What a setting varies over to begin with: around what it is. */
export function variationOf(path: string, trial: Trial): Variation {
  const field = fieldAt(path);
  const now = settingAt(trial, path);
  if (field.type === 'boolean') return { path, kind: 'choices', values: ['false', 'true'] };
  if (field.choices) {
    const own = String(Array.isArray(now) ? now[0] : now);
    const others = field.choices.filter((choice) => choice !== own);
    // The usual ones, where a setting has many.
    const usual = others.filter((choice) => usualChoices.includes(choice));
    const chosen = [own, ...(usual.length > 0 ? usual : others)].slice(0, path.endsWith('.kind') ? 9 : 3);
    return { path, kind: 'choices', values: field.choices.filter((choice) => chosen.includes(choice)) };
  }
  if (field.type === 'list') {
    const own = Array.isArray(now) ? (now as number[]) : [];
    if (path !== 'model.hidden') return { path, kind: 'values', text: typed(own) };
    const double = own.length > 0 ? own.map((units) => 2 * units) : [16];
    return { path, kind: 'values', text: [own.length > 0 ? own : [8], double].map(typed).join('; ') };
  }
  if (field.scale === 'log' && typeof now === 'number' && now > 0) {
    const [from, to] = [now / 10, now * 10].map((value) => String(Number(value.toPrecision(2))));
    return field.type === 'integer'
      ? {
          path,
          kind: 'values',
          text: [...new Set([Math.max(field.minimum ?? 1, Math.round(now / 4)), now, 4 * now])].join(', '),
        }
      : { path, kind: 'range', from, to, steps: '3', scale: 'log' };
  }
  const start = typeof now === 'number' ? now : Number(field.default ?? field.minimum ?? 0);
  const values = start > 0 ? [start, 2 * start] : [0, field.explore?.[1] ?? 1];
  const legal = values.filter((value) => isWithin(value, field));
  return {
    path,
    kind: 'values',
    text: legal.map((value) => Number(value.toPrecision(4))).join(listed(field) ? '; ' : ', '),
  };
}

function isWithin(value: number, { minimum, maximum, aboveMinimum, belowMaximum }: Field): boolean {
  if (minimum !== undefined && (aboveMinimum ? value <= minimum : value < minimum)) return false;
  return maximum === undefined || (belowMaximum ? value < maximum : value <= maximum);
}

/** Whether one value may be a list: then commas are within values. */
export function listed({ type, perLayer }: Field): boolean {
  return type === 'list' || perLayer === true;
}

/** The values, or one sentence why there are none. */
export function valuesOf(variation: Variation): { values: unknown[] } | { problem: string } {
  const field = fieldAt(variation.path);
  if (variation.kind === 'choices') {
    if (variation.values.length === 0) return { problem: sweepText().chooseAtLeastOne };
    return { values: variation.values.map((text) => parseField({ ...field, perLayer: false }, text)) };
  }
  if (variation.kind === 'range') return rangeValues(variation, field.type === 'integer');
  const parts = variation.text.split(listed(field) ? /;/ : /[\s,;]+/).filter((part) => part.trim());
  if (parts.length === 0) return { problem: sweepText().giveLeastOneValue };
  return { values: distinct(parts.map((part) => parseField(field, part))) };
}

const mostSteps = 100;
const maxSeed = 4_294_967_295;

type Range = { from: number; to: number; scale: RangeVariation['scale'] };

const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

function boundsOf(range: RangeVariation): { from: number; to: number } | { problem: string } {
  const [from, to] = [numberOf(range.from), numberOf(range.to)];
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { problem: sweepText().notNumbers };
  if (!(from < to)) return { problem: sweepText().fromBelowTo };
  if (range.scale === 'log' && from <= 0) return { problem: sweepText().logAboveZero };
  return { from, to };
}

function rangeValues(range: RangeVariation, whole: boolean): { values: number[] } | { problem: string } {
  const bounds = boundsOf(range);
  if ('problem' in bounds) return bounds;
  const { from, to } = bounds;
  const steps = numberOf(range.steps);
  if (!Number.isInteger(steps) || steps < 2 || steps > mostSteps) {
    return { problem: sweepText().stepsOutOfRange(mostSteps) };
  }
  const values = Array.from({ length: steps }, (_, index) => {
    const share = index / (steps - 1);
    const value = range.scale === 'log' ? from * (to / from) ** share : from + (to - from) * share;
    return whole ? Math.round(value) : Number(value.toPrecision(3));
  });
  return { values: distinct(values) };
}

function distinct<Value>(values: Value[]): Value[] {
  const known = new Set<string>();
  return values.filter((value) => {
    const text = JSON.stringify(value);
    return known.has(text) ? false : known.add(text);
  });
}

/** What a random draw takes a value from. */
function drawnFrom(variation: Variation): { choice: unknown[] | Range } | { problem: string } {
  if (variation.kind === 'range') {
    const bounds = boundsOf(variation);
    return 'problem' in bounds ? bounds : { choice: { ...bounds, scale: variation.scale } };
  }
  const found = valuesOf(variation);
  return 'problem' in found ? found : { choice: found.values };
}

/** The sweep file's content, or the sentence about what is wrong, and with which setting. */
export function definitionOf(
  draft: SweepDraft,
  trial: Trial,
): { sweep: SweepInput } | { problem: Said; where: string } {
  const grid: Record<string, unknown[]> = {};
  const random: Record<string, unknown[] | Range> = {};
  for (const variation of draft.varied) {
    const found = draft.draws ? drawnFrom(variation) : valuesOf(variation);
    if ('problem' in found) return { ...found, where: variation.path };
    if ('choice' in found) random[variation.path] = found.choice;
    else grid[variation.path] = found.values;
  }
  const whole = (text: string) => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);
  const seeds = whole(draft.seeds);
  const folds = whole(draft.folds);
  if (!(seeds >= 1 && seeds <= 1000)) return { problem: sweepText().seedsOutOfRange, where: 'seeds' };
  if (!(folds >= 1 && folds <= 100)) return { problem: sweepText().foldsOutOfRange, where: 'folds' };
  const sweep: SweepInput = { base: plain(trial), grid, seeds, folds };
  if (draft.draws && draft.varied.length > 0) {
    const [samples, seed] = [whole(draft.draws.samples), whole(draft.draws.seed)];
    if (!(samples >= 1 && samples <= 1000)) return { problem: sweepText().samplesOutOfRange, where: 'samples' };
    if (!(seed <= maxSeed)) return { problem: sweepText().drawSeedOutOfRange, where: 'seed' };
    Object.assign(sweep, { random, samples, seed });
  }
  if (draft.halving) {
    const [first, factor] = [whole(draft.halving.first), whole(draft.halving.factor)];
    if (!(first >= 1)) return { problem: sweepText().firstEpochsOutOfRange, where: 'halving' };
    if (!(factor >= 2 && factor <= 100)) {
      return { problem: sweepText().factorOutOfRange, where: 'halving' };
    }
    sweep.halving = { first, factor };
  }
  return { sweep };
}

/** As a file has it: without what is not set. */
function plain({ initial_parameters: _, ...trial }: Trial): Record<string, unknown> {
  return JSON.parse(JSON.stringify(trial));
}

/** All settings of one combination. */
export function trialOfCell({ base }: SweepInput, settings: Record<string, unknown>): Trial {
  const grid = Object.fromEntries(Object.entries(settings).map(([path, value]) => [path, [value]]));
  return listConfigurations(checkSweep({ base, grid }))[0].trial;
}

/** The text of the sweep file. */
export function sweepFileText(sweep: SweepInput): string {
  return `${JSON.stringify(sweep, null, 2)}\n`;
}

/** What trains the same sweep on the command line, with the sweep file beside the table. */
export function sweepCommand(file: string, { data, engine }: Pick<LegalForm, 'data' | 'engine'>): string {
  const chosen = engine === 'auto' ? [] : ['--engine', engine];
  return commandOf(['sweep', file, 'sweep.json', ...dataOptions(data), ...chosen, '--out', 'sweep']);
}
