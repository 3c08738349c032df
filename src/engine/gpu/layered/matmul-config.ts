/**
 * How a matrix product of a given size is laid out: enough threads for the tile, none that would have nothing to do, and
 * for the long sums of weight gradients, parts enough to fill a GPU (split-K).
 */

import { quadSwapProduct } from '../software/quad-swap.ts';
import { microTiles } from './micro-tiles.ts';

interface MatmulVariantFacts {
  /** That choose it in `shaders/matmul/product.wgsl`. */
  conditions: readonly string[];
  micro: readonly [m: number, n: number];
  /** Threads along m and n, where they are always the same. */
  threads?: readonly [m: number, n: number];
  /** Whether it is meant for a product of m x n results; `direct` takes the others. */
  fits?: (m: number, n: number) => boolean;
}

export const matmulVariants = {
  direct: { conditions: [], micro: microTiles.plain },
  direct_wide: { conditions: ['wide'], micro: microTiles.wide },
  direct_lanes: quadSwapProduct,
  tiled: { conditions: ['tiled'], micro: microTiles.plain },
  tiled_wide: { conditions: ['tiled', 'wide'], micro: microTiles.wide },
} satisfies Record<string, MatmulVariantFacts>;
export type MatmulVariant = keyof typeof matmulVariants;

/** What a product may be computed by: `diagonal` and `periodic` are no choices, but what a scale and a periodic layer ask for. */
export const products: Record<MatmulVariant | 'diagonal' | 'periodic', MatmulVariantFacts> = {
  ...matmulVariants,
  diagonal: { conditions: ['diagonal'], micro: microTiles.plain },
  periodic: { conditions: ['periodic'], micro: microTiles.plain },
};
type Product = keyof typeof products;

/** How a kernel is laid out: the variant, the threads of a workgroup along m and n, and how far it goes along k at once. */
export interface Tile {
  core: Product;
  THREADS_M: number;
  THREADS_N: number;
  DEPTH: number;
}

/** A variant, and the threads that a workgroup has along each axis, at most. */
export interface MatmulConfig {
  core: MatmulVariant;
  threads: 2 | 8 | 16;
}

/** The fastest for products with few results, with many, and with a great many. */
export interface MatmulConfigs {
  few: MatmulConfig;
  many: MatmulConfig;
  large: MatmulConfig;
  /** Split-K: rows that a part of a weight gradient has, at least; undefined where it does not pay. */
  sliceRows?: number;
}

/** The same for products of all sizes. */
export function oneConfig(
  core: MatmulVariant,
  threads: MatmulConfig['threads'] = 8,
  sliceRows?: number,
): MatmulConfigs {
  const config = { core, threads };
  return { few: config, many: config, large: config, sliceRows };
}

/** Products with more results than these count as many, and as a great many. */
const manyResults = 4096;
const largeResults = 2 ** 18;

export interface Tiling {
  tile: Tile;
  tilesM: number;
  tilesN: number;
}

/** For a product of m x n results, by what is fastest for as many. */
export function tileFor(configs: MatmulConfigs, m: number, n: number): Tiling {
  const config = m * n > largeResults ? configs.large : m * n > manyResults ? configs.many : configs.few;
  return tilingOf(products[config.core].fits?.(m, n) === false ? 'direct' : config.core, config.threads, m, n);
}

/** For m x n results that are no sums: each is made of one value on the left. */
export function elementwiseTile(core: 'diagonal' | 'periodic', m: number, n: number): Tiling {
  return tilingOf(core, 8, m, n);
}

function tilingOf(core: Product, most: number, m: number, n: number): Tiling {
  const { micro, threads } = products[core];
  const [microM, microN] = micro;
  const [THREADS_M, THREADS_N] = threads ?? threadsFor(core, most, m / microM, n / microN);
  // Two 128 x 16 tiles alone would fill the workgroup memory that every adapter has.
  const DEPTH = Math.max(THREADS_M, THREADS_N) > 8 ? 8 : 16;
  return {
    tile: { core, THREADS_M, THREADS_N, DEPTH },
    tilesM: Math.ceil(m / (THREADS_M * microM)),
    tilesN: Math.ceil(n / (THREADS_N * microN)),
  };
}

/**
 * Threads along m and n, powers of two: no more along either than have results to compute. What one axis has no use for
 * goes to the other, where a tile takes no workgroup memory.
 */
function threadsFor(core: Product, most: number, neededM: number, neededN: number): [m: number, n: number] {
  const covering = (needed: number) => 2 ** Math.ceil(Math.log2(Math.ceil(needed)));
  const m = Math.min(most, covering(neededM));
  const n = Math.min(most, covering(neededN));
  if (core.startsWith('tiled')) return [m, n];
  // A workgroup has memory for the rows of so many.
  const all = Math.min(most * most, 64);
  return [Math.max(m, Math.min(covering(neededM), all / n)), Math.max(n, Math.min(covering(neededN), all / m))];
}

export interface SplitK {
  splits: number;
  /** Rows of a part; the last one may have fewer. */
  split_rows: number;
}

/** Workgroups that one trial's weight gradient is cut into: two for each of 64 cores, which is a middling GPU. */
export const fillingGroups = 128;
/** Split-K takes a dispatch more: fewer parts than this are not worth it. */
const minSplits = 4;

/**
 * How the rows that a weight gradient sums over are split. By shapes alone, not by how many trials train together: a trial
 * has the same bits alone and in a population.
 */
export function splitKFor({ sliceRows }: MatmulConfigs, { tilesM, tilesN }: Tiling, rows: number): SplitK {
  const most = sliceRows ? Math.min(Math.ceil(fillingGroups / (tilesM * tilesN)), Math.floor(rows / sliceRows)) : 1;
  if (most < minSplits) return { splits: 1, split_rows: rows };
  const split_rows = Math.ceil(rows / most);
  return { splits: Math.ceil(rows / split_rows), split_rows };
}
