/**
 * Which settings matter: the share of the variance of the primary metric over the configurations that goes with each setting
 * by itself, its main effect in the analysis of variance (the unary terms of functional ANOVA, Hutter, Hoos & Leyton-Brown
 * 2014, "An efficient approach for assessing hyperparameter importance"). What is left is interplay of settings, and chance.
 *
 * The means of the configurations are fitted by a sum of one effect per setting, each a mean per value, by backfitting (Buja,
 * Hastie & Tibshirani 1989); drawn numbers are put into bins of equal counts first. A setting's sum of squares is the covariance
 * of its effect with the metric, of which each of its degrees of freedom has the residual variance by chance: that is taken away,
 * as in epsilon squared (Kelley 1935), so that a setting without effect has about 0. The shares add up to the adjusted R^2.
 *
 * All configurations of one draw share its settings, so that draws are the sample for drawn settings, as whole plots are
 * in a split-plot design, and configurations within a draw that for the grid.
 */
import { groupBy } from '../../util/arrays.ts';
import { quantile } from '../../util/statistics/order-statistics.ts';
import { firstAtLeast } from '../../util/statistics/sorted.ts';
import { meanOf } from '../../util/statistics/statistics.ts';

/** How much of the differences between configurations one setting explains. */
export interface VarianceShare {
  /** Path of the setting. */
  path: string;
  /** From 0 to 1; all together at most 1. */
  share: number;
}

/** A configuration with what came of it. */
export interface ScoredConfiguration {
  settings: Readonly<Record<string, unknown>>;
  /** Mean of the metric as a cost; the worst where it is not finite. */
  cost: number;
}

/** Bins of a setting that was drawn; more would each hold too few draws. */
const maxBins = 16;
const drawsPerBin = 3;
/** Costs beyond the upper quartile by more interquartile ranges count as this far: one wild configuration would be all variance. */
const fence = 3;

/**
 * Largest first.
 * @param drawn paths of the settings that were drawn at random; the others are a grid, of which each draw has all
 * @returns undefined where nothing can be said: fewer than two settings vary, all costs are equal, or there are too few combinations
 */
export function varianceShares(
  configurations: readonly ScoredConfiguration[],
  drawn: readonly string[],
): VarianceShare[] | undefined {
  const varied = Object.keys(configurations[0]?.settings ?? {}).filter(
    (path) => new Set(configurations.map(({ settings }) => keyOf(settings[path]))).size > 1,
  );
  if (varied.length < 2) return undefined;
  const costs = fencedCosts(configurations.map(({ cost }) => cost));
  const total = squares(costs);
  if (!(total > 0)) return undefined;
  const gridPaths = varied.filter((path) => !drawn.includes(path));
  const drawnPaths = varied.filter((path) => drawn.includes(path));
  const draws = groupBy(
    configurations.map(({ settings }, index) => ({ settings, index })),
    ({ settings }) => keyOf(drawnPaths.map((path) => settings[path])),
  );
  const perDraw = configurations.length / draws.length;

  const drawOf = new Int32Array(configurations.length);
  for (const [draw, members] of draws.entries()) for (const { index } of members) drawOf[index] = draw;
  const gridLevels = gridPaths.map((path) => levelsOf(configurations.map(({ settings }) => settings[path])));
  const gridEffects = gridPaths.length > 0 ? mainEffects(costs, [...gridLevels, drawOf]) : [];

  const drawMeans = draws.map((members) => meanOf(members.map(({ index }) => costs[index])));
  const bins = Math.min(maxBins, Math.max(2, 1 + Math.floor((draws.length - 1) / (drawsPerBin * drawnPaths.length))));
  const drawLevels = drawnPaths.map((path) =>
    binsOf(
      draws.map(([{ settings }]) => settings[path]),
      bins,
    ),
  );
  const drawEffects = drawnPaths.length > 0 ? mainEffects(drawMeans, drawLevels) : [];

  if (!gridEffects || !drawEffects) return undefined;
  const shares = [
    ...gridPaths.map((path, index) => ({ path, share: Math.max(0, gridEffects[index]) / total })),
    ...drawnPaths.map((path, index) => ({ path, share: (Math.max(0, drawEffects[index]) * perDraw) / total })),
  ];
  // Where settings overlap, one may have less than nothing and the others too much.
  const sum = shares.reduce((all, { share }) => all + share, 0);
  return shares
    .map(({ path, share }) => ({ path, share: sum > 1 ? share / sum : share }))
    .sort((a, b) => b.share - a.share);
}

/** The sum of squares of each factor's main effect, less what it has by chance; undefined without degrees of freedom to tell. */
function mainEffects(values: readonly number[], factors: readonly Int32Array[]): number[] | undefined {
  const freedoms = factors.map((levels) => new Set(levels).size - 1);
  const residualFreedom = values.length - 1 - freedoms.reduce((sum, own) => sum + own, 0);
  if (residualFreedom < 1) return undefined;
  const mean = meanOf(values);
  const { effects, residuals } = backfit(
    values.map((value) => value - mean),
    factors,
  );
  const chance = residuals.reduce((sum, residual) => sum + residual * residual, 0) / residualFreedom;
  return effects.map((effect, factor) => {
    const explained = values.reduce((sum, value, index) => sum + effect[index] * (value - mean), 0);
    return explained - freedoms[factor] * chance;
  });
}

const maxRounds = 200;
const tolerance = 1e-9;

/** Least squares of a sum of one effect per factor, effect by effect until nothing moves. */
function backfit(centred: readonly number[], factors: readonly Int32Array[]) {
  const effects = factors.map(() => new Float64Array(centred.length));
  const residuals = Float64Array.from(centred);
  const scale = Math.sqrt(squares(centred) / centred.length);
  for (let round = 0; round < maxRounds; round++) {
    let moved = 0;
    for (const [factor, levels] of factors.entries()) {
      const means = meansByLevel(residuals, levels);
      for (const [index, level] of levels.entries()) {
        effects[factor][index] += means[level];
        residuals[index] -= means[level];
        moved = Math.max(moved, Math.abs(means[level]));
      }
    }
    if (moved <= tolerance * scale) break;
  }
  return { effects, residuals };
}

function meansByLevel(values: Float64Array, levels: Int32Array): Float64Array {
  const count = Math.max(...levels) + 1;
  const [sums, counts] = [new Float64Array(count), new Float64Array(count)];
  for (const [index, level] of levels.entries()) {
    sums[level] += values[index];
    counts[level] += 1;
  }
  return sums.map((sum, level) => (counts[level] > 0 ? sum / counts[level] : 0));
}

/** A number for each value that is another. */
function levelsOf(values: readonly unknown[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(values, (value) => {
    const key = keyOf(value);
    const level = known.get(key) ?? known.size;
    known.set(key, level);
    return level;
  });
}

/** Numbers with more values than bins by their ranks. */
function binsOf(values: readonly unknown[], bins: number): Int32Array {
  const levels = levelsOf(values);
  if (!values.every((value) => typeof value === 'number') || new Set(levels).size <= bins) return levels;
  const sorted = Float64Array.from(values).sort();
  return Int32Array.from(values, (value) => Math.floor((firstAtLeast(sorted, value) * bins) / values.length));
}

function fencedCosts(costs: readonly number[]): number[] {
  const finite = Float64Array.from(costs.filter(Number.isFinite)).sort();
  if (finite.length === 0) return [];
  const [lower, upper] = [quantile(finite, 0.25), quantile(finite, 0.75)];
  const most = upper > lower ? upper + fence * (upper - lower) : finite[finite.length - 1];
  return costs.map((cost) => (Number.isFinite(cost) ? Math.min(cost, most) : most));
}

function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function keyOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
