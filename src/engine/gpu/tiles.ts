/** Which tile a matrix product of a given size gets: enough threads for the tile, none that would have nothing to do. */
import type { Core, Tile } from './kernels.ts';

export interface Tiling {
  tile: Tile;
  tilesM: number;
  tilesN: number;
}

/** Results a thread computes along each axis: fixed in `matmul.wgsl`. */
const perThread = 4;

/** For a product of m x n results. */
export function tileFor(core: Core, m: number, n: number): Tiling {
  const tile = { core, THREADS_M: threadsFor(m), THREADS_N: threadsFor(n) };
  return {
    tile,
    tilesM: Math.ceil(m / (tile.THREADS_M * perThread)),
    tilesN: Math.ceil(n / (tile.THREADS_N * perThread)),
  };
}

/** The smallest power of two that covers the results, 8 at most. */
function threadsFor(results: number): number {
  const needed = Math.ceil(results / perThread);
  return Math.min(8, 2 ** Math.ceil(Math.log2(needed)));
}
