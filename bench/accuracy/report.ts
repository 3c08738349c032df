/** What was measured, as Markdown. */
import { figure } from '../../src/util/format.ts';
import { count, counted } from '../../src/util/thousands.ts';
import { table as markdownTable } from '../markdown.ts';
import {
  type Budget,
  boostingName,
  firstAhead,
  type Named,
  type Summary,
  summaryOf,
  type TableComparison,
} from './compare.ts';
import { budgetOf } from './methods.ts';
import { errorName, mean } from './metrics.ts';
import type { MethodStudy, Study } from './study.ts';

export interface ReportFacts {
  machine: string;
  engine: string;
  /** States of the sources that lines of the results are of. */
  builds: string[];
  command: string;
  date: string;
}

const none = '–';
const maybe = (value = Number.NaN) => (Number.isNaN(value) ? none : figure(value));
const named = (best: Named | undefined) => (best ? `${figure(best.value)} (${best.name})` : none);
const metricWords = { regression: 'RMSE', classification: 'log loss' } as const;

export const scoreWords = `Of each table the error is the RMSE, of classes the log loss, on test rows that training never saw, as the mean over the
splits. Score: 1 is the best peer on that table, 0 the linear model (the worst peer where the linear model is within a tenth of
the peers' range of the best), at least -1; above 1 is better than every peer. "/tree" is an error divided by that of the best of
random forest, HistGradientBoosting and XGBoost on that table's test rows, a choice nobody can make beforehand; over tables it is
the geometric mean. Where a table was made by a formula, the formula is a peer; a table without peers other than mean and linear
model has no score.`;

export function reportOf(study: Study, facts: ReportFacts): string {
  const parts = [
    factLines(study, facts),
    '## Over all tables',
    scoreWords,
    summaryTable(study),
    ...failureLines(study),
    '## Table by table',
    'Errors, with the score in brackets.',
    errorTable(study),
    ...errorRateTable(study),
    '## Seconds',
    'On all processors, and in brackets on the clock, from the start of the command to its end.',
    secondsTable(study),
    ...passingSection(study),
    '## Where it is behind',
    'The best tree, or the linear model.',
    lossLines(study).join('\n') || 'Nowhere in this run.',
    '## The tables',
    sourceTable(study),
  ];
  return parts.join('\n\n');
}

export function factLines({ tables, methods }: Study, { machine, engine, builds, command, date }: ReportFacts): string {
  const splits = new Set(methods.flatMap(({ results }) => results.map(({ table, split }) => `${table} ${split}`)));
  return [
    `- Machine: ${machine}`,
    `- Engine: ${engine}`,
    `- Tables: ${tables.length}, with ${splits.size} splits in all`,
    `- Sources: ${builds.join(', ')} (a hash of all that the command is built from)`,
    `- Measured: ${date.slice(0, 10)}, with \`${command}\``,
  ].join('\n');
}

function summaryTable({ methods, peerStudies }: Study): string {
  const cells = (name: string, summary: Summary) => [
    name,
    count(summary.tables),
    maybe(summary.score),
    maybe(summary.rmseToTree),
    maybe(summary.logLossToTree),
    maybe(summary.errorRateToTree),
    count(summary.behindLinear),
    maybe(summary.cpu),
    maybe(summary.wall),
  ];
  const head = [
    '',
    'tables',
    'score',
    'RMSE/tree',
    'log loss/tree',
    'error rate/tree',
    'behind linear',
    'CPU s',
    'clock s',
  ];
  return markdownTable(head, [
    ...methods.map(({ name, comparisons }) => cells(`**${name}**`, summaryOf(comparisons))),
    ...peerStudies
      .map(({ name, comparisons }) => ({ name, summary: summaryOf(comparisons) }))
      .sort((a, b) => (b.summary.score ?? -1) - (a.summary.score ?? -1))
      .map(({ name, summary }) => cells(name, summary)),
  ]);
}

/** One line for what failed alike. */
export function failureLines({ failures }: Study): string[] {
  const alike = new Map<string, string[]>();
  for (const { method, table, split, why } of failures) {
    const line = `- ${method} failed: ${why}`;
    alike.set(line, [...(alike.get(line) ?? []), `${table} ${split}`]);
  }
  const lines = [...alike].map(
    ([line, splits]) => `${line} (${counted(splits.length, 'split')}: ${splits.join(', ')})`,
  );
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** A row for each table that a method was measured on, with a cell of each method. */
function perTable(
  { tables, methods }: Study,
  first: (comparison: TableComparison) => string[],
  cell: (comparison: TableComparison) => string,
): string[][] {
  return tables.flatMap(({ table: { name } }) => {
    const of = methods.map(({ comparisons }) => comparisons.find(({ table }) => table === name));
    const any = of.find((comparison) => comparison !== undefined);
    return any ? [[name, ...first(any), ...of.map((comparison) => (comparison ? cell(comparison) : none))]] : [];
  });
}

const methodNames = ({ methods }: Study) => methods.map(({ name }) => name);

function errorTable(study: Study): string {
  const rows = perTable(
    study,
    ({ task, linear, bestTree, bestPeer }) => [metricWords[task], maybe(linear), named(bestTree), named(bestPeer)],
    ({ error, score }) => `${figure(error)} (${score === undefined ? none : score.toFixed(2).replace('-', '−')})`,
  );
  return markdownTable(['', 'error', 'linear', 'best tree', 'best peer', ...methodNames(study)], rows);
}

function errorRateTable(study: Study): string[] {
  const rows = perTable(
    study,
    ({ bestTreeErrorRate }) => [bestTreeErrorRate ? percent(bestTreeErrorRate.value) : none],
    ({ errorRate }) => (errorRate === undefined ? '' : percent(errorRate)),
  ).filter((row) => row.slice(2).some((cell) => cell !== '' && cell !== none));
  if (rows.length === 0) return [];
  return [
    'Error rates, which is the share of test rows given the wrong class.',
    markdownTable(['', 'best tree', ...methodNames(study)], rows),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function secondsTable(study: Study): string {
  const rows = perTable(
    study,
    () => [],
    ({ cpu, wall }) => `${figure(cpu)} (${figure(wall)})`,
  );
  return markdownTable(['', ...methodNames(study)], rows);
}

// ---- Time until it passes XGBoost's default ------------------------------------------------------------------------------

interface Timed extends MethodStudy {
  /** Seconds. */
  budget: number;
}

function passingSection(study: Study): string[] {
  const boosting = study.peerStudies.find(({ name }) => name === boostingName);
  const timed = study.methods
    .flatMap((method): Timed[] => {
      const budget = method.method && budgetOf(method.method.row);
      return budget === undefined ? [] : [{ ...method, budget }];
    })
    .sort((a, b) => a.budget - b.budget);
  if (timed.length === 0 || !boosting) return [];
  const rows = boosting.comparisons.flatMap(({ table, error, cpu }) => {
    const budgets = timed.flatMap((one) => budgetOn(table, one, boosting));
    if (budgets.length === 0) return [];
    const first = firstAhead(budgets);
    const passed = first ? `${figure(first.seconds)} (${figure(first.wall)})` : `not within ${budgets.at(-1)?.seconds}`;
    return [[table, figure(cpu), passed, passedOnValidation(table, timed.at(-1) as Timed, error)]];
  });
  const names = timed.map(({ name }) => name).join(', ');
  return [
    "## Time until it passes XGBoost's default",
    `The least budget of \`fit\` in seconds (in brackets, on the clock) whose model is better on the test rows; tried: ${names}. The last
column is when the score on its own validation rows was first better than XGBoost's on the test rows, in the longest of them.`,
    markdownTable(['', 'XGBoost, CPU s', 'fit, s', 'on validation rows, s'], rows),
  ];
}

/** Beside XGBoost on the splits that were measured with this budget. */
function budgetOn(table: string, { comparisons, budget }: Timed, boosting: MethodStudy): Budget[] {
  const comparison = comparisons.find((one) => one.table === table);
  if (!comparison) return [];
  const { task, splits, wall, error } = comparison;
  const peers = boosting.results.filter((result) => result.table === table && splits.includes(result.split));
  const peerErrors = peers.map(({ metrics }) => metrics[errorName[task]] ?? Number.NaN);
  return [{ seconds: budget, wall, error, peerError: mean(peerErrors) }];
}

/** The mean over splits, where it passed on each. */
function passedOnValidation(table: string, { results }: Timed, peerError: number): string {
  const own = results.filter((result) => result.table === table);
  const passed = own.map((result) =>
    'progress' in result ? result.progress?.find(({ score }) => score < peerError)?.seconds : undefined,
  );
  const known = passed.filter((seconds) => seconds !== undefined);
  return known.length > 0 && known.length === passed.length ? figure(mean(known)) : none;
}

// ---- Losses, sources ------------------------------------------------------------------------------------------------------

/** Tables on which a method is behind the best tree or the linear model. */
export function lossLines({ methods }: Study): string[] {
  return methods.flatMap(({ name, comparisons }) =>
    comparisons.flatMap(({ table, task, error, linear, bestTree }) => {
      const behind = [bestTree, linear === undefined ? undefined : { name: 'the linear model', value: linear }].filter(
        (peer) => peer !== undefined && error > peer.value,
      ) as Named[];
      if (behind.length === 0) return [];
      const peers = behind.map((peer) => `${figure(error / peer.value)} times that of ${peer.name}`).join(', ');
      return [`- ${name}, ${table}: ${metricWords[task]} ${figure(error)}, ${peers}.`];
    }),
  );
}

function sourceTable({ tables }: Study): string {
  return markdownTable(
    ['', 'rows', 'columns', 'classes', 'gaps', 'test rows', 'source'],
    tables.map(({ table, rows, columns, classes, gaps }) => [
      table.name,
      count(rows),
      count(columns),
      classes === undefined ? '' : count(classes),
      count(gaps),
      count(table.splits[0].length),
      table.source,
    ]),
  );
}
