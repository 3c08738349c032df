/**
 * A run's settings as the part of the page's address after #, in words a person can read and change:
 * `#data=curve.csv&target=y&hidden=32,32&learning_rate=0.01&seed=3&changes=learning_rate:0.003@1280`. Only what differs from
 * the defaults is in it; settings are those the run began with, and changes follow with their steps, so that the same link
 * makes the same run.
 */

import { engineOfPlan } from '../../../engine/engine.ts';
import type { EngineChoice } from '../../../engine/request.ts';
import { page } from '../../../messages/en/page.ts';
import { changesText, checkPlanned, type PlannedChange, parseChanges } from '../../../spec/changes.ts';
import type { Trial } from '../../../spec/settings.ts';
import { quotable } from '../../../util/bounded.ts';
import { InputError, type Said, saidBy } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { Source } from '../../protocol/messages.ts';
import type { LegalForm } from '../../protocol/settings.ts';
import { engineChoices, type Form } from '../../shared/form.ts';
import { readSettings, settingWords } from '../../shared/setting-text.ts';
import { type LinkedSource, readSource, sourceWords } from './source-text.ts';

/** Characters of an address: with a type for each of thousands of columns it has fewer. */
const maxLength = 200_000;
/** Problems that are told one by one. */
const maxProblems = 10;

/** Stands for changes that cannot be repeated, since an earlier version did not keep their steps. */
const unknown = 'unknown';

/** @param changes made while it trained, or to be made @param planCode of the run that the link is to repeat to the bit */
export function linkOf(
  settings: LegalForm,
  source: Source,
  changes: readonly PlannedChange[] | typeof unknown = [],
  planCode?: string,
): string {
  const words = [...sourceWords(source), ...settingWords(settings)];
  if (settings.engine !== 'auto') words.push(['engine', settings.engine]);
  // The reproducible engine has but one; a run that has moved to the CPU has a plan that its own engine has not.
  const isOwn = settings.engine === 'auto' || (planCode && engineOfPlan(planCode) === settings.engine);
  if (planCode && isOwn) words.push(['plan', planCode]);
  if (settings.from) words.push(['from', settings.from.name]);
  if (changes.length > 0) words.push(['changes', changes === unknown ? unknown : changesText(changes)]);
  return `#${words.map(([name, text]) => `${name}=${written(text)}`).join('&')}`;
}

export interface Link {
  source: LinkedSource | undefined;
  form: Form;
  /** Settings that change while it trains; `unknown` where the run that it is of cannot be repeated. */
  changes: PlannedChange[] | typeof unknown;
  /** What the run that it is of has taken. */
  plan_code?: string;
  /** The model that its run went on from, by its name: its file is longer than an address can be. */
  from?: string;
  /** What of it could not be understood. */
  problems: Said[];
}

/** Undefined where the address has no settings. */
export function readLink(hash: string): Link | undefined {
  const { words, problems: unread } = wordsOf(hash);
  if (words.size === 0 && unread.length === 0) return undefined;
  const source = readSource(words);
  const named = words.get('engine');
  const engine = engineChoices.find((choice) => choice === named) ?? 'auto';
  const problems = named !== undefined && named !== engine ? [`engine: "${quotable(named)}"`] : [];
  words.delete('engine');
  const plan_code = words.get('plan');
  words.delete('plan');
  const from = words.get('from');
  words.delete('from');
  const text = words.get('changes') ?? '';
  words.delete('changes');
  const { trial, data, problems: others } = readSettings(words);
  const { changes, problem } = readChanges(text, trial);
  const { initial_parameters: _, ...settings } = trial;
  return {
    source,
    form: { trial: settings, data, engine: engine as EngineChoice, problems: new Map() },
    changes,
    plan_code,
    from,
    problems: someOf([...unread, ...problems, ...others, ...problem]),
  };
}

/** The words of an address, the last of those by one name. */
function wordsOf(hash: string): { words: Map<string, string>; problems: Said[] } {
  const words = new Map<string, string>();
  if (hash.length > maxLength) return { words, problems: [message(page, 'link_too_long', { limit: maxLength })] };
  const twice = new Set<string>();
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (words.has(name)) twice.add(name);
    words.set(name, text);
  }
  return { words, problems: Array.from(twice, (name) => message(page, 'link_word_twice', { name })) };
}

function someOf(problems: Said[]): Said[] {
  const more = problems.length - maxProblems;
  return more > 0 ? [...problems.slice(0, maxProblems), message(page, 'problems_more', { count: more })] : problems;
}

function readChanges(text: string, trial: Trial): { changes: Link['changes']; problem: Said[] } {
  if (text === unknown) return { changes: unknown, problem: [] };
  try {
    const changes = parseChanges(text);
    checkPlanned(trial, changes);
    return { changes, problem: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { changes: [], problem: [saidBy(error)] };
  }
}

/** Commas stay readable, and so do changes. */
function written(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@')
    .replaceAll('%20', '+');
}
