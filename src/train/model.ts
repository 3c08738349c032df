/**
 * A trained model: the network with everything needed to use it on new rows. Plain data and two functions; it needs no
 * engine, because prediction runs on the reference.
 */
import { applyFeatures, undoTargets } from '../data/preprocessing.ts';
import type { Column, Table } from '../data/table.ts';
import { forward } from '../engine/reference/network.ts';
import type { ModelContents } from '../export/contents.ts';
import { decodeSafetensors, encodeSafetensors } from '../export/safetensors.ts';
import { lossFor } from './trials.ts';

export interface Model extends ModelContents {
  /**
   * One column `predicted_<target>` per target, in original units; for classes their names, and a column
   * `probability_<class>` for each. Sentences about cells that training had not seen are added to `notices`. Throws
   * InputError where a column is missing or a cell cannot be used.
   */
  predict(table: Table, notices?: string[]): Column[];
}

export function createModel(contents: ModelContents): Model {
  return {
    ...contents,
    predict(table, notices = []) {
      const { layers, parameters, preprocessing, settings } = contents;
      const encoded = applyFeatures(preprocessing, table);
      notices.push(...encoded.notices);
      const outputs = forward(layers, parameters, encoded.features, table.rows);
      return undoTargets(preprocessing, outputs, table.rows, lossFor(settings.training.loss, preprocessing.task));
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
