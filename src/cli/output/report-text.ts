/** The founding report for a terminal: what was done, the cells, the depth, the theory, and the findings at the end. */

import { formatCell, formatDeviation, formatShort, formatSpread } from '../../founding/format.ts';
import type {
  DepthStudy,
  Finding,
  FoundingCell,
  FoundingReport,
  SlipStudy,
  Theory,
  Verdict,
} from '../../founding/report.ts';
import { findings } from '../../messages/en/command-line/findings.ts';
import { report as texts } from '../../messages/en/command-line/report.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { groupBy } from '../../util/arrays.ts';
import { message } from '../../util/message.ts';
import type { Spread } from '../../util/statistics/statistics.ts';
import { inLanguage } from '../language.ts';
import {
  accent,
  divergedNotices,
  duration,
  engineFact,
  fact,
  faint,
  heading,
  notedFacts,
  pairs,
  significant,
  table,
  wrapped,
  writtenFiles,
} from './output.ts';

export function reportText(report: FoundingReport, files: string[]): string {
  const { cells, depth, theory, published, best, seconds } = report;
  return [
    facts(report),
    cellTable(cells),
    wrapped([message(texts, 'report_losses', { y: report.data.y }), report.said.timing].map(inLanguage).join(' ')),
    ...(published
      ? [
          `${inLanguage(message(texts, 'report_published'))}\n${cellTable(published.cells)}`,
          wrapped(`${inLanguage(published.said.rule)} ${duration(published.seconds)}.`),
          slipText(published.slips),
        ]
      : []),
    ...(depth ? [depthText(depth)] : []),
    ...(theory ? [theoryText(theory)] : []),
    ...(best ? [bestText(report)] : []),
    findingsText(report),
    wrapped(
      inLanguage(
        message(texts, report.interrupted ? 'report_interrupted' : 'report_ended', { time: duration(seconds) }),
      ),
    ),
    ...writtenFiles(files),
  ].join('\n\n');
}

function facts({ file, data, experiment, engine, notices, cells, said }: FoundingReport): string {
  const { hidden, parameters, epochs, learning_rate: rate, loss_plateau: tolerance, seeds, split } = experiment;
  const { rows: count, train, validation, x, y, noise_sd, baseline_rmse } = data;
  const [noise, baseline] = [noise_sd, baseline_rmse].map(significant);
  const trials = cells.length * seeds.length;
  const diverged = cells.reduce((sum, cell) => sum + cell.diverged, 0);
  const how = message(summary, 'plan_used', { plan: engine.plan, why: said.plan_why });
  const lines = [
    fact(
      'data',
      message(texts, 'report_rows', { file, count, train, validation, seed: split.seed, x, y, noise, baseline }),
    ),
    fact(
      'experiment',
      message(texts, 'report_trials', {
        units: [1, ...hidden, 1].join('-'),
        parameters,
        combinations: cells.length,
        seeds: seeds.length,
        trials,
      }),
    ),
    fact('training', message(texts, 'report_training', { rate, epochs, tolerance })),
    engineFact({ ...engine, why: said.why }, how),
  ];
  return notedFacts(lines, [...notices, ...divergedNotices(diverged)]);
}

/** One line a cell; the lowest validation RMSE has the accent. */
function cellTable(cells: readonly FoundingCell[]): string {
  const means = cells.map(({ validation_rmse }) => validation_rmse.mean);
  const known = means.filter(Number.isFinite);
  const lowest = means.indexOf(Math.min(...known));
  const rows = cells.map((cell) => [
    `${cell.activation}, ${cell.optimizer}`,
    String(cell.batch_size),
    ...meanSd(cell.train_loss),
    ...meanSd(cell.validation_loss),
    ...meanSd(cell.validation_rmse),
    formatShort(cell.epochs_run.mean),
    Number.isFinite(cell.seconds.mean) ? duration(cell.seconds.mean) : '–',
  ]);
  const scores = (['train', 'validation', 'rmse'] as const).flatMap((label) => [heading(label), '±']);
  const head = ['', heading('batch'), ...scores, heading('epochs'), heading('time')];
  return table(head, rows, lowest < 0 ? undefined : [lowest, 6]);
}

function meanSd({ n, mean, sd }: Spread): [string, string] {
  return [formatShort(mean), n > 1 ? formatDeviation(mean, sd) : '–'];
}

function slipText({ cells, epochs, seeds }: SlipStudy): string {
  const kinds = [...new Set(cells.map(({ slips }) => slips))];
  const rows = groupBy(cells, formatCell).map((own) => [
    `${own[0].activation}, ${own[0].optimizer}`,
    String(own[0].batch_size),
    ...own.map(({ validation_rmse }) => formatShort(validation_rmse.mean)),
  ]);
  return [
    table(['', heading('batch'), ...kinds.map(heading)], rows),
    wrapped(inLanguage(message(texts, 'report_slips', { count: seeds.length, epochs }))),
  ].join('\n');
}

function depthText({ cells, units, epochs, seeds }: DepthStudy): string {
  const depths = [...new Set(cells.map(({ layers }) => layers))];
  const rows = groupBy(cells, formatCell).map((own) => [
    `${own[0].activation}, ${own[0].optimizer}`,
    String(own[0].batch_size),
    ...own.map(({ train_loss }) => formatShort(train_loss.mean)),
  ]);
  return [
    table(
      ['', heading('batch'), ...depths.map((layers) => inLanguage(message(texts, 'report_layers', { layers })))],
      rows,
    ),
    wrapped(inLanguage(message(texts, 'report_depth', { width: units, count: seeds.length, epochs }))),
  ].join('\n');
}

function theoryText({ gates, layers, optimizers }: Theory): string {
  const deepest = Math.max(...layers.map((signals) => signals.layers));
  const shown = layers.filter((signals) => signals.layers === deepest && signals.when === 'start');
  return pairs(
    [
      ...gates.map(
        ({ gate, network, units, learned, n }) =>
          [
            gate.toUpperCase(),
            message(texts, 'report_gate', { network, units: units.join('-'), learned, count: n }),
          ] as const,
      ),
      ...shown.map(
        ({ activation, gradient_rms, activation_mean }) =>
          [
            activation,
            message(texts, 'report_gradients', {
              signals: gradient_rms.map((value) => value.toExponential(1)),
              means: activation_mean.map(formatShort),
            }),
          ] as const,
      ),
      ...optimizers.runs.map(
        ({ name, train_loss }) =>
          [name, message(texts, 'report_optimizer', { one: formatSpread(train_loss), solver: name })] as const,
      ),
    ].map(([label, said]) => [label, inLanguage(said)] as const),
  );
}

function bestText({ best, data }: FoundingReport): string {
  if (!best) return '';
  const { cell, seed, validation_rmse, said } = best;
  const { activation, batch_size: batch, optimizer } = cell;
  const name = message(findings, 'check_cell', { name: activation, batch, optimizer });
  const rmse = significant(validation_rmse);
  const found = { name, seed, one: rmse, baseline: significant(data.baseline_rmse), note: said.note };
  const [label, text] = fact('best', message(texts, 'report_best', found));
  return pairs([[label, text.replace(` ${rmse} `, ` ${accent(rmse)} `)]]);
}

export function findingsText({ findings }: FoundingReport): string {
  return findings.map(findingText).join('\n\n');
}

function findingText({ id, verdict, said, published }: Finding): string {
  const indent = 3;
  const lines = [
    accent(verdictText(verdict)),
    wrapped(inLanguage(said.claim), indent),
    faint(wrapped(inLanguage(said.numbers), indent)),
    ...(published ? [faint(wrapped(publishedText(published), indent))] : []),
  ];
  return `${id}  ${lines.join(`\n${' '.repeat(indent)}`)}`;
}

const verdictCodes = { holds: 'verdict_holds', 'does not hold': 'verdict_fails', depends: 'verdict_depends' } as const;

function verdictText(verdict: Verdict): string {
  return inLanguage(message(findings, verdictCodes[verdict]));
}

function publishedText({ verdict, said: { numbers } }: NonNullable<Finding['published']>): string {
  return inLanguage(
    message(findings, 'as_published', { why: message(findings, verdictCodes[verdict]), seen: numbers }),
  );
}
