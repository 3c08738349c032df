/** The leaderboard of a sweep as a table for people. */
import { countTies, decidingOf, isTie, tieMark } from '../../html/swept.ts';
import { restOf, type VarianceShare, wholePercent } from '../../html/variance-shares.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import type { SweepResult } from '../../sweep/results/types.ts';
import { message } from '../../util/message.ts';
import type { Spread } from '../../util/statistics/statistics.ts';
import { inLanguage } from '../language.ts';
import { heading, significant, table } from './output.ts';

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
    .map(({ cell, settings, n, metrics, versus_best }, index) => [
      `${index + 1}${isTie({ versus_best }) ? ` ${tieMark}` : ''}`,
      ...varied.map((path) => wordOf(settings[path])),
      String(n),
      ...spreadCells(metrics[set][name]),
      ...(tested ? spreadCells(metrics.test[name]).slice(0, 2) : []),
      ...(halved ? [String(epochsOf(cell) ?? '')] : []),
    ]);
  const titleOf = (of: typeof set) => inLanguage(message(summary, 'set_metric', { set: of, metric: name }));
  const head = [
    '',
    ...varied.map(shortName),
    'n',
    titleOf(set),
    '±',
    heading('interval'),
    ...(tested ? [titleOf('test'), '±'] : []),
    ...(halved ? [heading('out_after')] : []),
  ];
  return table(head, rows, [0, varied.length + 2]);
}

/** What the order, the spreads and the intervals are, what is told apart from the best, and which settings matter. */
export function leaderNote({ leaderboard, trials, variance_shares: shares }: SweepResult): string {
  const { set, name } = decidingOf(trials);
  const methods = (['t', 'bootstrap'] as const).filter((method) =>
    leaderboard.some(({ metrics }) => metrics[set][name]?.interval === method),
  );
  const ties = countTies(leaderboard);
  return [
    message(summary, 'leaders_order', { set, most: mostShown, count: leaderboard.length }),
    message(summary, 'leaders_spread', { methods }),
    ...(trials.some(({ fold }) => fold !== null) ? [message(summary, 'leaders_folds')] : []),
    ...(ties.compared > 0 ? [message(summary, 'leaders_ties', { ...ties, mark: tieMark })] : []),
    ...(shares
      ? [message(summary, 'leaders_shares', { shares: shares.map(shareWords), rest: wholePercent(restOf(shares)) })]
      : []),
  ]
    .map(inLanguage)
    .join(' ');
}

function shareWords({ path, share }: VarianceShare): [string, string] {
  return [shortName(path), wholePercent(share)];
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
