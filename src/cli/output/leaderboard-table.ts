/** The leaderboard of a sweep as a table for people. */
import { decidingOf, foldsNote, methodWords } from '../../html/swept.ts';
import type { SweepResult } from '../../sweep/types.ts';
import type { Spread } from '../../util/statistics.ts';
import { significant, table } from './output.ts';

/** Combinations that are printed; all of them are in the files. */
const mostShown = 30;

export function leaderTable({ leaderboard, trials }: SweepResult): string {
  const { set, name } = decidingOf(trials);
  const varied = Object.keys(leaderboard[0]?.settings ?? {});
  const halved = leaderboard.some((leader) => leader.halved > 0);
  const epochsOf = (cell: number) =>
    trials.find((trial) => trial.cell === cell && trial.stopped === 'halving')?.epochs_run;
  const tested = trials.some(({ metrics }) => metrics.test);
  const rows = leaderboard
    .slice(0, mostShown)
    .map(({ cell, settings, n, metrics }, index) => [
      String(index + 1),
      ...varied.map((path) => wordOf(settings[path])),
      String(n),
      ...spreadCells(metrics[set][name]),
      ...(tested ? spreadCells(metrics.test[name]).slice(0, 2) : []),
      ...(halved ? [String(epochsOf(cell) ?? '')] : []),
    ]);
  const own = [`${set} ${name}`, '±', '95 % interval'];
  const head = [
    '',
    ...varied.map(shortName),
    'n',
    ...own,
    ...(tested ? [`test ${name}`, '±'] : []),
    ...(halved ? ['out after'] : []),
  ];
  return table(head, rows, [0, varied.length + 2]);
}

/** What the order, the spreads and the intervals are. */
export function leaderNote({ leaderboard, trials }: SweepResult): string {
  const { set, name } = decidingOf(trials);
  const more = leaderboard.length > mostShown ? `, the best ${mostShown} of ${leaderboard.length}` : '';
  const method = methodWords(leaderboard.map(({ metrics }) => metrics[set][name]));
  return [
    `Ordered by the ${set} mean${more}. `,
    '± is the standard deviation over seeds and folds',
    ...(method ? [`, brackets hold the 95 % interval of the mean by ${method}.`] : ['.']),
    ...(trials.some(({ fold }) => fold !== null) ? [` ${foldsNote}`] : []),
  ].join('');
}

function spreadCells(spread: Spread | undefined): string[] {
  if (!spread) return ['–', '–', '–'];
  const interval = spread.n > 1 ? `[${significant(spread.low)}, ${significant(spread.high)}]` : '–';
  return [significant(spread.mean), spread.n > 1 ? significant(spread.sd) : '–', interval];
}

/** `training.optimizer.learning_rate` -> learning_rate */
function shortName(path: string): string {
  return (
    path
      .replace(/\.kind$/, '')
      .split('.')
      .at(-1) ?? path
  );
}

function wordOf(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join('-') : 'none';
  if (typeof value === 'object' && value !== null) {
    const { kind, ...others } = value as Record<string, unknown>;
    const rest = Object.entries(others).map(([name, own]) => `${name} ${wordOf(own)}`);
    return [kind, ...rest].filter((part) => part !== undefined).join(' ');
  }
  return String(value);
}
