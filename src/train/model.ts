/**
 * A trained model: the network with everything needed to use it on new rows. Plain data and two functions; it needs no
 * engine, because prediction runs on the reference.
 */
import type { DataSet } from '../data/dataset.ts';
import { featureNamesOf } from '../data/encode.ts';
import { labelsOf } from '../data/labels.ts';
import { applyFeatures, undoTargets } from '../data/preprocessing.ts';
import type { Column, Table } from '../data/table.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { forward } from '../engine/reference/network.ts';
import type { ModelContents } from '../export/contents.ts';
import { decodeSafetensors, encodeSafetensors } from '../export/safetensors.ts';
import { type Metrics, metricsOfOutputs } from './metrics.ts';
import { lossFor } from './trials.ts';

export interface Model extends ModelContents {
  /**
   * One column `predicted_<target>` per target, in original units; for classes their names, and a column
   * `probability_<class>` for each. Sentences about cells that training had not seen are added to `notices`. Throws
   * InputError where a column is missing or a cell cannot be used.
   */
  predict(table: Table, notices?: string[]): Column[];
  /** Metrics on rows with known answers; those without are left out with a notice. Throws InputError likewise. */
  evaluate(table: Table, notices?: string[]): { rows: number; metrics: Metrics };
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
    evaluate(table, notices = []) {
      const { layers, parameters, preprocessing, settings } = contents;
      const labels = labelsOf(preprocessing, table);
      const { features, notices: said } = applyFeatures(preprocessing, table);
      notices.push(...labels.notices, ...said);
      const rows = labels.rows.length;
      const columns = features.length / table.rows;
      const own = gatherRows(features, columns, labels.rows);
      const outputs = forward(layers, parameters, own, rows);
      const all = Uint32Array.from({ length: rows }, (_, row) => row);
      const data: DataSet = {
        rows,
        columns,
        outputs: outputs.length / rows,
        features: own,
        targets: labels.targets,
        sets: { train: all.subarray(0, 0), validation: all.subarray(0, 0), test: all },
        preprocessing,
        featureNames: preprocessing.features.flatMap(featureNamesOf),
        notices: [],
      };
      const loss = lossFor(settings.training.loss, preprocessing.task);
      return { rows, metrics: metricsOfOutputs(outputs, data, 'test', loss) };
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
