/**
 * A trained model: the network with everything needed to use it on new rows. Plain data and two functions; it needs no
 * engine, because prediction runs on the reference.
 */
import { applyFeatures, undoTargets } from '../data/prepare.ts';
import type { Column, Table } from '../data/table.ts';
import { forward } from '../engine/reference/network.ts';
import type { ModelContents } from '../export/contents.ts';
import { decodeSafetensors, encodeSafetensors } from '../export/safetensors.ts';

export interface Model extends ModelContents {
  /** One column `predicted_<target>` per target, in original units. Throws InputError where a column is missing. */
  predict(table: Table): Column[];
}

export function createModel(contents: ModelContents): Model {
  return {
    ...contents,
    predict(table) {
      const { layers, parameters, preprocessing } = contents;
      const features = applyFeatures(preprocessing, table);
      const outputs = forward(layers, parameters, features, table.rows);
      return undoTargets(preprocessing, outputs, table.rows);
    },
  };
}

/** The bytes of a .safetensors file that carries the model's preprocessing and settings. */
export function saveModel(model: ModelContents): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(model);
}

/** @throws InputError that says what is wrong with the file. */
export function loadModel(bytes: Uint8Array, source = 'model'): Model {
  return createModel(decodeSafetensors(bytes, source));
}
