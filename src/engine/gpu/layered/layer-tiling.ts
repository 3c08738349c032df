/** How the dispatches of each kind of layer are cut into workgroups. */
import { kindOf, type LayerKind, type LayerSize } from '../../layers.ts';
import { elementwiseTile, type MatmulConfigs, type SplitK, splitKFor, type Tiling, tileFor } from './matmul-config.ts';

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
        forward: elementwiseTile('diagonal', rows, outputs),
        gradients: columnsTile('diagonal', outputs),
        splitK: { splits: 1, split_rows: rows },
      };
    },
    periodic(_, { inputs, outputs }, rows) {
      return {
        forward: elementwiseTile('periodic', rows, outputs),
        inputGradient: { ...columnsTile('periodic', inputs), tilesM: Math.ceil(rows / 8) },
        gradients: columnsTile('periodic', outputs - inputs),
        splitK: { splits: 1, split_rows: rows },
      };
    },
  };

/** 8 threads along the rows and 8 along so many columns. */
function columnsTile(core: 'diagonal' | 'periodic', columns: number): Tiling {
  return { tile: { core, THREADS_M: 8, THREADS_N: 8, DEPTH: 1 }, tilesM: 1, tilesN: Math.ceil(columns / 8) };
}

export function layerTiling(configs: MatmulConfigs, layer: LayerSize, rows: number): LayerTiling {
  return layerTilings[kindOf(layer)](configs, layer, rows);
}
