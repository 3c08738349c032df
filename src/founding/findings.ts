/**
 * The report's findings a to f, asked of the 24 cells. Every verdict comes from the numbers by a criterion that is said
 * with it; the same questions are asked of the cells that the published rule trained.
 */
import { findings, type SaidCheck } from '../messages/en/command-line/findings.ts';
import { type Message, message, type Said } from '../util/message.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import { goodFactor, goodShare } from './cells.ts';
import { formatCell, formatShort, formatSpread } from './format.ts';
import type { CellKey, Finding, FindingId, FoundingCell, FoundingReport, Verdict } from './report.ts';
import { foundingActivations, foundingBatchSizes } from './report.ts';
import { depthFinding, theoryFinding } from './theory-findings.ts';
import { checkOf, compared, findingOf, lower, signOf, verdictOf } from './verdicts.ts';

/** Means of the activations within this share of the baseline's RMSE are close together. */
const close = 0.1;

/** What a finding is made of. */
interface Answer {
  checks: SaidCheck[];
  verdict: Verdict;
  numbers: Message;
}

interface CellQuestion {
  id: FindingId;
  claim: Message;
  criterion: Message;
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
  const found: Finding[] = questions.map(({ answer, ...question }) => ({
    ...findingOf({ ...question, ...answer(own) }),
    ...(slipped ? { published: publishedOf(answer(slipped)) } : {}),
  }));
  if (depth) found.push(depthFinding(depth));
  if (theory) found.push(theoryFinding(theory));
  return found;
}

function publishedOf({ verdict, numbers, checks }: Answer): NonNullable<Finding['published']> {
  return { verdict, numbers: numbers.text, checks: checks.map(checkOf), said: { numbers } };
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
    claim: message(findings, 'claim_close'),
    criterion: message(findings, 'criterion_close', { most: 100 * close }),
    answer(cells) {
      const together = foundingBatchSizes.map((batch) => closeTogether(cells, batch));
      const quick = foundingBatchSizes.map((batch) => quickest(cells, batch));
      const checks = [...together, ...quick];
      const seen = { one: formatShort(cells.baseline), together, checks: quick };
      return { checks, verdict: verdictOf(checks), numbers: message(findings, 'seen_close', seen) };
    },
  },
  {
    id: 'b',
    claim: message(findings, 'claim_batch'),
    criterion: message(findings, 'criterion_batch'),
    answer(cells) {
      const checks = foundingActivations.map((activation) => {
        const [one, eight] = [1, 8].map((batch) => cells.of(activation, 'sgd', batch).validation_rmse);
        return pair(activation, one, eight);
      });
      return { checks, verdict: verdictOf(checks), numbers: message(findings, 'seen_batch', { checks }) };
    },
  },
  {
    id: 'c',
    claim: message(findings, 'claim_epochs'),
    criterion: message(findings, 'criterion_epochs', { count: goodFactor, most: 100 * goodShare }),
    answer(cells) {
      const checks = foundingBatchSizes.flatMap((batch) => {
        const { epochs_to_good } = cells.of('relu', 'adam', batch);
        const rivals = [
          ['relu', 'sgd'],
          ['sigmoid', 'adam'],
          ['tanh', 'adam'],
        ] as const;
        return rivals.map(([name, optimizer]) => {
          const rival = cells.of(name, optimizer, batch);
          return pair(
            message(findings, 'check_rival', { batch, optimizer, name }),
            epochs_to_good,
            rival.epochs_to_good,
          );
        });
      });
      return { checks, verdict: verdictOf(checks), numbers: message(findings, 'seen_epochs', { checks }) };
    },
  },
  {
    id: 'd',
    claim: message(findings, 'claim_gain'),
    criterion: message(findings, 'criterion_gain'),
    answer(cells) {
      const checks = foundingBatchSizes.flatMap((batch) => {
        const others = foundingActivations.filter((activation) => activation !== 'tanh');
        return others.map((activation) => gainCheck(cells, activation, batch));
      });
      return { checks, verdict: verdictOf(checks), numbers: message(findings, 'seen_gain', { checks }) };
    },
  },
  {
    id: 'e',
    claim: message(findings, 'claim_hinders'),
    criterion: message(findings, 'criterion_hinders'),
    answer: hindrance,
  },
  {
    id: 'f',
    claim: message(findings, 'claim_best'),
    criterion: message(findings, 'criterion_best'),
    answer: bestOverAll,
  },
];

function closeTogether(cells: Cells, batch: number): SaidCheck {
  const means = foundingActivations.map((activation) => cells.of(activation, 'sgd', batch).validation_rmse.mean);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const known = Number.isFinite(high - low);
  const within = high - low <= close * cells.baseline ? 'yes' : 'no';
  return {
    name: message(findings, 'check_close', { batch }),
    outcome: known ? within : 'unclear',
    numbers: message(findings, 'figures_range', { one: formatShort(low), two: formatShort(high), batch }),
  };
}

function quickest(cells: Cells, batch: number): SaidCheck {
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
  const [relu, leaky_relu, sigmoid, tanh] = [...relus, ...others].map(({ median }) => formatShort(median));
  return {
    name: message(findings, 'check_quickest', { batch }),
    outcome: ahead ? 'yes' : behind ? 'no' : 'unclear',
    numbers: message(findings, 'figures_steps', { relu, leaky_relu, sigmoid, tanh, batch }),
  };
}

function gainCheck(cells: Cells, activation: CellKey['activation'], batch: number): SaidCheck {
  const spreads = (own: CellKey['activation']) =>
    [cells.of(own, 'sgd', batch).validation_rmse, cells.of(own, 'adam', batch).validation_rmse] as const;
  const gain = ([sgd, adam]: readonly [Spread, Spread]) => sgd.mean - adam.mean;
  const [tanh, other] = [spreads('tanh'), spreads(activation)];
  const sign = signOf(gain(tanh) - gain(other), [...tanh, ...other]);
  return {
    name: message(findings, 'check_batch', { name: activation, batch }),
    outcome: sign === 'higher' ? 'yes' : sign === 'lower' ? 'no' : 'unclear',
    numbers: message(findings, 'figures_against', { one: formatShort(gain(tanh)), two: formatShort(gain(other)) }),
  };
}

/** One comparison for each activation and batch size: yes where Adam is worse. */
function hindrance(cells: Cells): Answer {
  const checks = foundingActivations.flatMap((activation) =>
    foundingBatchSizes.map((batch): SaidCheck => {
      const [sgd, adam] = [cells.of(activation, 'sgd', batch), cells.of(activation, 'adam', batch)];
      return {
        name: message(findings, 'check_batch', { name: activation, batch }),
        outcome: lower(sgd.validation_rmse, adam.validation_rmse),
        numbers: message(findings, 'figures_adam', {
          one: formatSpread(adam.validation_rmse),
          two: formatSpread(sgd.validation_rmse),
        }),
      };
    }),
  );
  const worse = checks.filter(({ outcome }) => outcome === 'yes');
  const better = checks.filter(({ outcome }) => outcome === 'no');
  const verdict = worse.length > 0 ? 'holds' : better.length === checks.length ? 'does not hold' : 'depends';
  const seen = { count: checks.length, rows: worse.length, left: better.length, checks: worse };
  return { checks, verdict, numbers: message(findings, 'seen_hinders', seen) };
}

function bestOverAll(cells: Cells): Answer {
  const claimed = cells.of('relu', 'sgd', 1);
  const rivals = cells.all.filter((cell) => cell !== claimed);
  const checks = rivals.map((cell) => pair(nameOf(cell), claimed.validation_rmse, cell.validation_rmse));
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
  const seen = {
    one: formatSpread(claimed.validation_rmse),
    row: rank,
    of: cells.all.length,
    count: beaten.length,
    ...(best === claimed ? {} : { name: nameOf(best) }),
    two: formatSpread(best.validation_rmse),
  };
  return { checks, verdict, numbers: message(findings, 'seen_best', seen) };
}

function nameOf({ activation, batch_size, optimizer }: CellKey): Message {
  return message(findings, 'check_cell', { name: activation, batch: batch_size, optimizer });
}

/** The claim that a is lower than b. */
function pair(name: Said, a: Spread, b: Spread): SaidCheck {
  const seen = { one: formatSpread(a), two: formatSpread(b) };
  return { name, outcome: lower(a, b), numbers: message(findings, 'figures_against', seen) };
}
