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
      return {
        forward: diagonalTile(rows, outputs),
        gradients: {
          // Along rows and features.
          tile: { core: 'diagonal', THREADS_M: 8, THREADS_N: 8, DEPTH: 1 },
          tilesM: 1,
          tilesN: Math.ceil(outputs / 8),
        },
        splitK: { splits: 1, split_rows: rows },
      };
    },
  };

export function layerTiling(configs: MatmulConfigs, layer: LayerSize, rows: number): LayerTiling {
  return layerTilings[kindOf(layer)](configs, layer, rows);
}
