/** What a file says of a layer besides its activation: its kind, and of a periodic one what it embeds. */
import * as z from 'zod/mini';
import {
  type Embedding,
  embeddedOutputs,
  embeddingOf,
  kindOf,
  type LayerKind,
  type LayerSize,
  layerKinds,
  tensorsOf,
} from '../../engine/layers.ts';

const plainKinds = layerKinds.filter((kind): kind is Exclude<LayerKind, 'periodic'> => kind !== 'periodic');

export type StoredLayer = Exclude<LayerKind, 'periodic'> | { kind: 'periodic'; embedding: Embedding };

export const storedLayerSchema = z.union([
  z.enum(plainKinds),
  z.strictObject({
    kind: z.literal('periodic'),
    embedding: z.strictObject({
      inputs: z.array(z.int().check(z.minimum(0))).check(z.minLength(1)),
      frequencies: z.int().check(z.minimum(1)),
      scale: z.number().check(z.positive()),
    }),
  }),
]) satisfies z.ZodMiniType<StoredLayer>;

export function storedLayer(layer: LayerSize): StoredLayer {
  const kind = kindOf(layer);
  if (kind !== 'periodic') return kind;
  return { kind, embedding: embeddingOf(layer) };
}

/** Whether it embeds inputs that a layer of so many has, none twice. */
export function embedsInputsOf(inputs: number, embedding: Embedding): boolean {
  return embedding.inputs.every((input, j) => input < inputs && (j === 0 || input > embedding.inputs[j - 1]));
}

/**
 * The layer of so many inputs. Its outputs follow from its own fields, or from the first side of its first tensor.
 * @param sideOf the first side of a tensor, by its name
 */
export function layerOf(stored: StoredLayer, inputs: number, sideOf: (tensor: string) => number): LayerSize {
  if (typeof stored !== 'string') return { ...stored, inputs, outputs: embeddedOutputs(inputs, stored.embedding) };
  const [first] = tensorsOf({ kind: stored, inputs, outputs: 1 });
  return { ...(stored === 'dense' ? {} : { kind: stored }), inputs, outputs: sideOf(first.name) };
}
