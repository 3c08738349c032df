/**
 * What the controls say, as opposed to what is being trained: settings as a person writes them, checked field by
 * field with the sentences of `spec/check.ts`. Immutable; every change gives a new form.
 */
import { type LiveName, liveField, liveNames } from '../../spec/changes.ts';
import { checkData, checkTrial } from '../../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import { dataFields, type Field, groupOff, settingAt, trialFields, withSetting } from '../../spec/fields.ts';
import { withFirstData, withFirstDefaults } from '../../spec/first-defaults.ts';
import { followsFromModel } from '../../spec/of-model.ts';
import type { Trial, TrialInput } from '../../spec/settings.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import { labelOf } from '../i18n/language.ts';
import type { EngineChoice, Problem } from '../protocol/messages.ts';
import type { BaseModel, LegalForm } from '../protocol/settings.ts';

type Settings = Record<string, unknown>;

export const engineChoices = ['auto', 'webgpu', 'cpu', 'reproducible'] as const satisfies EngineChoice[];

/** A part of the form has a prefix of its own, since `seed` and `training.seed` are two settings. */
export type FormPath = `trial.${string}` | `data.${string}` | 'engine';

/** A control's field together with its place in the form. */
export interface FormField {
  path: FormPath;
  field: Field;
}

export const formFields: FormField[] = [
  ...trialFields.map((field): FormField => ({ path: `trial.${field.path}`, field })),
  ...dataFields.map((field): FormField => ({ path: `data.${field.path}`, field })),
];

export interface Form {
  /** Complete, but perhaps not legal. */
  readonly trial: TrialInput;
  readonly data: DataInput;
  readonly engine: EngineChoice;
  /** The model that the next run goes on from. */
  readonly from?: BaseModel;
  /** One sentence for each setting (or group of settings) that cannot be trained. */
  readonly problems: ReadonlyMap<string, Said>;
}

export interface Change {
  path: FormPath;
  value: unknown;
}

export function startingForm(): Form {
  return { ...untouched(), data: withoutTarget(checkData(withFirstData({ target: 'y' }))), problems: new Map() };
}

/** Settings that nobody has changed, as a link has them; the table comes with its own. */
export function untouched(): Pick<LegalForm, 'trial' | 'engine'> {
  return { trial: checkTrial(withFirstDefaults()), engine: 'auto' };
}

type DataInput = Partial<DataSettingsInput>;

export function withoutTarget({ target: _, ...others }: DataInput): DataInput {
  return others;
}

/** What may be true of another table too: nothing that names a column, or goes by the target. */
export function withoutColumns({ split, ...data }: DataInput): DataInput {
  const { numeric, scaling, clip_predictions, impute, missing_indicator, max_levels } = data;
  const { group: _, time: __, ...shares } = split ?? {};
  return { numeric, scaling, clip_predictions, impute, missing_indicator, max_levels, split: shares };
}

/** A run's settings with the loss as the form has it, where auto stands for what the run has decided on. */
export function asAsked(trial: Trial, { model, training }: Trial): Trial {
  return {
    ...trial,
    model: { ...trial.model, output_activation: model.output_activation },
    training: { ...trial.training, loss: training.loss },
  };
}

export function formOf({ trial, data, engine, from }: LegalForm): Form {
  const { initial_parameters: _, ...settings } = trial;
  return { trial: settings, data, engine, ...(from && { from }), problems: new Map() };
}

/** Settings and engine that can be trained; undefined while anything is wrong or there is no target yet. */
export function legalForm(form: Form): LegalForm | undefined {
  if (form.problems.size > 0 || !form.data.target) return undefined;
  const { engine, from } = form;
  return { trial: checkTrial(form.trial), data: checkData(form.data), engine, ...(from && { from }) };
}

export function valueAt(form: Form | LegalForm, path: string): unknown {
  return settingAt(form, path);
}

/** Whether a field belongs to the kind that is chosen (of optimizer, of schedule), and its group is switched on. */
export function applies(form: Pick<Form, 'trial'>, { field }: FormField): boolean {
  const { kinds, kindPath } = field;
  if (kinds && kindPath && !kinds.includes(String(settingAt(form.trial, kindPath)))) return false;
  return !field.group || Boolean(settingAt(form.trial, field.group));
}

export function changeForm(form: Form, path: FormPath, value: unknown): Form {
  if (path === 'engine') return { ...form, engine: value as EngineChoice };
  const [part, inner] = split(path);
  const settings = kindPaths.includes(inner)
    ? withKind(form.trial as Settings, inner, String(value))
    : withSetting(form[part] as Settings, inner, value);
  return checked({ ...form, [part]: settings });
}

/** Puts a setting back to what the run has; a kind comes back with all its numbers. */
export function restoreForm(form: Form, path: FormPath, applied: LegalForm): Form {
  if (path === 'engine') return { ...form, engine: applied.engine };
  const [part, inner] = split(path);
  const whole = kindPaths.includes(inner) ? groupOf(inner) : inner;
  return checked({ ...form, [part]: withSetting(form[part] as Settings, whole, settingAt(applied[part], whole)) });
}

/** Whether a setting follows from the model that a run goes on from. */
export function isOfModel(path: string): boolean {
  return path !== 'engine' && followsFromModel(...split(path as FormPath));
}

/** Whether it cannot be chosen, as it follows from the model. */
export function isFixed({ from }: Pick<Form, 'from'>, path: string): boolean {
  return from !== undefined && isOfModel(path);
}

/** The settings of another table. */
export function withData(form: Form, data: DataSettings): Form {
  return checked({ ...form, data });
}

/** Switches an optional group, such as `trial.training.early_stopping`, on with its defaults, or off. */
export function switchGroup(form: Form, path: FormPath, on: boolean): Form {
  const [part, inner] = split(path);
  const group = on ? settingAt(checkTrial(withSetting({}, inner, {})), inner) : groupOff(inner);
  return checked({ ...form, [part]: withSetting(form[part] as Settings, inner, group) });
}

/** A problem that only training itself can find, such as a target that is constant. */
export function withProblem(form: Form, path: string, problem: Problem): Form {
  return { ...form, problems: new Map([...form.problems, [path, problem.message]]) };
}

/** Everything that differs from what is being trained, as paths. */
export function changedPaths(form: Form, applied: LegalForm): Set<string> {
  const comparable = formFields.filter(({ path, field }) => {
    // Another kind is one change; the settings that it brings or takes away are part of it.
    const kind = field.kindPath && `trial.${field.kindPath}`;
    if (!kind || same(valueAt(form, kind), valueAt(applied, kind))) return true;
    return valueAt(form, path) !== undefined && valueAt(applied, path) !== undefined;
  });
  const paths = [...comparable.map(({ path }) => path as string), 'engine', 'from', ...groupPaths];
  const differs = (path: string) => !same(valueAt(form, path), valueAt(applied, path));
  // A group that is switched on or off is one change, not one for each of its settings.
  const switched = groupPaths.filter((path) => !valueAt(form, path) !== !valueAt(applied, path));
  return new Set(
    paths.filter(
      (path) =>
        differs(path) &&
        (switched.includes(path) ||
          !(groupPaths.includes(path) || switched.some((group) => path.startsWith(`${group}.`)))),
    ),
  );
}

/** Where the form has a setting that a run takes up while it trains. */
export function livePath(name: LiveName): FormPath {
  return `trial.${liveField(name).path}`;
}

/** As within a sentence: "learning rate", but "L1". */
export function liveLabel(name: LiveName): string {
  return labelOf(liveField(name), 'trial').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Live settings that differ from the run's and are legal. Those of another optimizer than the run's are not for it. */
export function liveDifferences(form: Form, applied: LegalForm): LiveName[] {
  const kind = 'trial.training.optimizer.kind';
  const sameOptimizer = valueAt(form, kind) === valueAt(applied, kind);
  return liveNames.filter((name) => {
    const path = livePath(name);
    if (form.problems.has(path) || same(valueAt(form, path), valueAt(applied, path))) return false;
    return sameOptimizer || !path.startsWith('trial.training.optimizer.');
  });
}

/** Optional groups of settings, which a checkbox switches on. */
export const groupPaths: string[] = [
  ...new Set(formFields.flatMap(({ field }) => (field.group ? [`trial.${field.group}`] : []))),
];

/** Fields are held against a form that is otherwise legal, so that one mistake does not hide another. */
function checked(form: Form): Form {
  const problems = new Map<string, Said>();
  const note = (path: string, message: Said) => problems.set(path, message);
  for (const entry of formFields) {
    if (!applies(form, entry) || entry.path === 'data.target') continue;
    const [part, inner] = split(entry.path);
    const value = settingAt(form[part], inner);
    const problem = problemOf(part, withSetting(legalBase(form, part), inner, value));
    if (problem?.where === inner || problem?.where?.startsWith(`${inner}.`)) note(entry.path, problem.message);
  }
  // What is wrong only between fields, such as shares that add up to more than 1.
  for (const part of ['trial', 'data'] as const) {
    const whole = part === 'data' ? { target: '?', ...form.data } : form.trial;
    const problem = problemOf(part, whole);
    if (problem && ![...problems.keys()].some((path) => path.startsWith(`${part}.`))) {
      note(`${part}.${problem.where ?? ''}`, problem.message);
    }
  }
  return { ...form, problems };
}

/** Default settings, of the kinds that are chosen and for as many hidden layers. */
function legalBase(form: Form, part: 'trial' | 'data'): Settings {
  if (part === 'data') return { target: '?', split: { train: 0.01, validation: 0, test: 0 } };
  const hidden = settingAt(form.trial, 'model.hidden');
  const base = Array.isArray(hidden) ? { model: { hidden: hidden.map(() => 1) } } : {};
  return kindPaths.reduce<Settings>((settings, path) => withSetting(settings, path, settingAt(form.trial, path)), base);
}

function problemOf(part: 'trial' | 'data', settings: unknown): Problem | undefined {
  try {
    if (part === 'trial') checkTrial(settings);
    else checkData(settings);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return { message: saidBy(error), where: error.where };
    throw error;
  }
}

/** Choices that decide which other settings there are: of the optimizer, of the schedule. */
const kindPaths: string[] = [...new Set(trialFields.flatMap(({ kindPath }) => kindPath ?? []))];
/** Chosen by hand, these mean the same under another kind. */
const keptPaths = ['training.optimizer.learning_rate', 'training.schedule.warmup'];

function groupOf(kindPath: string): string {
  return kindPath.replace(/\.kind$/, '');
}

/** Another kind starts from its own defaults, but what was chosen by hand and means the same is kept. */
function withKind(trial: Settings, kindPath: string, kind: string): Settings {
  const group = groupOf(kindPath);
  const defaults = (name: unknown) => checkTrial(withSetting({}, kindPath, name));
  const before = defaults(settingAt(trial, kindPath));
  const next = withSetting(trial, group, settingAt(defaults(kind), group));
  return keptPaths
    .filter((path) => path.startsWith(`${group}.`) && settingAt(trial, path) !== settingAt(before, path))
    .reduce((settings, path) => withSetting(settings, path, settingAt(trial, path)), next);
}

function split(path: FormPath): ['trial' | 'data', string] {
  const dot = path.indexOf('.');
  return [path.slice(0, dot) as 'trial' | 'data', path.slice(dot + 1)];
}

/** Of plain data, such as settings. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
