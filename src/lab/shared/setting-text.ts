/**
 * Settings as pairs of a name and a text, only those that differ from the defaults: what a link and a command line are made
 * of. The names are those of the command line, read off the schema.
 */
import { checkData, checkTrial } from '../../spec/check.ts';
import {
  groupValue,
  parseField,
  settingAt,
  settingName,
  settingText,
  withoutSections,
  withSetting,
} from '../../spec/fields.ts';
import { firstDefaults, withFirstData, withFirstDefaults } from '../../spec/first-defaults.ts';
import { quotable } from '../../util/bounded.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { applies, type FormField, formFields, groupPaths, isOfModel, same } from './form.ts';

type Settings = Record<string, unknown>;

/** Optional groups of settings by their names. */
const groups = new Map(groupPaths.map((path) => [withoutSections(path.replace(/^trial\./, '')), path]));

/** What the words are for: a link leaves out the first defaults, for good, a command line those of this version. */
export type WordsFor = 'link' | 'command';

/** What the words leave out of a setting; under the kinds that are chosen. */
function leftOut({ trial }: LegalForm, { path, field }: FormField, use: WordsFor): unknown {
  const { default: start, defaults, defaultBy, kindPath } = field;
  const first = use === 'link' ? settingAt(firstDefaults, path) : undefined;
  if (first !== undefined) return first;
  // Not by the table: the table may be another one.
  if (use === 'command' && defaultBy) return undefined;
  return kindPath && defaults ? defaults[String(settingAt(trial, kindPath))] : start;
}

/** What differs from the defaults, in the order of the schema: data first. */
export function settingWords(form: LegalForm, use: WordsFor = 'link'): [string, string][] {
  const words: [string, string][] = [];
  const told = new Set<string>();
  if (form.from && use === 'command') words.push(['from', form.from.name]);
  const ordered = [...formFields].sort((a, b) => Number(isTrial(a)) - Number(isTrial(b)));
  for (const entry of ordered) {
    const { field, path } = entry;
    if (form.from && use === 'command' && isOfModel(path)) continue;
    if (field.group && !told.has(field.group)) {
      told.add(field.group);
      const on = Boolean(settingAt(form.trial, field.group));
      if (on !== (use === 'command' && Boolean(field.groupIsOn))) words.push([withoutSections(field.group), `${on}`]);
    }
    if (!applies(form, entry)) continue;
    const value = settingAt(form, path);
    if (path !== 'data.target' && same(value, leftOut(form, entry, use))) continue;
    // What is set and empty is not what is left out.
    const text = value === undefined ? '' : settingText(value);
    if (text !== '') words.push([settingName(field), text]);
  }
  return words;
}

export interface ReadSettings {
  trial: LegalForm['trial'];
  /** Without a target where none was named. */
  data: Partial<LegalForm['data']>;
  /** One sentence for each word that is not to be had; the default holds instead. */
  problems: Said[];
}

/** Settings from the words of a link, in any order; what cannot be is left out and said. */
export function readSettings(words: Iterable<[string, string]>): ReadSettings {
  const given = new Map(words);
  const problems: Said[] = [];
  let trial: Settings = {};
  let data: Settings = {};
  /** False where it is refused, which is said. */
  const take = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(saidBy(error));
      return false;
    }
  };
  for (const [name, path] of groups) {
    const text = given.get(name);
    given.delete(name);
    if (text === undefined) continue;
    if (text === 'false') {
      for (const inner of [...given.keys()].filter((other) => other.startsWith(`${name}.`))) given.delete(inner);
      continue;
    }
    const inside = text === 'true' || text === '' ? {} : { [groupValue[name]]: Number(text) };
    take(() => {
      const next = withSetting(trial, path.replace(/^trial\./, ''), inside);
      checkTrial(withFirstDefaults(next));
      trial = next;
    });
  }
  for (const { path, field } of formFields) {
    const name = settingName(field);
    const text = given.get(name);
    if (text === undefined) continue;
    given.delete(name);
    take(() => {
      if (path.startsWith('trial.')) {
        const next = withSetting(trial, field.path, parseField(field, text));
        checkTrial(withFirstDefaults(next));
        trial = next;
      } else {
        const next = withSetting(data, field.path, parseField(field, text));
        // Shares of a split are checked when all are there.
        if (!field.path.startsWith('split.')) checkData(withFirstData({ target: '?', ...next }));
        data = next;
      }
    });
  }
  if (!take(() => checkData(withFirstData({ target: '?', ...data })))) data = withSetting(data, 'split', undefined);
  for (const name of given.keys()) problems.push(quotable(name));
  const { target, ...others } = checkData(withFirstData({ target: '?', ...data }));
  return {
    trial: checkTrial(withFirstDefaults(trial)),
    data: target === '?' ? others : { ...others, target },
    problems,
  };
}

function isTrial({ path }: FormField): boolean {
  return path.startsWith('trial.');
}
