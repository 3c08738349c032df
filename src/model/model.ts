/**
 * A trained model: the network with everything needed to use it on new rows. Plain data and two functions; it needs no
 * engine, because prediction runs on the reference.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { featureNames } from '../data/prepare/encode.ts';
import { readLabels } from '../data/prepare/labels.ts';
import { applyFeatures, inverseTargets } from '../data/prepare/preprocessing.ts';
import type { Notice } from '../data/table/notices.ts';
import type { Column, Table } from '../data/table/table.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { forward } from '../engine/reference/network.ts';
import { lossFor } from '../spec/answers.ts';
import { type Metrics, metricsOfOutputs } from './metrics.ts';
import { decodeSafetensors, encodeSafetensors, type ModelData } from './safetensors.ts';

export interface Model extends ModelData {
  /**
   * One column `predicted_<target>` per target, in original units; for classes their names, and a column
   * `probability_<class>` for each. Sentences about cells that training had not seen are added to `notices`. Throws
   * InputError where a column is missing or a cell cannot be used.
   */
  predict(table: Table, notices?: Notice[]): Column[];
  /** Metrics on rows with known answers; those without are left out with a notice. Throws InputError likewise. */
  evaluate(table: Table, notices?: Notice[]): { rows: number; metrics: Metrics };
}

export function createModel(contents: ModelData): Model {
  return {
    ...contents,
    predict(table, notices = []) {
      const { preprocessing, settings } = contents;
      const encoded = applyFeatures(preprocessing, table);
      notices.push(...encoded.findings.notices);
      const outputs = forwardRows(contents, encoded.features, table.rows);
      return inverseTargets(preprocessing, outputs, table.rows, lossFor(settings.training.loss, preprocessing.task));
    },
    evaluate(table, notices = []) {
      const labels = readLabels(contents.preprocessing, table);
      const { features, findings } = applyFeatures(contents.preprocessing, table);
      notices.push(...labels.notices, ...findings.notices);
      const rows = labels.rows.length;
      const own = gatherRows(features, features.length / table.rows, labels.rows);
      return { rows, metrics: scoreOutputs(contents, forwardRows(contents, own, rows), labels.targets) };
    },
  };
}

/** Outputs [row, output], in the units that were trained in, of features [row, column]. */
export function forwardRows({ layers, parameters }: ModelData, features: Float32Array, rows: number): Float32Array {
  return forward(layers, parameters, features, rows);
}

/** Metrics of outputs for rows whose targets are known, both [row, output] in the units that were trained in. */
export function scoreOutputs(
  { layers, preprocessing, settings }: ModelData,
  outputs: Float32Array,
  targets: Float32Array,
): Metrics {
  const width = layers.at(-1)?.outputs ?? 1;
  const rows = outputs.length / width;
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const data: DataSet = {
    rows,
    columns: layers[0].inputs,
    outputs: width,
    // Scores do not look at them.
    features: new Float32Array(),
    targets,
    sets: { train: all.subarray(0, 0), validation: all.subarray(0, 0), test: all },
    preprocessing,
    featureNames: preprocessing.features.flatMap(featureNames),
    notices: [],
  };
  return metricsOfOutputs(outputs, data, 'test', lossFor(settings.training.loss, preprocessing.task));
}

/** The bytes of a .safetensors file that carries the model's preprocessing and settings. */
export function saveModel(model: ModelData): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(model);
}

/** @throws InputError that says what is wrong with the file. */
export function loadModel(bytes: Uint8Array, source = 'model'): Model {
  return createModel(decodeSafetensors(bytes, source));
}
