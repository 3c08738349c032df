/**
 * Reads the file of a lesson. Whoever wrote it is not trusted: it is small, plain JSON of known names, and what it says is
 * shown as text. What is refused is said in one line, with the step and the name that it is about.
 */
import { lessons } from '../../messages/en/lessons.ts';
import { settings as settingMessages } from '../../messages/en/training/settings.ts';
import { check, checkData, checkTrial } from '../../spec/check.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { withFirstData, withFirstDefaults } from '../../spec/first-defaults.ts';
import { parseJson } from '../../spec/json.ts';
import type { TrialInput } from '../../spec/settings.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { samples } from '../shared/samples.ts';
import {
  type LessonFile,
  type LessonSettings,
  type LessonTable,
  lessonFile,
  lessonNames,
  type Wait,
  type Words,
} from './schema.ts';

export interface Lesson {
  title: Words;
  table: LessonTable;
  steps: LessonStep[];
}

export interface LessonStep {
  title: Words;
  /** What is set up, and what will be seen. */
  text: Words;
  /** What to try next. */
  try?: Words;
  /** Complete: what neither lesson nor step says has the first defaults, as in a link. */
  trial: TrialInput;
  data: Partial<DataSettingsInput>;
  /** Whether the losses are shown on a logarithmic axis. */
  log: boolean;
  /** Another view than the one that fits the data. */
  view?: LessonFile['steps'][number]['view'];
  /** What has to come about before the next step can be gone to. */
  wait?: Wait;
}

/** Bytes of a file. Longer than any lesson that somebody would read. */
const maxBytes = 1_000_000;
const maxDepth = 12;

/** @throws InputError that names the file */
export async function readLesson(blob: Blob, file: string): Promise<Lesson> {
  if (blob.size > maxBytes) {
    throw refused(file, message(lessons, 'lesson_too_large', { bytes: blob.size, limit: maxBytes }));
  }
  return parseLesson(await blob.text(), file);
}

/** @throws InputError that names the file */
export function parseLesson(text: string, file: string): Lesson {
  try {
    return lessonOf(check(lessonFile, parsed(text), lessonNames));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw refused(file, placed(error));
  }
}

export function refused(file: string, why: Said): InputError {
  return new InputError(message(lessons, 'lesson_refused', { file, why }));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text, maxDepth);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(notJson(text, String(error)));
  }
}

/** Browsers say where in different ways, or not at all. */
function notJson(text: string, said: string): Message {
  const [, position] = /position (\d+)/.exec(said) ?? [];
  let [, line, place] = /line (\d+) column (\d+)/.exec(said) ?? [];
  if (position !== undefined) {
    const before = text.slice(0, Number(position)).split('\n');
    [line, place] = [String(before.length), String(before[before.length - 1].length + 1)];
  }
  if (line === undefined) return message(lessons, 'lesson_not_json');
  return message(lessons, 'lesson_not_json_at', { line: Number(line), place: Number(place) });
}

function lessonOf({ title, table, settings = {}, steps }: LessonFile): Lesson {
  checkTable(table);
  settingsOf(settings);
  return {
    title,
    table,
    steps: steps.map(({ settings: own = {}, loss_axis, ...step }, index) =>
      within(index, () => {
        checkWait(step.wait);
        return { ...step, log: loss_axis === 'log', ...settingsOf(merged(settings, own)) };
      }),
    ),
  };
}

function checkTable({ sample, generate, link, file, text }: LessonTable): void {
  const choices = ['sample', 'link', 'file'];
  const given = [sample, link, file].filter((one) => one !== undefined);
  if (given.length !== 1) throw new InputError(message(lessons, 'lesson_table', { choices }));
  if (text !== undefined && file === undefined) throw new InputError(message(lessons, 'lesson_text_alone'));
  const known = samples.find(({ name }) => name === sample);
  if (sample !== undefined && !known) {
    const params = { setting: 'table.sample', input: JSON.stringify(sample), choices: samples.map(({ name }) => name) };
    throw new InputError(message(settingMessages, 'choice_unknown', params));
  }
  if (generate && !known?.generate) throw new InputError(message(lessons, 'lesson_generate_alone'));
}

function checkWait(wait: Wait | undefined): void {
  if (wait?.kind !== 'score') return;
  if ((wait.at_least === undefined) === (wait.at_most === undefined)) {
    throw new InputError(message(lessons, 'lesson_score'));
  }
}

/** Checked as they are given, so that what is said is about what was written; then with the first defaults. */
function settingsOf({ data = {}, ...given }: LessonSettings): Pick<LessonStep, 'trial' | 'data'> {
  checkTrial(given);
  const trial = withFirstDefaults(given as TrialInput);
  checkTrial(trial);
  checkData({ target: '?', ...data });
  return { trial, data: withFirstData(data as Partial<DataSettingsInput>) };
}

type Group = Record<string, unknown>;

/** A step's settings over those of the lesson, one by one; a group that says its kind takes the place of the whole group. */
function merged(lesson: Group, step: Group): Group {
  const both = { ...lesson };
  for (const [name, value] of Object.entries(step)) {
    const before = both[name];
    both[name] = isGroup(value) && isGroup(before) && !('kind' in value) ? merged(before, value) : value;
  }
  return both;
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says of what goes wrong in a step which step it is. */
function within<Value>(index: number, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(inStep(index, saidBy(error)));
  }
}

/** The same of what the schema says, which has the step in the setting's path. */
function placed(error: InputError): Said {
  const [, index, rest] = /^steps\.(\d+)\.?(.*)$/.exec(error.where ?? '') ?? [];
  if (index === undefined) return saidBy(error);
  const code = error.code as keyof typeof settingMessages;
  const params = { ...error.params, setting: rest };
  const say = settingMessages[code] as (params: object) => string;
  return inStep(Number(index), { code, params, text: say(params) });
}

function inStep(index: number, why: Said): Message {
  return message(lessons, 'lesson_step', { step: index + 1, why });
}
