/**
 * How a matrix product of a given size is laid out: enough threads for the tile, none that would have nothing to do, and
 * for the long sums of weight gradients, slices enough to fill a GPU.
 */
import type { Core, Tile } from './kernels.ts';

/** A core, and the threads that a workgroup has along each axis, at most; `direct_lanes` has four side by side. */
export interface Way {
  core: Core;
  threads: 2 | 8 | 16;
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

/** Results a thread computes along m and n: `MICRO_M` and `MICRO_N` in the core's file. */
const micro: Record<Core, [m: number, n: number]> = {
  direct: [4, 4],
  direct_wide: [8, 8],
  direct_lanes: [16, 4],
  tiled: [4, 4],
  tiled_wide: [8, 8],
};

/** For a product of m x n results, in the way that is fastest for as many. */
export function tileFor(ways: Ways, m: number, n: number): Tiling {
  const way = m * n > largeResults ? ways.large : m * n > manyResults ? ways.many : ways.few;
  const core = way.core === 'direct_lanes' && !fillsLanes(m, n) ? 'direct' : way.core;
  const [microM, microN] = micro[core];
  const [THREADS_M, THREADS_N] = threadsFor(core, way.threads, m / microM, n / microN);
  // Two 128 x 16 tiles alone would fill the workgroup memory that every adapter has.
  const DEPTH = Math.max(THREADS_M, THREADS_N) > 8 ? 8 : 16;
  return {
    tile: { core, THREADS_M, THREADS_N, DEPTH },
    tilesM: Math.ceil(m / (THREADS_M * microM)),
    tilesN: Math.ceil(n / (THREADS_N * microN)),
  };
}

/** Whether a good part of the four lanes' results are ones of the product. */
function fillsLanes(m: number, n: number): boolean {
  const [tileM, laneN] = micro.direct_lanes;
  const tileN = 4 * laneN;
  return m * n >= 0.4 * Math.ceil(m / tileM) * tileM * Math.ceil(n / tileN) * tileN;
}

/**
 * Threads along m and n, powers of two: no more along either than have results to compute. What one axis has no use for
 * goes to the other, where a tile takes no workgroup memory.
 */
function threadsFor(core: Core, most: number, neededM: number, neededN: number): [m: number, n: number] {
  if (core === 'direct_lanes') return [1, 4];
  const covering = (needed: number) => 2 ** Math.ceil(Math.log2(Math.ceil(needed)));
  const m = Math.min(most, covering(neededM));
  const n = Math.min(most, covering(neededN));
  if (core.startsWith('tiled')) return [m, n];
  // A workgroup has memory for the rows of so many.
  const all = Math.min(most * most, 64);
  return [Math.max(m, Math.min(covering(neededM), all / n)), Math.max(n, Math.min(covering(neededN), all / m))];
}

export interface Slices {
  splits: number;
  /** Rows of a slice; the last one may have fewer. */
  split_rows: number;
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
  if (most < fewestSlices) return { splits: 1, split_rows: rows };
  const split_rows = Math.ceil(rows / most);
  return { splits: Math.ceil(rows / split_rows), split_rows };
}
