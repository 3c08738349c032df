/**
 * What the controls say once another table is open: what suits the table, and on top of it what the person had changed by
 * hand, as far as it can be true of the new table too.
 */
import { checkData, checkTrial } from '../../spec/check.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { TrialInput } from '../../spec/settings.ts';
import type { TableView } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { changedPaths, type Form, type FormPath, formOf, isFixed, restoreForm, startingForm } from '../shared/form.ts';

/** Settings of the data that name no column and do not go by the target. */
const carriedData: FormPath[] = [
  'data.numeric',
  'data.scaling',
  'data.clip_predictions',
  'data.impute',
  'data.missing_indicator',
  'data.max_levels',
  'data.merge_spellings',
  'data.split.train',
  'data.split.validation',
  'data.split.test',
  'data.split.seed',
];

/** What a person has changed since `base` and takes along, as paths; nothing that is wrong, and no share on its own. */
export function carriedPaths(form: Form, base: Form): FormPath[] {
  const known = base as LegalForm;
  const paths = [...changedPaths(form, known)] as FormPath[];
  return paths.filter(
    (path) =>
      !form.problems.has(path) &&
      !isFixed(form, path) &&
      (path === 'engine' || path.startsWith('trial.') || carriedData.includes(path)),
  );
}

/** What the table is opened with: what suits it, changed as the person had it. */
export function openingData(suits: Partial<DataSettingsInput>, form: Form, base: Form): Partial<DataSettingsInput> {
  const paths = carriedPaths(form, base).filter((path) => path.startsWith('data.'));
  const shares = paths.some((path) => /split\.(train|validation|test)$/.test(path));
  const all = shares ? [...new Set([...paths, ...carriedData.filter((path) => path.startsWith('data.split'))])] : paths;
  const start: Form = { ...startingForm(), data: { ...startingForm().data, ...suits } };
  return all.reduce((next, path) => restoreForm(next, path, form as LegalForm), start).data;
}

/** The form of a table that is open, and what it has for the next table to go by. */
export function openedForm(
  suits: { data?: Partial<DataSettingsInput> } & TrialInput,
  view: TableView,
  form: Form,
  base: Form,
): { form: Form; base: Form; kept: FormPath[] } {
  const { model, training } = suits;
  const trial = checkTrial({ ...(model ? { model } : {}), ...(training ? { training } : {}) });
  const fresh = formOf({ trial, data: view.settings, engine: 'auto' });
  const kept = carriedPaths(form, base);
  const ofTrial = kept.filter((path) => !path.startsWith('data.'));
  const data = checkData({ ...suits.data, target: view.target });
  return {
    form: ofTrial.reduce((next, path) => restoreForm(next, path, form as LegalForm), fresh),
    base: { ...fresh, data },
    kept,
  };
}
