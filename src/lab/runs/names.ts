/**
 * Names of runs, made of what differs among the runs of one table: "tanh, batch 1". Read off the schema, so that a new
 * setting is named at once. A name that a person gave holds instead.
 */
import { groupBy } from '../../util/arrays.ts';
import { labelAt } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { applies, type FormField, formFields, valueAt } from '../shared/form.ts';
import { typed } from '../shared/format.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { changesAt } from './compare.ts';

/** More would be a list of settings and no name. */
const mostParts = 3;

type Named = Pick<StoredRun, 'id' | 'settings' | 'began' | 'changes' | 'table' | 'mark' | 'fit' | 'target'>;

/** A name for each run, by its id. */
export function namesOf(runs: readonly Named[]): Map<string, string> {
  return numbered(runs, unnumbered(runs, formFields));
}

/** A name for the group of seeds that a run is in, by the run's id. */
export function groupNamesOf(runs: readonly Named[]): Map<string, string> {
  return unnumbered(
    runs,
    formFields.filter(({ path }) => path !== 'trial.training.seed'),
  );
}

function unnumbered(runs: readonly Named[], fields: readonly FormField[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, fit, target } of runs) if (fit) names.set(id, text.runs.bestModelOf(target));
  const single = runs.filter(({ fit }) => !fit);
  for (const alike of groupBy(single, ({ table }) => table.key)) {
    const differing = fields.map((entry) => ({ entry, counts: countsOf(alike, entry) }));
    const telling = differing.filter(({ counts }) => counts.size > 1);
    for (const run of alike) names.set(run.id, nameOf(run, telling, alike.length));
  }
  return names;
}

/** How many runs have each value of a setting. */
function countsOf(runs: readonly Named[], entry: FormField): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const value = keyOf(run, entry);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** A setting that does not belong to what is chosen has one value: none. One that was changed is another than one that was not. */
function keyOf(run: Named, entry: FormField): string {
  const settings = initialSettings(run);
  if (!applies(settings, entry)) return '';
  return JSON.stringify([valueAt(settings, entry.path) ?? null, ...changesAt(run, entry)]);
}

function nameOf(run: Named, telling: { entry: FormField; counts: Map<string, number> }[], runs: number): string {
  const settings = initialSettings(run);
  // What few runs have says most of this one; of several that say as much, those that come first in the schema.
  const byRarity = telling
    .map(({ entry, counts }) => ({ entry, share: (counts.get(keyOf(run, entry)) ?? 0) / runs }))
    .filter(({ entry }) => applies(settings, entry))
    .sort((a, b) => a.share - b.share)
    .slice(0, mostParts)
    .map(({ entry }) => entry);
  const parts = formFields
    .filter((entry) => byRarity.includes(entry))
    .map((entry) => [settingInWords(settings, entry), ...changesAt(run, entry)].join(' → '));
  const base = settings.from ? [text.runs.from(settings.from.name)] : [];
  return [...(parts.length > 0 ? parts : [plainName(settings)]), ...base].join(', ');
}

/** Where nothing differs: the network. */
function plainName({ trial: { model } }: LegalForm): string {
  if (model.hidden.length === 0) return text.runs.noHiddenLayer;
  const activations = [...new Set([model.activation].flat())].join('/');
  return `${model.hidden.join('-')} ${activations}`;
}

/** "tanh", "batch 1", "hidden 16-16", "no shuffle" */
export function settingInWords(settings: LegalForm, entry: FormField): string {
  const { path, field } = entry;
  const label = shortLabel(labelAt(entry));
  const value = valueAt(settings, path);
  if (value === undefined || value === null) return text.runs.no(label);
  if (typeof value === 'boolean') return value ? label : text.runs.no(label);
  if (path === 'trial.model.hidden') {
    const { hidden } = settings.trial.model;
    return hidden.length > 0 ? hidden.join('-') : text.runs.noHiddenLayer;
  }
  const words = Array.isArray(value) ? [...new Set(value.map(typed))].join('/') : typed(value);
  // A name says by itself what it is a name of.
  const isName = field.type === 'choice' && words !== 'auto' && words !== 'none';
  return isName ? words : `${label} ${words}`;
}

/** As within a name: "batch", "learning rate", but "L1". */
function shortLabel(label: string): string {
  return label.replace(/ size$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Runs that have nothing to tell them apart are numbered, the oldest first. */
function numbered(runs: readonly Named[], names: Map<string, string>): Map<string, string> {
  const given = new Map(runs.map(({ id, mark }) => [id, mark.name || names.get(id) || '']));
  const automatic = runs.filter(({ mark }) => !mark.name);
  for (const same of groupBy(automatic, ({ id }) => given.get(id) ?? '')) {
    if (same.length < 2) continue;
    const oldestFirst = [...same].sort((a, b) => (a.id < b.id ? -1 : 1));
    oldestFirst.forEach(({ id }, index) => {
      given.set(id, `${given.get(id)} (${index + 1})`);
    });
  }
  return given;
}
