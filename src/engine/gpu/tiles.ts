/** Which tile a matrix product of a given size gets: enough threads for the tile, none that would have nothing to do. */
import type { Core, Tile } from './kernels.ts';

/** The fastest core for products with few results, and for those with many. */
export interface Cores {
  few: Core;
  many: Core;
}

/** Products with more results than this count as many. */
const manyResults = 4096;

export interface Tiling {
  tile: Tile;
  tilesM: number;
  tilesN: number;
}

/** Results a thread computes along each axis: `MICRO` in the core's file. */
const micro: Record<Core, number> = { direct: 4, direct_wide: 8, tiled: 4, tiled_wide: 8 };

/** For a product of m x n results, with the core that is fastest for as many. */
export function tileFor(cores: Cores, m: number, n: number): Tiling {
  const core = m * n > manyResults ? cores.many : cores.few;
  const tile = { core, THREADS_M: threadsFor(m, micro[core]), THREADS_N: threadsFor(n, micro[core]) };
  return {
    tile,
    tilesM: Math.ceil(m / (tile.THREADS_M * micro[core])),
    tilesN: Math.ceil(n / (tile.THREADS_N * micro[core])),
  };
}

/** The smallest power of two that covers the results, 8 at most. */
function threadsFor(results: number, perThread: number): number {
  const needed = Math.ceil(results / perThread);
  return Math.min(8, 2 ** Math.ceil(Math.log2(needed)));
}
