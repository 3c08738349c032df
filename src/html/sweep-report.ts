/** The report of a sweep: what was tried, what came out best and how surely, how its losses went, and how to repeat it. */

import type { ModelData } from '../model/model-data.ts';
import { metricName } from '../spec/metric-facts.ts';
import { figure } from '../util/format.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import { count, counted } from '../util/thousands.ts';
import { appendix, type Origin, plain, settingsTable } from './appendix.ts';
import { bandOf, bandPlot, bandSeries, bandTable } from './bands.ts';
import { drawPlot } from './charts/plot.ts';
import { twoWidths } from './charts/svg.ts';
import { type DataFacts, dataSection, doubts } from './data-section.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, numbering, tableOf } from './figures.ts';
import { leaderboardTable, parallelFigure } from './leaderboard.ts';
import { modelCardSection } from './model-card.ts';
import { pageOf, section } from './page.ts';
import type { Picture } from './picture.ts';
import { pictureFigures } from './pictures.ts';
import { confusionFigures, type ScoresBySet, scoresTable, setWords } from './scores.ts';
import {
  type Deciding,
  decidingOf,
  groupedByCell,
  longWords,
  methodWords,
  plusMinus,
  range,
  type SweptLeader,
  type SweptTrial,
  scoreOf,
  shortWords,
  variedOf,
  wordOf,
} from './swept.ts';
import { sharesTable, type VarianceShare } from './variance-shares.ts';

export interface SweepReport {
  target: string;
  data: DataFacts;
  /** What was asked for. */
  definition: {
    base: object;
    grid: Record<string, unknown[]>;
    random: Record<string, unknown>;
    samples: number;
    seeds: number | number[];
    folds: number;
  };
  /** In the order of combinations, then seeds, then folds. */
  trials: readonly SweptTrial[];
  /** Best first. */
  leaderboard: readonly SweptLeader[];
  variance_shares: readonly VarianceShare[] | null;
  best: {
    /** Into `trials`. */
    trial: number;
    settings: { training: { loss: string } };
    units: number[];
    parameters: number;
    /** Absent for classes. */
    picture?: Picture;
  };
  baseline: ScoresBySet;
  populations: readonly { trials: number; plan: string }[];
  interrupted: boolean;
  /** What the model is that was saved with it, in sentences. */
  saved?: string;
  /** As it is saved. */
  model: ModelData;
  origin: Origin;
}

/** Combinations whose losses are drawn; trials that are listed. */
const mostCurves = 5;
const mostTrials = 500;
const mostNamed = 8;

export function sweepReport(report: SweepReport): string {
  const { target, data, trials, leaderboard, best, origin, interrupted } = report;
  const numbers = numbering();
  const deciding = decidingOf(trials);
  const groups = groupedByCell(trials);
  const varied = variedOf(leaderboard);
  const trial = trials[best.trial];
  const scores = { target, rows: data.rows, metrics: trial.metrics, baseline: report.baseline };
  const which = `seed ${trial.seed}${trial.fold === null ? '' : `, fold ${trial.fold + 1}`}`;
  return pageOf({
    title: `${target}, predicted from ${data.file.replace(/^.*[\\/]/, '')}: a sweep`,
    subtitle: [
      counted(leaderboard.length, 'combination'),
      counted(trials.length, 'trial'),
      origin.made?.toISOString().slice(0, 10),
    ],
    version: origin.version,
    body: [
      doubts(data),
      leaderAnswer(report, deciding),
      section(
        'result',
        'Result',
        html`<p>${winnerSentences(report, deciding)}</p>\n${interrupted ? html`<p class="problem">The sweep was ended by hand: trials are scored as they stood.</p>\n` : ''}${divergedWords(leaderboard, varied)}`,
        leaderboardTable(leaderboard, groups, deciding, numbers),
        sharesTable(report.variance_shares, `${setWords[deciding.set]} ${metricName(deciding.name)}`, numbers),
        parallelFigure(leaderboard, deciding, numbers),
      ),
      section('losses', 'Losses of the best', curvesFigure(report, groups, deciding, numbers)),
      section(
        'best',
        'The best trial',
        html`<p>${longWords(trial.settings, varied)}; ${which}: a ${best.units.join('-')} perceptron with ${counted(best.parameters, 'parameter')}. One trial, picked for its validation rows, looks better than its combination is: the figures to go by are those of the table above.</p>\n${report.saved ? html`<p>${report.saved}</p>\n` : ''}`,
        scoresTable(scores, numbers),
        pictureFigures(best.picture, numbers),
        confusionFigures(scores, numbers),
      ),
      section('trials', 'All trials', triedWords(report), trialList(trials, deciding, varied)),
      dataSection(data, numbers),
      modelCardSection(report.model, numbers),
      appendix(
        origin,
        () => [
          definitionTable(report.definition, numbers),
          settingsTable(
            { trial: best.settings },
            'Every setting of the best trial. What is not the default is bold.',
            numbers,
          ),
        ],
        numbers,
        [['populations', populationWords(report.populations)]],
      ),
    ],
  });
}

function leaderAnswer({ leaderboard, baseline }: SweepReport, { set, name, tested }: Deciding): Markup {
  const [first] = leaderboard;
  const last = tested ? 'test' : set;
  const spread = (own: Spread | undefined): Part => {
    const [mean, sd] = plusMinus(own).split(' ± ');
    return [mean, sd && html` <small>± ${sd}</small>`];
  };
  const facts: [string, Part][] = [
    [`${setWords[last]} ${metricName(name)} of the best, mean ± sd`, spread(first.metrics[last][name])],
    ...(tested
      ? [[`its ${setWords[set]} ${metricName(name)}`, spread(first.metrics[set][name])] as [string, Part]]
      : []),
    [`baseline ${metricName(name)} (${setWords[last]})`, figure(scoreOf(baseline[last], name))],
  ];
  return html`<dl class="answer">${facts.map(([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>`)}</dl>\n`;
}

function winnerSentences(
  { leaderboard, baseline, target }: SweepReport,
  { set, name, tested, large }: Deciding,
): string {
  const varied = variedOf(leaderboard);
  const [first, second] = leaderboard;
  const own = first.metrics[set][name];
  const metric = `${setWords[set]} ${metricName(name)}`;
  const several = own && own.n > 1;
  const last = tested ? 'test' : set;
  const parts = [
    `Of ${counted(leaderboard.length, 'combination')}, ${longWords(first.settings, varied)} came out best: ${metric} ${plusMinus(own)}${several ? ` (mean ± standard deviation over ${counted(own.n, 'trial')}, 95\u00a0% interval of the mean by ${methodWords([own])} ${range(own)})` : ''}.`,
    ...(tested ? [`On the test rows, which chose nothing, it has ${plusMinus(first.metrics.test[name])}.`] : []),
    `Always answering with the ${large ? 'most frequent class' : `mean ${target}`} of the training rows has ${figure(scoreOf(baseline[last], name))} there.`,
  ];
  const other = second?.metrics[set][name];
  if (own && other)
    parts.push(`The next (${shortWords(second.settings)}) has ${plusMinus(other)}${comparedWords(second)}`);
  return parts.join(' ');
}

/** Whether the second is told apart from the first. */
function comparedWords({ versus_best: difference }: SweptLeader): string {
  if (!difference) return '.';
  if (difference.told_apart === null) {
    return difference.n === 1
      ? '; with one trial each, the difference may be chance.'
      : '; the difference is the same in every pair, so that nothing says how much of it is chance.';
  }
  const interval = `the interval of the paired difference is ${range(difference)}`;
  return difference.told_apart
    ? `; ${interval}, so the two are told apart.`
    : `; ${interval}, so which of the two is better is not settled.`;
}

/** Combinations by name, as long as they are few. */
function divergedWords(leaderboard: readonly SweptLeader[], varied: { path: string; name: string }[]): Part {
  const sum = (count: (leader: SweptLeader) => number) => leaderboard.reduce((all, leader) => all + count(leader), 0);
  const diverged = leaderboard.filter((leader) => leader.diverged > 0);
  const halved = sum((leader) => leader.halved ?? 0);
  const all = sum((leader) => leader.diverged);
  const named = diverged
    .slice(0, mostNamed)
    .map((leader) => `${longWords(leader.settings, varied)} (${leader.diverged} of ${leader.n})`);
  const more = diverged.length > mostNamed ? ` and ${counted(diverged.length - mostNamed, 'more combination')}` : '';
  return [
    all > 0 &&
      html`<p class="problem">${counted(all, 'trial')} diverged and ${all === 1 ? 'is' : 'are'} scored with the last good parameters: ${named.join('; ')}${more}.</p>\n`,
    halved > 0 &&
      html`<p>${counted(halved, 'trial')} ended early because other combinations did better (successive halving); their combinations come last.</p>\n`,
  ];
}

function curvesFigure(
  { leaderboard, best }: SweepReport,
  groups: Map<number, SweptTrial[]>,
  { set }: Deciding,
  numbers: Numbering,
): Part {
  const validated = set === 'validation';
  const shown = leaderboard.slice(0, mostCurves).map(({ cell, settings }, index) => {
    const runs = (groups.get(cell) ?? []).map(({ history }) =>
      history.map(({ train_loss, validation_loss }) => (validated ? (validation_loss ?? Number.NaN) : train_loss)),
    );
    return { name: `${index + 1} ${shortWords(settings)}`, band: bandOf(runs) };
  });
  const series = shown.map(({ name, band }, index) => bandSeries(name, index, band));
  const several = series.some(({ band }) => band);
  const ends = series.map(({ name, ys }) => `${name}: ${figure(ys[ys.length - 1])}`).join('; ');
  const plot = bandPlot(
    series,
    `${setWords[set]} loss (${best.settings.training.loss})`,
    `Mean ${setWords[set]} loss by epoch of the best ${counted(series.length, 'combination')}. At the end, ${ends}.`,
  );
  return numbers.figure(
    twoWidths(340, (size) => drawPlot(plot, size)),
    `${validated ? 'Validation' : 'Training'} loss by epoch, not smoothed, of the best ${series.length === 1 ? 'combination' : `${series.length} combinations`}; numbers are places in the leaderboard.${several ? ' Lines are means and bands ± one standard deviation over the seeds and folds that trained so far: where some have stopped, the line goes on with the others.' : ''}`,
    bandTable(shown),
  );
}

function triedWords({ definition, trials, leaderboard }: SweepReport): Markup {
  const { seeds, folds, grid, random, samples } = definition;
  const drawn =
    Object.keys(random).length > 0 ? `, ${counted(samples, 'draw')} of ${Object.keys(random).join(', ')}` : '';
  const all = typeof seeds === 'number' ? counted(seeds, 'seed') : `${count(seeds.length)} seeds`;
  return html`<p>${counted(leaderboard.length, 'combination')} of ${Object.keys(grid).join(', ') || 'no grid'}${drawn}, with ${all} and ${counted(folds, 'fold')} each: ${counted(trials.length, 'trial')}.</p>\n`;
}

function trialList(
  trials: readonly SweptTrial[],
  { set, name, tested }: Deciding,
  varied: { path: string; name: string }[],
): Markup {
  const folds = trials.some(({ fold }) => fold !== null);
  const columns = [
    { title: 'trial', number: true },
    ...varied.map((setting) => ({ title: setting.name })),
    { title: 'seed', number: true },
    ...(folds ? [{ title: 'fold', number: true }] : []),
    { title: 'epochs', number: true },
    { title: 'stopped' },
    { title: `${setWords[set]} ${metricName(name)}`, number: true },
    ...(tested ? [{ title: `test ${metricName(name)}`, number: true }] : []),
  ];
  const rows = trials
    .slice(0, mostTrials)
    .map((trial, index) => [
      String(index + 1),
      ...varied.map(({ path }) => wordOf(trial.settings[path])),
      String(trial.seed),
      ...(folds ? [String((trial.fold ?? 0) + 1)] : []),
      count(trial.epochs_run),
      trial.stopped.replaceAll('_', ' '),
      figure(scoreOf(trial.metrics[set], name), 4),
      ...(tested ? [figure(scoreOf(trial.metrics.test, name), 4)] : []),
    ]);
  const more =
    trials.length > mostTrials
      ? html`<p class="light">The first ${mostTrials} of ${count(trials.length)}; all are in trials.csv.</p>`
      : '';
  return html`<details><summary>Each trial</summary>${tableOf(columns, rows)}${more}</details>\n`;
}

function definitionTable(definition: SweepReport['definition'], numbers: Numbering): Markup {
  const json = (value: unknown) => JSON.stringify(value);
  const rows: [string, string][] = [
    ...Object.entries(definition.grid).map(([path, values]): [string, string] => [`grid: ${path}`, json(values)]),
    ...Object.entries(definition.random).map(([path, choice]): [string, string] => [`random: ${path}`, json(choice)]),
    ...Object.entries(definition)
      .filter(([name, value]) => !['grid', 'random'].includes(name) && value !== undefined)
      .map(([name, value]): [string, string] => [name, typeof value === 'object' ? json(value) : plain(value)]),
  ];
  return numbers.table(
    html`<div class="settings">${tableOf([{ title: 'part' }, { title: 'value' }], rows)}</div>`,
    'The sweep as it was asked for.',
  );
}

function populationWords(populations: SweepReport['populations']): string {
  const trials = populations.reduce((sum, own) => sum + own.trials, 0);
  const plans = [...new Set(populations.map(({ plan }) => plan))].join(' and ');
  return `${counted(trials, 'trial')} in ${counted(populations.length, 'population')}, plan ${plans}`;
}
