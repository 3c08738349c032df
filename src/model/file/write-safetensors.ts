/**
 * A trained model as a .safetensors file. Any safetensors reader finds the tensors that the layers declare, of dense ones
 * `layers.<i>.weight` [outputs, inputs] and `layers.<i>.bias` [outputs]; what else the model needs travels in
 * `__metadata__`, which holds text only, so activations, preprocessing, settings and origin are each JSON within the JSON.
 * A model that is more than a chain of dense layers says there of what kind its `layers` are (`stored-layer.ts`). That is version 2.
 *
 * An ensemble or a calibrated model is version 3: its tensors are `members.<m>.layers.<i>.weight` and so on, `members` is a
 * list with the activations, settings, weight and kinds of layers of each member, and `calibration` is there where it is known.
 */
import { type ModelTensor, modelTensors } from '../../engine/parameters.ts';
import type { Member, ModelData } from '../model-data.ts';
import { storedLayer } from './stored-layer.ts';
import type { Tensor } from './tensor-file.ts';

export const format = 'perceptron-lab';
export const singleVersion = '2';
export const ensembleVersion = '3';

/** A tensor to be written. */
export interface NamedTensor {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** What a file holds of a model, whatever its form. */
export interface StoredModel {
  metadata: Record<string, string>;
  tensors: NamedTensor[];
}

export const memberPrefix = (member: number) => `members.${member}.`;
export const tensorName = (prefix: string, { layer, name }: Pick<ModelTensor, 'layer' | 'name'>) =>
  `${prefix}layers.${layer}.${name}`;

/** The bytes of the file. Parameters keep every bit. */
export function encodeSafetensors(model: ModelData): Uint8Array<ArrayBuffer> {
  const { metadata, tensors } = storedModel(model);
  return encodeTensors(metadata, tensors);
}

/** What the names of a member's tensors begin with. */
export function prefixOf({ members, calibration }: ModelData, member: number): string {
  return members.length === 1 && !calibration ? '' : memberPrefix(member);
}

export function storedModel(model: ModelData): StoredModel {
  const { members, preprocessing, origin, calibration } = model;
  const single = members.length === 1 && !calibration;
  const described = single
    ? { ...describeLayers(members[0]), preprocessing, settings: members[0].settings, origin }
    : {
        members: members.map((member) => ({
          weight: member.weight,
          ...describeLayers(member),
          settings: member.settings,
        })),
        preprocessing,
        ...(calibration ? { calibration } : {}),
        origin,
      };
  const metadata = { format, version: single ? singleVersion : ensembleVersion };
  for (const [name, value] of Object.entries(described)) Object.assign(metadata, { [name]: JSON.stringify(value) });
  const tensors = members.flatMap(({ layers, parameters }, m) =>
    modelTensors(layers).map((tensor) => ({
      name: tensorName(prefixOf(model, m), tensor),
      shape: tensor.shape,
      values: parameters.subarray(tensor.offset, tensor.offset + tensor.size),
    })),
  );
  return { metadata, tensors };
}

function describeLayers({ layers }: Member) {
  const kinds = layers.map(storedLayer);
  return {
    ...(kinds.every((kind) => kind === 'dense') ? {} : { layers: kinds }),
    activations: layers.map(({ activation }) => activation),
  };
}

/** The bytes of the file. Values keep every bit. */
function encodeTensors(metadata: Record<string, string>, tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  const header: Record<string, Tensor | Record<string, string>> = { __metadata__: metadata };
  let size = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + 4 * values.length] };
    size += 4 * values.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(text, 8);
  let at = start;
  for (const { values } of tensors) {
    for (const bits of new Uint32Array(values.buffer, values.byteOffset, values.length)) {
      view.setUint32(at, bits, true);
      at += 4;
    }
  }
  return bytes;
}
