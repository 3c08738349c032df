/**
 * Settings that are changed while a run trains: which may be, and how a change is written on a command line and in a link.
 * `learning_rate:0.003@1280` sets the learning rate to 0.003 once 1280 steps are done. A run's initial settings and its
 * changes together repeat it.
 */

import { changes as sentences } from '../messages/en/training/changes.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { checkTrial } from './check.ts';
import { type Field, parseField, settingAt, trialFields, withSetting } from './fields.ts';
import type { Trial } from './settings.ts';

/** What may be changed while a run trains; what is left out stays. Ranges are those of the settings. */
export interface LiveChanges {
  /** Of the schedule at its full height. */
  learning_rate?: number;
  /** Of sgd and rmsprop. */
  momentum?: number;
  /** Share of each weight, times the learning rate, taken away every step. */
  weight_decay?: number;
  /** Times the sign of each weight, added to its gradient. */
  l1?: number;
  /** Times each weight, added to its gradient. */
  l2?: number;
  /** Longest gradient; `undefined`, where it is named, switches clipping off. */
  clip_norm?: number;
}

export const liveNames = ['learning_rate', 'momentum', 'weight_decay', 'l1', 'l2', 'clip_norm'] as const;
export type LiveName = (typeof liveNames)[number];

/** Changes that take effect once so many steps are done. */
export interface PlannedChange extends LiveChanges {
  /** Steps that are done before. */
  step: number;
}

/** Changes that have taken effect. */
export interface MadeChange extends LiveChanges {
  /** The epoch in progress, counted from 1. */
  epoch: number;
  /** Steps done before. */
  step: number;
  /** Seconds of training before, pauses left out. */
  seconds: number;
}

/** The same as the page keeps them: its earlier versions kept the epoch alone. */
export type KeptChange = Omit<MadeChange, 'step' | 'seconds'> & Partial<Pick<MadeChange, 'step' | 'seconds'>>;

/** One setting of one change. */
export interface ChangedSetting extends Pick<KeptChange, 'epoch' | 'step' | 'seconds'> {
  name: LiveName;
  from: number | undefined;
  to: number | undefined;
}

const liveFields = new Map(liveNames.map((name) => [name, trialFields.find((field) => field.name === name) as Field]));

/** Of a setting that may be changed while a run trains. */
export function liveField(name: LiveName): Field {
  return liveFields.get(name) as Field;
}

/** Every setting that was changed, with its values before and after, in order. */
export function changedSettings(
  initial: Omit<Trial, 'initial_parameters'>,
  changes: readonly KeptChange[],
): ChangedSetting[] {
  const now = new Map(liveNames.map((name) => [name, settingAt(initial, liveField(name).path) as number | undefined]));
  return changes.flatMap(({ epoch, step, seconds, ...values }) =>
    liveNames
      .filter((name) => name in values)
      .map((name): ChangedSetting => {
        const from = now.get(name);
        now.set(name, values[name]);
        return { epoch, step, seconds, name, from, to: values[name] };
      }),
  );
}

/** What repeats these changes; undefined where it is not known at which steps they were made. */
export function repeated(
  changes: readonly KeptChange[],
  planned: readonly PlannedChange[] = [],
): PlannedChange[] | undefined {
  const steps = changes.flatMap(({ step, ...values }) => (step === undefined ? [] : [{ ...values, step }]));
  return steps.length < changes.length ? undefined : inOrder([...steps, ...planned]);
}

/** By their steps, without what else is known of changes that were made. */
export function inOrder(changes: readonly PlannedChange[]): PlannedChange[] {
  const changed = (values: LiveChanges) =>
    liveNames.filter((name) => name in values).map((name) => [name, values[name]]);
  return changes
    .map((change): PlannedChange => ({ step: change.step, ...Object.fromEntries(changed(change)) }))
    .sort((a, b) => a.step - b.step);
}

/** "learning_rate:0.003@1280,clip_norm:off@1280" */
export function changesText(changes: readonly PlannedChange[]): string {
  return changes
    .flatMap(({ step, ...values }) =>
      liveNames.filter((name) => name in values).map((name) => `${name}:${values[name] ?? 'off'}@${step}`),
    )
    .join(',');
}

/** @throws InputError that says which part cannot be read; whether a value is legal is left to whoever applies it */
export function parseChanges(text: string): PlannedChange[] {
  const changes: PlannedChange[] = [];
  const parts = text.split(',').map((part) => part.trim());
  for (const part of parts.filter(Boolean)) {
    const [, name, value, at] = /^(\w+):([^@]+)@(\d+)$/.exec(part) ?? [];
    const known = liveNames.find((other) => other === name);
    if (!known) {
      throw new InputError(message(sentences, 'change_unreadable', { text: part, names: liveNames }), 'changes');
    }
    if (value === 'off' && !liveField(known).optional) {
      throw new InputError(message(sentences, 'change_not_off', { text: part, name: known }), 'changes');
    }
    const setting = { [known]: value === 'off' ? undefined : (parseField(liveField(known), value) as number) };
    const step = Number(at);
    const same = changes.find((change) => change.step === step);
    if (same && known in same) {
      throw new InputError(message(sentences, 'change_twice', { name: known, step }), 'changes');
    }
    if (same) Object.assign(same, setting);
    else changes.push({ step, ...setting });
  }
  return changes.sort((a, b) => a.step - b.step);
}

/** The settings with these changes; whether they are legal is left to the check. */
export function withChanges<Settings extends Omit<Trial, 'initial_parameters'>>(
  before: Settings,
  changes: LiveChanges,
): Settings {
  return liveNames
    .filter((name) => name in changes && (changes[name] !== undefined || liveField(name).optional))
    .reduce(
      (next, name) => withSetting(next as Record<string, unknown>, liveField(name).path, changes[name]) as Settings,
      before,
    );
}

/** JSON has no word for a setting that is switched off. */
export function changeInJson(change: KeptChange): object {
  return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? null]));
}

/** @throws InputError about the first of these changes that the trial cannot take on */
export function checkPlanned(trial: Trial, planned: readonly PlannedChange[]): void {
  inOrder(planned).reduce<Trial>((before, changes) => checkTrial(withChanges(before, changes)), trial);
}
