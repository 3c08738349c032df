/** The table of runs as data: a group for each table and target, its columns, and which rows are shown in which order. */
import { metricFacts } from '../../spec/metric-facts.ts';
import { groupBy } from '../../util/arrays.ts';
import { runTableText } from '../i18n/en/later/run-table.ts';
import { labelAt } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import { seedsIn, settingOf, spreadOf } from '../runs/compare.ts';
import { type Row, rowsOf } from '../runs/order.ts';
import { applies, type FormField, formFields, valueAt } from '../shared/form.ts';
import { aligned, count, dateTime, duration, figure } from '../shared/format.ts';
import { initialSettings } from '../shared/live-steps.ts';
import { scoresOf } from '../shared/scores.ts';

/** What is sorted and written of a row. */
export interface Column {
  key: string;
  kind: 'metric' | 'setting' | 'fact';
  label: string;
  title: string;
  /** Whether the first press on its head puts the largest first. */
  largestFirst: boolean;
  value(row: Row): number | string | undefined;
  words(row: Row): string;
}

/** Runs of one table that predict the same. */
export interface Group {
  key: string;
  table: string;
  target: string;
  rows: Row[];
  columns: Column[];
}

export interface Sorting {
  column: string;
  largestFirst: boolean;
}

/**
 * @param runs trials of sweeps among them
 * @param grouped whether runs that differ only by their seed are one row
 */
export function groupsOf(runs: readonly StoredRun[], grouped: boolean): Group[] {
  return groupBy(runs, groupKey).map((members) => ({
    key: groupKey(members[0]),
    table: members[0].table.name,
    target: members[0].target,
    rows: [
      ...rowsOf(
        members.filter(({ sweep }) => !sweep),
        grouped,
      ),
      ...trialRowsOf(members),
    ],
    columns: columnsOf(members, grouped),
  }));
}

/** A row for each combination of a sweep: the mean over its seeds and folds is what it is judged by. */
function trialRowsOf(members: readonly StoredRun[]): Row[] {
  const trials = members.filter(({ sweep }) => sweep);
  return groupBy(trials, ({ sweep }) => `${sweep?.id}/${sweep?.cell}`).map((runs) => ({ id: runs[0].id, runs }));
}

function groupKey({ table, target, task }: StoredRun): string {
  return JSON.stringify([table.key, target, task]);
}

/** The metrics that any has, the settings in which they differ, and how long they took. */
export function columnsOf(runs: readonly StoredRun[], grouped: boolean): Column[] {
  const [{ task }] = runs;
  // A search for the best model chooses its settings by itself.
  const single = runs.filter(({ fit }) => !fit);
  const metrics = scoresOf(task)
    .filter(({ key }) => runs.some(({ scores }) => Number.isFinite(scores[key])))
    .map(({ key, label }): Column => {
      const spread = (row: Row) => spreadOf(finite(row.runs.map(({ scores }) => scores[key])));
      return {
        key,
        kind: 'metric',
        label,
        title: '',
        largestFirst: metricFacts[key]?.better === 'higher',
        value: (row) => spread(row)?.mean,
        words: (row) => {
          const { mean, sd = null } = spread(row) ?? {};
          return sd === null ? figure(mean) : `${figure(mean)} ± ${figure(sd, 2)}`;
        },
      };
    });
  const settings = formFields
    .filter(({ path }) => !grouped || path !== seedPath)
    .filter((field) => new Set(single.map((run) => settingOf(run, field))).size > 1)
    .map(settingColumn);
  const fact = (
    key: string,
    label: string,
    of: (run: StoredRun) => number | undefined,
    words: (value: number) => string,
  ): Column => {
    const mean = ({ runs: members }: Row) => spreadOf(finite(members.map(of)))?.mean;
    return {
      key,
      kind: 'fact',
      label,
      title: '',
      largestFirst: key === 'created',
      value: mean,
      words: (row) => {
        const value = mean(row);
        return value === undefined ? '' : words(value);
      },
    };
  };
  return [
    ...metrics,
    ...(single.some(({ settings: { from } }) => from) ? [baseColumn()] : []),
    ...settings,
    fact('epochs', runTableText().epochs, ({ epochs }) => epochs, count),
    // How long one trial of many took at once is not known.
    fact('seconds', runTableText().time, ({ seconds, sweep }) => (sweep ? undefined : seconds), duration),
    fact('created', runTableText().begun, ({ created }) => created, dateTime),
  ];
}

/** The model that a run goes on from. */
function baseColumn(): Column {
  const label = text.runs.goesOnFrom;
  const words = ({ runs: [run] }: Row) => run.settings.from?.name ?? '';
  return {
    key: 'from',
    kind: 'setting',
    label,
    title: label,
    largestFirst: false,
    value: (row) => words(row) || undefined,
    words,
  };
}

const seedPath = 'trial.training.seed';

function settingColumn(field: FormField): Column {
  const label = labelAt(field);
  const several = ({ runs }: Row) => field.path === seedPath && seedsIn(runs) > 1;
  const words = (row: Row) => {
    const [run] = row.runs;
    if (several(row)) return text.common.seeds(seedsIn(row.runs));
    return run.fit ? '' : settingOf(run, field);
  };
  return {
    key: field.path,
    kind: 'setting',
    label,
    title: label,
    largestFirst: false,
    value: (row) => {
      const [run] = row.runs;
      const settings = initialSettings(run);
      if (several(row)) return undefined;
      const value = !run.fit && applies(settings, field) ? valueAt(settings, field.path) : undefined;
      return typeof value === 'number' ? value : words(row) || undefined;
    },
    words,
  };
}

/** What is written of rows in a column: points stand below each other, unless some are means with their spread. */
export function writtenIn({ kind, words }: Column, rows: readonly Row[]): string[] {
  const texts = rows.map(words);
  return kind === 'metric' && !texts.some((text) => text.includes('±')) ? aligned(texts) : texts;
}

function finite(values: readonly (number | undefined)[]): number[] {
  return values.filter((value): value is number => Number.isFinite(value));
}

/** What has no value comes last, whichever way the others go; equal ones stay as they were. */
export function sorted(rows: readonly Row[], column: Column | undefined, largestFirst: boolean): Row[] {
  if (!column) return [...rows];
  const direction = largestFirst ? -1 : 1;
  const known = rows.map((row) => ({ row, value: column.value(row) }));
  known.sort(({ value: a }, { value: b }) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
    return direction * String(a).localeCompare(String(b), undefined, { numeric: true });
  });
  return known.map(({ row }) => row);
}

/** Those that have each of these words somewhere: in a name, a note, the table, a setting with its name, a state. */
export function filtered({ rows, columns, table, target }: Group, wanted: string, nameOf: (row: Row) => string): Row[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const settings = columns.filter(({ kind }) => kind === 'setting');
  return rows.filter((row) => {
    const marks = row.runs.map(({ mark, state }) => `${mark.name ?? ''} ${mark.note ?? ''} ${stateWords(state)}`);
    if (row.runs[0].sweep) marks.push(runTableText().trial);
    const told = settings.map((column) => `${column.label} ${column.words(row)}`);
    const all = [nameOf(row), table, target, ...marks, ...told].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** What is worth saying of a run that has not ended as it should; empty else. */
export function stateWords(state: StoredRun['state']): string {
  if (state === 'done') return '';
  if (state === 'diverged') return text.common.diverged;
  return state === 'failed' ? text.runs.failed : text.runs.notFinished;
}
