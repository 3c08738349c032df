/**
 * Stored gradients as the kernels that sweep over them see them: where each layer's lie, and the layers cut into blocks
 * of parameters, one for a workgroup. A block knows its layer's numbers, so one dispatch serves layers of all kinds.
 */
import { type LayerSize, parameterCount } from '../../parameters.ts';
import { Block } from '../memory/structs.ts';
import { blockParameters } from './kernels.ts';
import { layerTiling } from './layer-tiling.ts';
import type { MatmulConfigs } from './matmul-config.ts';
import { tensorOffsets } from './tensors.ts';

/** What is stored of one trial: [layer, slice, parameter], of some of the layers. */
export interface StoredGradients {
  /** Numbers of one trial. */
  length: number;
  /** Where each layer's start. */
  first: number[];
}

/** @param slices of each layer; 0 for a layer whose gradients are not stored */
export function storedGradients(layers: readonly LayerSize[], slices: readonly number[]): StoredGradients {
  const first: number[] = [];
  let length = 0;
  layers.forEach((layer, l) => {
    first.push(length);
    length += slices[l] * parameterCount([layer]);
  });
  return { length, first };
}

/** Bytes of one trial's gradients that split-K and clipping may store. */
export function storedBytes(configs: MatmulConfigs, layers: readonly LayerSize[], batch_size: number): number {
  const splits = layers.map((layer) => layerTiling(configs, layer, batch_size).splitK.splits);
  return 4 * storedGradients(layers, splits).length;
}

/** Workgroups that sweep over a layer's parameters, `size` each at most. */
export function blocksOf(layer: LayerSize, size = blockParameters): number {
  return Math.ceil(parameterCount([layer]) / size);
}

/** Parameters that a thread of an update has at most. */
const mostTurns = 16;

/**
 * Parameters of a block of the update, whose workgroups add up so many partial norms each: so many that this is not most
 * of their work.
 */
export function updateBlock(normPartials: number): number {
  return blockParameters * Math.max(1, Math.min(mostTurns, Math.ceil(normPartials / blockParameters)));
}

/**
 * The blocks of the layers that have slices.
 * @param slices of each layer; 0 for a layer to be left out
 * @param firstNorm of each layer: the place of its first squared norm
 * @param size parameters of a block, at most
 */
export function blockTable(
  layers: readonly LayerSize[],
  stored: StoredGradients,
  slices: readonly number[],
  firstNorm: readonly number[],
  size = blockParameters,
): { blocks: number; table: Uint32Array<ArrayBuffer> } {
  const offsets = tensorOffsets(layers);
  const counts = layers.map((layer, l) => (slices[l] > 0 ? blocksOf(layer, size) : 0));
  const blocks = counts.reduce((sum, count) => sum + count, 0);
  const table = new Uint32Array((blocks * Block.size) / 4);
  let written = 0;
  layers.forEach((layer, l) => {
    const parameters = parameterCount([layer]);
    for (let block = 0; block < counts[l]; block++) {
      const at = block * size;
      const values = {
        parameter: offsets[l].weight + at,
        count: Math.min(size, parameters - at),
        bias: offsets[l].bias,
        gradient: stored.first[l] + at,
        splits: slices[l],
        split_stride: parameters,
        norm: firstNorm[l] + block,
        layer: l,
      };
      // A large arena has many blocks: no buffer for each.
      for (const [name, value] of Object.entries(values)) table[(written + Block.u32[name]) / 4] = value;
      written += Block.size;
    }
  });
  return { blocks, table };
}
