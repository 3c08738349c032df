/**
 * How a matrix product of a given size is laid out: enough threads for the tile, none that would have nothing to do, and
 * for the long sums of weight gradients, slices enough to fill a GPU.
 */
import type { Core, Tile } from './kernels.ts';

/** A core, and the threads that a workgroup has along each axis, at most. */
export interface Way {
  core: Core;
  threads: 8 | 16;
}

/** The fastest ways for products with few results, with many, and with a great many. */
export interface Ways {
  few: Way;
  many: Way;
  large: Way;
  /** Rows that a slice of a weight gradient has, at least; undefined where slices do not pay. */
  sliceRows?: number;
}

/** One way for products of all sizes. */
export function oneWay(core: Core, threads: Way['threads'] = 8, sliceRows?: number): Ways {
  const way = { core, threads };
  return { few: way, many: way, large: way, sliceRows };
}

/** Products with more results than these count as many, and as a great many. */
const manyResults = 4096;
const largeResults = 2 ** 18;

export interface Tiling {
  tile: Tile;
  tilesM: number;
  tilesN: number;
}

/** Results a thread computes along each axis: `MICRO` in the core's file. */
const micro: Record<Core, number> = { direct: 4, direct_wide: 8, tiled: 4, tiled_wide: 8 };

/** For a product of m x n results, in the way that is fastest for as many. */
export function tileFor(ways: Ways, m: number, n: number): Tiling {
  const { core, threads } = m * n > largeResults ? ways.large : m * n > manyResults ? ways.many : ways.few;
  const [THREADS_M, THREADS_N] = [m, n].map((results) => threadsFor(results, micro[core], threads));
  // Two 128 x 16 tiles alone would fill the workgroup memory that every adapter has.
  const DEPTH = Math.max(THREADS_M, THREADS_N) > 8 ? 8 : 16;
  return {
    tile: { core, THREADS_M, THREADS_N, DEPTH },
    tilesM: Math.ceil(m / (THREADS_M * micro[core])),
    tilesN: Math.ceil(n / (THREADS_N * micro[core])),
  };
}

/** The smallest power of two that covers the results, `most` at most. */
function threadsFor(results: number, perThread: number, most: number): number {
  const needed = Math.ceil(results / perThread);
  return Math.min(most, 2 ** Math.ceil(Math.log2(needed)));
}

export interface Slices {
  slices: number;
  /** Rows of a slice; the last one may have fewer. */
  slice_rows: number;
}

/** Workgroups that one trial's weight gradient is cut into: two for each of 64 cores, which is a middling GPU. */
const fillingGroups = 128;
/** A cut takes a dispatch more: fewer slices than this are not worth it. */
const fewestSlices = 4;

/**
 * Slices of the rows that a weight gradient sums over. By shapes alone, not by how many trials train together: a trial
 * has the same bits alone and in a population.
 */
export function slicesFor({ sliceRows }: Ways, { tilesM, tilesN }: Tiling, rows: number): Slices {
  const most = sliceRows ? Math.min(Math.ceil(fillingGroups / (tilesM * tilesN)), Math.floor(rows / sliceRows)) : 1;
  if (most < fewestSlices) return { slices: 1, slice_rows: rows };
  const slice_rows = Math.ceil(rows / most);
  return { slices: Math.ceil(rows / slice_rows), slice_rows };
}
