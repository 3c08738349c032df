/** What results mean beside those of the peers on the same test rows. */
import type { Peers } from './folder.ts';
import { errorName, geometricMean, type Metrics, mean } from './metrics.ts';
import type { BenchTable } from './tables.ts';

/** One method's results over the splits of one table, or a peer's. */
export interface Result {
  table: string;
  split: number;
  metrics: Metrics;
  wall?: number;
  cpu?: number;
}

export interface Named {
  name: string;
  value: number;
}

/** A method on a table, over the splits it was measured on. Errors are RMSE or log loss. */
export interface TableComparison {
  table: string;
  task: BenchTable['task'];
  splits: number[];
  error: number;
  errorRate?: number;
  wall: number;
  cpu: number;
  linear?: number;
  bestTree?: Named;
  bestTreeErrorRate?: Named;
  bestPeer?: Named;
  /** 1 is the best peer, 0 the linear model; see `scoreOf`. */
  score?: number;
}

export interface Summary {
  tables: number;
  score?: number;
  /** Geometric means of this method's errors divided by those of the best tree. */
  rmseToTree?: number;
  logLossToTree?: number;
  errorRateToTree?: number;
  /** Tables on which it is behind the linear model, of those that have one. */
  behindLinear: number;
  wall: number;
  cpu: number;
}

export const linearName = 'linear';
export const priorName = 'mean or prior';
export const formulaName = 'formula';
export const boostingName = 'xgboost';
export const treeNames = ['random forest', 'hist gradient boosting', boostingName];

/** Error rates of nearly 0 have a ratio, too. */
const leastErrorRate = 1e-9;
/** A linear model that is closer than this share of the peers' range to the best one is no zero to count from. */
const fewestLinear = 0.1;

/**
 * 1 is the best peer and 0 the linear model; the worst peer where the linear model is within a tenth of the peers' range of
 * the best. Scores below -1 are -1: one table does not decide. Without a peer beyond those two there is no score.
 */
export function scoreOf(error: number, peers: ReadonlyMap<string, number>): number | undefined {
  if (![...peers.keys()].some((name) => name !== linearName && name !== priorName)) return undefined;
  const [best, worst] = [Math.min(...peers.values()), Math.max(...peers.values())];
  const linear = peers.get(linearName) ?? worst;
  const zero = linear - best > fewestLinear * (worst - best) ? linear : worst;
  return Math.max(-1, (zero - error) / (zero - best));
}

export const ratioOfRates = (rate: number, other: number) => (rate + leastErrorRate) / (other + leastErrorRate);

/** @param results of one method on this table, one or more */
export function compareTable(table: BenchTable, results: readonly Result[], peers: Peers): TableComparison {
  const splits = results.map(({ split }) => split);
  const errorOf = ({ metrics }: Result) => metrics[errorName[table.task]];
  const ofPeers = (value: (result: Result) => number | undefined) => {
    const means = Object.entries(peers).map(([name, stored]) => {
      const same = stored.filter((result) => result.table === table.name && splits.includes(result.split));
      return [name, meanOf(same, value)] as const;
    });
    return new Map(means.filter((pair): pair is [string, number] => pair[1] !== undefined));
  };
  const errors = ofPeers(errorOf);
  const error = meanOf(results, errorOf) ?? Number.NaN;
  return {
    table: table.name,
    task: table.task,
    splits,
    error,
    errorRate: meanOf(results, errorRateOf),
    wall: meanOf(results, ({ wall }) => wall) ?? Number.NaN,
    cpu: meanOf(results, ({ cpu }) => cpu) ?? Number.NaN,
    linear: errors.get(linearName),
    bestPeer: leastOf(errors),
    bestTree: leastOf(errors, treeNames),
    bestTreeErrorRate: leastOf(ofPeers(errorRateOf), treeNames),
    score: scoreOf(error, errors),
  };
}

const errorRateOf = ({ metrics: { accuracy } }: Result) => (accuracy === undefined ? undefined : 1 - accuracy);

/** The mean over the results that have the value, if any has. */
function meanOf(results: readonly Result[], value: (result: Result) => number | undefined): number | undefined {
  const values = results.map(value).filter((one) => one !== undefined);
  return values.length > 0 ? mean(values) : undefined;
}

function leastOf(values: ReadonlyMap<string, number>, names: Iterable<string> = values.keys()): Named | undefined {
  const known = [...names].flatMap((name) => (values.has(name) ? [{ name, value: values.get(name) as number }] : []));
  return known.sort((a, b) => a.value - b.value)[0];
}

export function summaryOf(comparisons: readonly TableComparison[]): Summary {
  const values = (value: (comparison: TableComparison) => number | undefined) =>
    comparisons.map(value).filter((one) => one !== undefined);
  const meanRatio = (ratio: (comparison: TableComparison) => number | undefined) => {
    const ratios = values(ratio);
    return ratios.length > 0 ? geometricMean(ratios) : undefined;
  };
  const toTree = (task: BenchTable['task']) =>
    meanRatio(({ task: of, error, bestTree }) => (of === task && bestTree ? error / bestTree.value : undefined));
  const scores = values(({ score }) => score);
  return {
    tables: comparisons.length,
    score: scores.length > 0 ? mean(scores) : undefined,
    rmseToTree: toTree('regression'),
    logLossToTree: toTree('classification'),
    errorRateToTree: meanRatio(({ errorRate, bestTreeErrorRate: tree }) =>
      errorRate !== undefined && tree ? ratioOfRates(errorRate, tree.value) : undefined,
    ),
    behindLinear: comparisons.filter(({ error, linear }) => linear !== undefined && error > linear).length,
    wall: mean(comparisons.map(({ wall }) => wall)),
    cpu: mean(comparisons.map(({ cpu }) => cpu)),
  };
}

/** A model that had so many seconds, and a peer on the same test rows. */
export interface Budget {
  seconds: number;
  wall: number;
  error: number;
  peerError: number;
}

/** The least budget whose model is better than the peer, if one is. */
export function firstAhead(budgets: readonly Budget[]): Budget | undefined {
  return [...budgets].sort((a, b) => a.seconds - b.seconds).find(({ error, peerError }) => error < peerError);
}
