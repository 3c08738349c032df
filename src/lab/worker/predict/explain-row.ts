/** Why a model answers for one row as it does, on the worker's side. Loaded when somebody asks. */
import { encodeFeatures } from '../../../data/prepare/encode.ts';
import { applyFeatures } from '../../../data/prepare/preprocessing.ts';
import type { Table } from '../../../data/table/table.ts';
import { gatherRows } from '../../../engine/reference/evaluation.ts';
import type { ModelData } from '../../../model/model-data.ts';
import { type Background, explainRows } from '../../../train/explain/explain.ts';
import { backgroundRows, drawBackground, explanationCost } from '../../../train/explain/shapley.ts';
import type { Explanation } from '../../protocol/predict.ts';
import type { Session } from '../session.ts';
import { rowTable, takenRow } from './predict-row.ts';

const seed = 1;

/** Rows that a run trains on. */
export function trainingBackground({ data }: Session): Background {
  const { columns, features, sets } = data;
  const drawn = drawBackground(sets.train.length, backgroundRows, seed).map((place) => sets.train[place]);
  return { features: gatherRows(features, columns, drawn), rows: drawn.length, of: sets.train.length };
}

/** Rows of a table with the columns that a model takes. @throws InputError */
export function tableBackground({ preprocessing }: ModelData, table: Table): Background {
  const drawn = drawBackground(table.rows, backgroundRows, seed);
  return { features: encodeFeatures(table, drawn, preprocessing.features), rows: drawn.length, of: table.rows };
}

/** Predictions that it takes. */
export function costOf(columns: number, rows: number): number {
  return explanationCost(columns, Math.min(rows, backgroundRows));
}

/** @param row what was typed, by column; empty is missing @throws InputError */
export async function explainRow(
  model: ModelData,
  row: Record<string, string>,
  background: Background,
  watch: { progress: (share: number) => void; signal: AbortSignal },
): Promise<Omit<Explanation, 'epoch' | 'from'>> {
  const { preprocessing } = model;
  const table = rowTable(preprocessing, row);
  const { features } = applyFeatures(preprocessing, table);
  const found = await explainRows(model, features, 1, background, seed, watch);
  const { predictions, seconds, rows } = found;
  return { answers: rows[0], at: takenRow(preprocessing, table), background: found.background, predictions, seconds };
}
