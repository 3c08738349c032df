/**
 * What of a table does not depend on which rows train: what is predicted, what its columns are, which of them give the target
 * away, and how rows are split.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { checkData } from '../../spec/check.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Steps } from '../../util/yielding.ts';
import { cellNotices } from '../table/cell-notices.ts';
import { codeRows, findColumn, numbersOf } from '../table/columns.ts';
import { daysOfColumn } from '../table/dates.ts';
import { leakNotices } from '../table/leakage.ts';
import type { Notice } from '../table/notices.ts';
import { type Column, fileRow, type Table } from '../table/table.ts';
import { typedTableSteps } from '../table/typed.ts';
import type { TypeGuess } from '../table/types.ts';
import type { DropReason } from './dataset.ts';
import type { SplitBy } from './parts.ts';
import { splitRows } from './split.ts';
import { planTarget, type TargetPlan } from './target.ts';

export type PlannedTable = ReturnType<typeof planTable> extends Steps<infer Result> ? Result : never;

/** @throws InputError about a setting or a column */
export function* planTable(read: Table, settings: DataSettings) {
  checkColumns(read);
  findColumn(read, settings.target, 'target');
  const roles = assignRoles(read, settings);
  const typed = yield* typedTableSteps(read, settings);
  const { table, types } = typed;
  const target = findColumn(table, settings.target, 'target');
  const plan = planTarget(table, target, findType(types, target), settings);
  const tiny = plan.rows.length < fewestSplit && hasDefaultShares(settings);
  const split = tiny ? { ...settings.split, train: 1, validation: 0, test: 0 } : settings.split;
  const by = splitBy(table, plan, types, settings);
  const sets = splitRows(plan.rows.length, split, 2, by);
  const notices = cellNotices(typed, (name) => !roles.has(name), settings.target);
  const leaks = yield* leaksOf(table, target, plan.kind === 'classes', types, roles);
  return { table, settings: { ...settings, split }, target, roles, types, plan, notices, leaks, tiny, by, sets };
}

/** What is said of columns that give the target away, by column; those with a part of their own are no features. */
function* leaksOf(
  table: Table,
  target: Column,
  classes: boolean,
  types: Map<string, TypeGuess>,
  roles: ReadonlyMap<string, string>,
): Steps<Map<string, Notice[]>> {
  const candidates = table.columns.filter((column) => column !== target && !roles.has(column.name));
  // What a single column says of the target is all that there is to learn.
  if (candidates.length < 2) return new Map();
  const withType = (column: Column) => ({ column, type: findType(types, column).type });
  const leaks = new Map<string, Notice[]>();
  for (const column of candidates) {
    yield { doing: 'comparing', column: column.name };
    leaks.set(column.name, leakNotices(withType(column), withType(target), classes));
  }
  return leaks;
}

/** Tables with fewer rows, such as truth tables, are not split unless shares are asked for. */
const fewestSplit = 10;

function hasDefaultShares({ split }: DataSettings): boolean {
  const { train, validation, test } = checkData({ target: 'any' }).split;
  return split.train === train && split.validation === validation && split.test === test;
}

function checkColumns({ source, rows, columns }: Table): void {
  for (const column of columns) {
    const { length } = column.kind === 'number' ? column.values : column.codes;
    if (length === rows) continue;
    throw new InputError(
      message(preparing, 'column_length', { source, column: column.name, count: length, total: rows }),
      column.name,
    );
  }
}

/** Columns with a part of their own in the settings, which are no features. @throws InputError about unknown names */
function assignRoles(table: Table, { target, ignore, weights, split }: DataSettings): Map<string, DropReason> {
  const roles = new Map<string, DropReason>();
  const named: [setting: string, name: string | undefined, reason: DropReason][] = [
    ...ignore.map((name): [string, string, DropReason] => ['ignore', name, 'ignored']),
    ['split.group', split.group, 'the group of the split'],
    ['split.time', split.time, 'the time of the split'],
    ['weights', weights, 'the weight of the row'],
  ];
  for (const [setting, name, reason] of named) {
    if (name === undefined) continue;
    findColumn(table, name, setting);
    if (name === target) {
      throw new InputError(message(preparing, 'column_is_target', { setting, column: name }), setting);
    }
    roles.set(name, reason);
  }
  return roles;
}

export function findType(types: Map<string, TypeGuess>, { name }: Column): TypeGuess {
  const guess = types.get(name);
  if (!guess) throw new Error(`no type for column ${name}`);
  return guess;
}

/** What decides where rows go, one value for each of the plan's rows. */
function splitBy(table: Table, plan: TargetPlan, types: Map<string, TypeGuess>, { split }: DataSettings): SplitBy {
  const { source } = table;
  const place = (index: number) => ({ source, row: fileRow(table, plan.rows[index]) });
  if (split.group !== undefined) {
    const codes = codeRows(findColumn(table, split.group, 'split.group'));
    return { groups: plan.rows.map((row) => codes[row]), place };
  }
  if (split.time !== undefined) {
    const column = findColumn(table, split.time, 'split.time');
    const { type, format } = findType(types, column);
    if (type !== 'date' && column.kind === 'text') {
      const text = column.levels[0] ?? '';
      throw new InputError(message(preparing, 'column_not_time', { source, column: column.name, text }), 'split.time');
    }
    const times = type === 'date' && format !== undefined ? daysOfColumn(column, format) : numbersOf(column);
    return { times: Float64Array.from(plan.rows, (row) => times[row]), place };
  }
  return plan.kind === 'classes' && split.stratify ? { classes: plan.codes, place } : {};
}
