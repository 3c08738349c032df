/** How the dispatches of each kind of layer are cut into workgroups. */
import { kindOf, type LayerKind, type LayerSize } from '../../layers.ts';
import { diagonalTile, type MatmulConfigs, type SplitK, splitKFor, type Tiling, tileFor } from './matmul-config.ts';

export interface LayerTiling {
  /** [row, output] */
  forward: Tiling;
  /** Deltas of the layer before, [row, input]; undefined where the dispatch of the gradients makes them too. */
  inputGradient?: Tiling;
  gradients: Tiling;
  splitK: SplitK;
}

export const layerTilings: Record<LayerKind, (configs: MatmulConfigs, layer: LayerSize, rows: number) => LayerTiling> =
  {
    dense(configs, { inputs, outputs }, rows) {
      // The bias is one more input.
      const gradients = tileFor(configs, outputs, inputs + 1);
      return {
        forward: tileFor(configs, rows, outputs),
        inputGradient: tileFor(configs, rows, inputs),
        gradients,
        splitK: splitKFor(configs, gradients, rows),
      };
    },
    scale(_, { outputs }, rows) {
      // Few rows for each thread, and features enough for 64 threads.
      const THREADS_M = Math.min(16, 2 ** Math.ceil(Math.log2(rows / 4 + 1)));
      const THREADS_N = 64 / THREADS_M;
      return {
        forward: diagonalTile(rows, outputs),
        gradients: {
          tile: { core: 'diagonal', THREADS_M, THREADS_N, DEPTH: 1 },
          tilesM: 1,
          tilesN: Math.ceil(outputs / THREADS_N),
        },
        splitK: { splits: 1, split_rows: rows },
      };
    },
  };

export function layerTiling(configs: MatmulConfigs, layer: LayerSize, rows: number): LayerTiling {
  return layerTilings[kindOf(layer)](configs, layer, rows);
}
