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
import { groupBy } from '../../util/arrays.ts';
import { message } from '../../util/message.ts';
import type { Spread } from '../../util/statistics/statistics.ts';
import { counted } from '../../util/words.ts';
import { inLanguage } from '../language.ts';
import {
  accent,
  divergedNotices,
  duration,
  faint,
  notedFacts,
  pairs,
  significant,
  table,
  whole,
  wrapped,
} from './output.ts';

export function reportText(report: FoundingReport, files: string[]): string {
  const { cells, depth, theory, published, best, seconds } = report;
  return [
    facts(report),
    cellTable(cells),
    wrapped(
      `Train and validation are losses, half the mean squared error of the scaled target; rmse is the validation error in units of ${report.data.y}; ± is the standard deviation over seeds. ${report.timing}`,
    ),
    ...(published
      ? [
          `As published:\n${cellTable(published.cells)}`,
          wrapped(`${published.rule} ${duration(published.seconds)}.`),
          slipText(published.slips),
        ]
      : []),
    ...(depth ? [depthText(depth)] : []),
    ...(theory ? [theoryText(theory)] : []),
    ...(best ? [bestText(report)] : []),
    findingsText(report),
    wrapped(
      report.interrupted
        ? `Interrupted after ${duration(seconds)}: this is what there is.`
        : `${duration(seconds)} in all.`,
    ),
    ...(files.length > 0 ? [pairs([['wrote', files.join(', ')]])] : []),
  ].join('\n\n');
}

function facts({ file, data, experiment, engine, notices, cells }: FoundingReport): string {
  const { hidden, parameters, epochs, learning_rate, loss_plateau, seeds, split } = experiment;
  const { kind, adapter, software, plan, plan_why, why } = engine;
  const diverged = cells.reduce((sum, cell) => sum + cell.diverged, 0);
  const lines: [string, string][] = [
    [
      'data',
      `${file}: ${counted(data.rows, 'row')} (${whole(data.train)} train, ${whole(data.validation)} validation, split by seed ${split.seed}); ${data.y} by ${data.x}, noise about ${significant(data.noise_sd)}, baseline rmse ${significant(data.baseline_rmse)}`,
    ],
    [
      'experiment',
      `${[1, ...hidden, 1].join('-')} (${counted(parameters, 'parameter')}), ${cells.length} combinations, ${counted(seeds.length, 'seed')} each: ${counted(cells.length * seeds.length, 'trial')} in one population`,
    ],
    [
      'training',
      `learning rate ${learning_rate}, at most ${counted(epochs, 'epoch')}, stopped where the training loss of two epochs differs by no more than ${loss_plateau}; half_mse, glorot_normal`,
    ],
    ['engine', `${kind} (${adapter}${software ? ', a software adapter' : ''}), plan ${plan} (${plan_why}); ${why}`],
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
  const head = ['', 'batch', 'train', '±', 'validation', '±', 'rmse', '±', 'epochs', 'time'];
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
    table(['', 'batch', ...kinds], rows),
    wrapped(
      `Validation rmse without slips, with each alone and with all, mean of ${counted(seeds.length, 'seed')} after at most ${counted(epochs, 'epoch')}.`,
    ),
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
    table(['', 'batch', ...depths.map((depth) => counted(depth, 'layer'))], rows),
    wrapped(
      `Training loss by hidden layers of ${units} units, mean of ${counted(seeds.length, 'seed')} after at most ${counted(epochs, 'epoch')}.`,
    ),
  ].join('\n');
}

function theoryText({ gates, layers, optimizers }: Theory): string {
  const deepest = Math.max(...layers.map((signals) => signals.layers));
  const shown = layers.filter((signals) => signals.layers === deepest && signals.when === 'start');
  return pairs([
    ...gates.map(
      ({ gate, network, units, learned, n }) =>
        [
          gate.toUpperCase(),
          `${network === 'mlp' ? 'a network' : 'a perceptron'} ${units.join('-')} gets all four rows right with ${learned} of ${n} seeds`,
        ] as const,
    ),
    ...shown.map(
      ({ activation, gradient_rms, activation_mean }) =>
        [
          activation,
          `gradient by layer at the start ${gradient_rms.map((value) => value.toExponential(1)).join(', ')}; mean output ${activation_mean.map(formatShort).join(', ')}`,
        ] as const,
    ),
    ...optimizers.runs.map(
      ({ name, settings, train_loss }) => [name, `training loss ${formatSpread(train_loss)} (${settings})`] as const,
    ),
  ]);
}

function bestText({ best, data }: FoundingReport): string {
  if (!best) return '';
  const { cell, seed, validation_rmse, note } = best;
  return pairs([
    [
      'best',
      `${formatCell(cell)}, seed ${seed}: validation rmse ${accent(significant(validation_rmse))} (baseline ${significant(data.baseline_rmse)}). ${note}`,
    ],
  ]);
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
