/** The settings that a kept run began with, and what repeats its changes. */
import { type LiveChanges, liveNames, type PlannedChange, repeated } from '../../spec/changes.ts';
import { withSetting } from '../../spec/fields.ts';
import type { RunEntry } from '../protocol/runs.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { livePath, valueAt } from './form.ts';

/** Settings that may be changed while the run trains, as they are. */
export function liveSettings(settings: Pick<LegalForm, 'trial'>): LiveChanges {
  return Object.fromEntries(
    liveNames.flatMap((name) => {
      const value = valueAt(settings as LegalForm, livePath(name));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Settings are drawn often, and those of a run that has ended do not change. */
const initials = new WeakMap<LegalForm, LegalForm>();

/** Settings that a run began with; those it has now where nothing was changed. */
export function initialSettings({
  settings,
  began,
  changes,
}: Pick<RunEntry, 'settings' | 'began' | 'changes'>): LegalForm {
  if (changes.length === 0) return settings;
  const known = initials.get(settings);
  if (known) return known;
  const initial = liveNames
    .map((name) => ({ name, path: livePath(name) }))
    .filter(({ name, path }) => valueAt(settings, path) !== began[name])
    .reduce<Record<string, unknown>>((form, { name, path }) => withSetting(form, path, began[name]), { ...settings });
  initials.set(settings, initial as unknown as LegalForm);
  return initial as unknown as LegalForm;
}

/** What repeats the changes of a run; undefined where their steps are not known. */
export function repeatedChanges({
  changes,
  planned,
}: Pick<RunEntry, 'changes' | 'planned'>): PlannedChange[] | undefined {
  return repeated(changes, planned);
}
