/** How a fit was found: the score over the seconds beside what it has to beat, and the networks that are its members. */
import type { Metrics } from '../model/metrics.ts';
import { spaced } from '../util/arrays.ts';
import { extent } from '../util/extent.ts';
import { figure } from '../util/format.ts';
import { count, counted } from '../util/thousands.ts';
import { wantsLog } from './charts/frame.ts';
import { drawPlot, type Series } from './charts/plot.ts';
import { twoWidths } from './charts/svg.ts';
import { html, type Markup, type Part } from './escape.ts';
import { dataTable, type Numbering, tableOf } from './figures.ts';
import { percent } from './scores.ts';

export interface SearchStep {
  seconds: number;
  networks: number;
  members: number;
  /** RMSE or log loss, by the rows that the ensemble was chosen by; null before there is one. */
  score: number | null;
}

export interface FitMember {
  weight: number;
  /** Numbers in pieces between quantiles, or as one value each. */
  inputs: 'pieces' | 'values';
  hidden: readonly number[];
  activation: string;
  dropout: number | readonly number[];
  learning_rate: number;
  weight_decay: number;
  schedule: string;
  batch_size: number;
}

export interface SearchFacts {
  steps: readonly SearchStep[];
  linear: number | null;
  baseline: number;
  /** The honest score at the end. */
  final: number;
}

/** Beyond so many times what is drawn without it, the baseline would squeeze the rest. */
const mostTimes = 1.6;

export const scoreOf = (metrics: Metrics): number => ('rmse' in metrics ? metrics.rmse : metrics.log_loss);

/** @param metric what the score is called, with its unit */
export function searchFigure(
  { steps, linear, baseline, final }: SearchFacts,
  metric: string,
  numbers: Numbering,
): Part {
  const scored = steps.filter((step): step is SearchStep & { score: number } => step.score !== null);
  if (scored.length < 2) return false;
  const drawn = spaced(scored, 500);
  const xs = drawn.map(({ seconds }) => seconds);
  const scores = drawn.map(({ score }) => score);
  const last = xs[xs.length - 1];
  const ends = [0, last];
  const highest = Math.max(...scores, linear ?? 0);
  const near = baseline <= mostTimes * highest;
  const rivals: Series[] = [
    ...(linear === null ? [] : [rival('linear model', 'run-2', '7 3', linear, ends)]),
    ...(near ? [rival('baseline', 'light', '2 3', baseline, ends)] : []),
  ];
  const lists = [scores, [final], ...rivals.map(({ ys }) => ys)];
  const log = wantsLog(lists);
  const label = `${metric} over ${figure(last)} seconds: from ${figure(scores[0])} to ${figure(scores[scores.length - 1])}; a linear model has ${figure(linear)}, always the same answer ${figure(baseline)}.`;
  return numbers.figure(
    twoWidths(280, (size) =>
      drawPlot(
        {
          label,
          x: { title: 'seconds', range: [0, last] },
          y: { title: log ? `${metric}, log axis` : metric, range: extent(lists, 0.06, log), log },
          series: [{ name: 'fit', tone: 'model', xs, ys: scores }, ...rivals],
          ring: { x: last, y: final, tone: 'validation' },
        },
        size,
      ),
    ),
    html`The score so far over the seconds, of the rows that the ensemble was chosen by, so that it is a little too good; the ring is the honest score of ensembles chosen without the rows.${near ? '' : ` Always the same answer would be far above, at ${figure(baseline)}.`}`,
    dataTable(
      [
        { title: 'seconds', number: true },
        { title: 'networks', number: true },
        { title: 'members', number: true },
        { title: metric, number: true },
      ],
      spaced(scored, 25).map(({ seconds, networks, members, score }) => [
        figure(seconds),
        count(networks),
        count(members),
        figure(score, 4),
      ]),
      'The search in numbers',
    ),
  );
}

function rival(name: string, tone: Series['tone'], dash: string, score: number, xs: number[]): Series {
  return { name, tone, dash, thin: true, xs, ys: xs.map(() => score) };
}

/** One row for each drawing of settings: its networks of all folds. */
export function membersTable(members: readonly FitMember[], folds: number, numbers: Numbering): Markup {
  const groups = new Map<string, { member: FitMember; networks: number; weight: number }>();
  for (const member of members) {
    const { weight, ...settings } = member;
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { member, networks: 0, weight: 0 };
    groups.set(key, { member, networks: group.networks + 1, weight: group.weight + weight });
  }
  const rows = [...groups.values()]
    .sort((a, b) => b.weight - a.weight)
    .map(({ member, networks, weight }): Part[] => [
      percent(weight),
      count(networks),
      member.inputs,
      member.hidden.join('-') || 'none: linear',
      member.hidden.length > 0 ? member.activation : '–',
      member.hidden.length > 0 ? figure([member.dropout].flat()[0], 2) : '–',
      figure(member.learning_rate),
      figure(member.weight_decay),
      member.schedule,
      count(member.batch_size),
    ]);
  const columns = [
    { title: 'weight', number: true },
    { title: 'networks', number: true },
    { title: 'numbers' },
    { title: 'hidden layers' },
    { title: 'activation' },
    { title: 'dropout', number: true },
    { title: 'learning rate', number: true },
    { title: 'weight decay', number: true },
    { title: 'schedule' },
    { title: 'batch', number: true },
  ];
  const each = folds > 1 ? ` Each was trained ${folds} times, without one part of the rows each time.` : '';
  return numbers.table(
    tableOf(columns, rows),
    `The ${counted(members.length, 'member')} of the ensemble by their settings, which were drawn at random and chosen by held-out rows: what weighs more was chosen more often. Some see numbers cut into pieces between quantiles, some as one value each.${each}`,
  );
}
