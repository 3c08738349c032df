/**
 * The report's findings a to f, asked of the 24 cells. Every verdict comes from the numbers by a criterion that is said
 * with it; the same questions are asked of the cells that the published rule trained.
 */
import type { Spread } from '../util/statistics.ts';
import { goodFactor, goodShare } from './cells.ts';
import { formatCell, formatShort, formatSpread } from './format.ts';
import type { CellKey, Check, Finding, FindingId, FoundingCell, FoundingReport, Verdict } from './report.ts';
import { foundingActivations, foundingBatchSizes } from './report.ts';
import { depthFinding, theoryFinding } from './theory-findings.ts';
import { compared, lower, signOf, tally, verdictOf, verdictRule } from './verdicts.ts';

/** Means of the activations within this share of the baseline's RMSE are close together. */
const close = 0.1;

/** What a finding is made of. */
export interface Answer {
  checks: Check[];
  verdict: Verdict;
  numbers: string;
}

export interface Question {
  id: FindingId;
  claim: string;
  criterion: string;
}

interface CellQuestion extends Question {
  answer: (cells: Cells) => Answer;
}

/** The 24 cells, found by their settings. */
export interface Cells {
  all: readonly FoundingCell[];
  /** Validation RMSE of answering the mean. */
  baseline: number;
  of: (activation: CellKey['activation'], optimizer: CellKey['optimizer'], batch_size: number) => FoundingCell;
}

/** Those whose data there are, from a to h. */
export function checkFindings(
  report: Pick<FoundingReport, 'cells' | 'data' | 'depth' | 'theory' | 'published'>,
): Finding[] {
  const { cells, data, depth, theory, published } = report;
  const own = cellsFor(cells, data.baseline_rmse);
  const slipped = published && cellsFor(published.cells, data.baseline_rmse);
  const findings: Finding[] = questions.map(({ answer, ...question }) => ({
    ...question,
    ...answer(own),
    ...(slipped ? { published: answer(slipped) } : {}),
  }));
  if (depth) findings.push(depthFinding(depth));
  if (theory) findings.push(theoryFinding(theory));
  return findings;
}

function cellsFor(all: readonly FoundingCell[], baseline: number): Cells {
  const of: Cells['of'] = (activation, optimizer, batch_size) => {
    const found = all.find(
      (cell) => cell.activation === activation && cell.optimizer === optimizer && cell.batch_size === batch_size,
    );
    if (!found) throw new Error(`there is no cell ${formatCell({ activation, optimizer, batch_size })}`);
    return found;
  };
  return { all, baseline, of };
}

const questions: CellQuestion[] = [
  {
    id: 'a',
    claim: 'With SGD the activations end close together, and relu and leaky_relu are quickest by the clock.',
    criterion: `Close: with each batch size the mean validation RMSEs lie within ${100 * close} % of the baseline's. Quickest: in every round of measuring, a step of both takes less time than in any round with sigmoid or tanh. ${verdictRule}`,
    answer(cells) {
      const together = foundingBatchSizes.map((batch) => closeTogether(cells, batch));
      const quick = foundingBatchSizes.map((batch) => quickest(cells, batch));
      const checks = [...together, ...quick];
      return {
        checks,
        verdict: verdictOf(checks),
        numbers: `Validation RMSE by activation, baseline ${formatShort(cells.baseline)}: ${said(together)}. One step: ${said(quick)}.`,
      };
    },
  },
  {
    id: 'b',
    claim: 'With SGD, batch size 1 beats batch size 8 on so few rows.',
    criterion: `For each activation, the validation RMSE of batch 1 is below that of batch 8 (Welch's t-test, 95 %). ${verdictRule}`,
    answer: (cells) =>
      compare(
        foundingActivations.map((activation) => {
          const [one, eight] = [1, 8].map((batch) => cells.of(activation, 'sgd', batch).validation_rmse);
          return pair(activation, one, eight);
        }),
        'Batch 1 against batch 8, validation RMSE',
      ),
  },
  {
    id: 'c',
    claim: 'Adam with relu gets to good parameters in fewer epochs.',
    criterion: `With each batch size, Adam with relu needs fewer epochs than SGD with relu and than Adam with sigmoid or tanh to a good validation loss: at most ${goodFactor} times that of the best cell, and at most ${100 * goodShare} % of the baseline's (Welch's t-test, 95 %; never counts as one epoch more than allowed). ${verdictRule}`,
    answer: (cells) =>
      compare(
        foundingBatchSizes.flatMap((batch) => {
          const { epochs_to_good } = cells.of('relu', 'adam', batch);
          const rivals = [
            ['sgd with relu', cells.of('relu', 'sgd', batch)],
            ['adam with sigmoid', cells.of('sigmoid', 'adam', batch)],
            ['adam with tanh', cells.of('tanh', 'adam', batch)],
          ] as const;
          return rivals.map(([name, rival]) =>
            pair(`batch ${batch} against ${name}`, epochs_to_good, rival.epochs_to_good),
          );
        }),
        'Epochs to a good validation loss',
      ),
  },
  {
    id: 'd',
    claim: 'tanh profits most from Adam.',
    criterion: `The gain is the validation RMSE with SGD less that with Adam; with each batch size, the gain of tanh is compared with that of each other activation (95 %, variances of all four means added). ${verdictRule}`,
    answer: (cells) =>
      compare(
        foundingBatchSizes.flatMap((batch) => {
          const others = foundingActivations.filter((activation) => activation !== 'tanh');
          return others.map((activation) => gainCheck(cells, activation, batch));
        }),
        'Gain of tanh in validation RMSE against that of the others',
      ),
  },
  {
    id: 'e',
    claim: 'Adam sometimes hinders.',
    criterion:
      "Holds where some cell has a higher validation RMSE with Adam than with SGD (Welch's t-test, 95 %); does not hold where Adam is better in every one; depends where none is clearly worse and not all are clearly better.",
    answer: hindrance,
  },
  {
    id: 'f',
    claim: 'relu with batch size 1 and SGD is best over all.',
    criterion:
      "Holds where its validation RMSE is below that of every other cell (Welch's t-test, 95 %); does not hold where some other cell's is below its own; depends where it is not clearly beaten and not clearly ahead of all.",
    answer: bestOverAll,
  },
];

function closeTogether(cells: Cells, batch: number): Check {
  const means = foundingActivations.map((activation) => cells.of(activation, 'sgd', batch).validation_rmse.mean);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const known = Number.isFinite(high - low);
  const within = high - low <= close * cells.baseline ? 'yes' : 'no';
  return {
    name: `close, batch ${batch}`,
    outcome: known ? within : 'unclear',
    numbers: `${formatShort(low)} to ${formatShort(high)} with batch ${batch}`,
  };
}

function quickest(cells: Cells, batch: number): Check {
  const time = (activation: CellKey['activation']) => cells.of(activation, 'sgd', batch).ms_per_step;
  const [relus, others] = [
    [time('relu'), time('leaky_relu')],
    [time('sigmoid'), time('tanh')],
  ];
  const longest = (times: typeof relus) => Math.max(...times.map(({ high }) => high));
  const shortest = (times: typeof relus) => Math.min(...times.map(({ low }) => low));
  const ahead = longest(relus) < shortest(others);
  // One of the others that is quicker than one of the two is enough.
  const behind = others.some((other) => relus.some((own) => other.high < own.low));
  const [relu, leaky, sigmoid, tanh] = [...relus, ...others].map(({ median }) => formatShort(median));
  return {
    name: `quickest, batch ${batch}`,
    outcome: ahead ? 'yes' : behind ? 'no' : 'unclear',
    numbers: `relu ${relu}, leaky_relu ${leaky}, sigmoid ${sigmoid}, tanh ${tanh} ms with batch ${batch}`,
  };
}

function gainCheck(cells: Cells, activation: CellKey['activation'], batch: number): Check {
  const spreads = (own: CellKey['activation']) =>
    [cells.of(own, 'sgd', batch).validation_rmse, cells.of(own, 'adam', batch).validation_rmse] as const;
  const gain = ([sgd, adam]: readonly [Spread, Spread]) => sgd.mean - adam.mean;
  const [tanh, other] = [spreads('tanh'), spreads(activation)];
  const sign = signOf(gain(tanh) - gain(other), [...tanh, ...other]);
  return {
    name: `${activation}, batch ${batch}`,
    outcome: sign === 'higher' ? 'yes' : sign === 'lower' ? 'no' : 'unclear',
    numbers: `${formatShort(gain(tanh))} against ${formatShort(gain(other))}`,
  };
}

/** One comparison for each activation and batch size: yes where Adam is worse. */
function hindrance(cells: Cells): Answer {
  const checks = foundingActivations.flatMap((activation) =>
    foundingBatchSizes.map((batch) => {
      const [sgd, adam] = [cells.of(activation, 'sgd', batch), cells.of(activation, 'adam', batch)];
      return {
        name: `${activation}, batch ${batch}`,
        outcome: lower(sgd.validation_rmse, adam.validation_rmse),
        numbers: `${formatSpread(adam.validation_rmse)} with Adam, ${formatSpread(sgd.validation_rmse)} with SGD`,
      };
    }),
  );
  const worse = checks.filter(({ outcome }) => outcome === 'yes');
  const better = checks.filter(({ outcome }) => outcome === 'no');
  const verdict = worse.length > 0 ? 'holds' : better.length === checks.length ? 'does not hold' : 'depends';
  const where = worse.length > 0 ? `: ${said(worse)}` : '';
  return {
    checks,
    verdict,
    numbers: `Of ${checks.length} pairs of cells Adam is worse in ${worse.length} and better in ${better.length}, by validation RMSE${where}.`,
  };
}

function bestOverAll(cells: Cells): Answer {
  const claimed = cells.of('relu', 'sgd', 1);
  const rivals = cells.all.filter((cell) => cell !== claimed);
  const checks = rivals.map((cell) => pair(formatCell(cell), claimed.validation_rmse, cell.validation_rmse));
  const beaten = rivals.filter((cell) => compared(cell.validation_rmse, claimed.validation_rmse) === 'lower');
  const verdict = checks.every(({ outcome }) => outcome === 'yes')
    ? 'holds'
    : beaten.length > 0
      ? 'does not hold'
      : 'depends';
  const known = cells.all.filter(({ validation_rmse }) => Number.isFinite(validation_rmse.mean));
  const rank = 1 + known.filter((cell) => cell.validation_rmse.mean < claimed.validation_rmse.mean).length;
  const best = known.reduce((lowest, cell) =>
    cell.validation_rmse.mean < lowest.validation_rmse.mean ? cell : lowest,
  );
  const lead = best === claimed ? '' : ` The lowest is ${formatCell(best)} with ${formatSpread(best.validation_rmse)}.`;
  return {
    checks,
    verdict,
    numbers: `Its validation RMSE is ${formatSpread(claimed.validation_rmse)}, place ${rank} of ${cells.all.length} by the mean; ${beaten.length} cells are clearly better.${lead}`,
  };
}

/** The claim that a is lower than b. */
function pair(name: string, a: Spread, b: Spread): Check {
  return { name, outcome: lower(a, b), numbers: `${formatSpread(a)} against ${formatSpread(b)}` };
}

function compare(checks: Check[], what: string): Answer {
  return { checks, verdict: verdictOf(checks), numbers: `${what}: ${tally(checks)}; ${examples(checks)}.` };
}

/** All of a few comparisons, or the first of many. */
function examples(checks: readonly Check[]): string {
  const shown = checks.length <= 4 ? checks : checks.slice(0, 3);
  const words = shown.map(({ name, numbers }) => `${name} ${numbers}`).join(', ');
  return shown.length < checks.length ? `${words}, and so on` : words;
}

function said(checks: readonly Check[]): string {
  return checks.map(({ numbers }) => numbers).join(', ');
}
