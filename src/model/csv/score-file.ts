/** Scores a model's outputs for the rows of a file against the answers that the file has. */
import { readLabels } from '../../data/prepare/labels.ts';
import type { RawCsv } from '../../data/read/raw-csv.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import { gatherRows } from '../../engine/reference/evaluation.ts';
import { InputError, saidBy } from '../../util/errors.ts';
import type { Said } from '../../util/message.ts';
import type { FiniteCheck } from '../finite.ts';
import type { Intervals } from '../intervals.ts';
import { type Model, type ModelScores, scoreOutputs } from '../model.ts';
import { outputsOf } from '../model-data.ts';
import { targetNames } from './file-columns.ts';
import { trainedRowsNotices } from './trained-rows.ts';

export type FileScores =
  | { scored: ModelScores & { notices: Notice[] } }
  /** Why the answers that are there could not be held against the model's. */
  | { unscored: Said };

/** Outputs are collected block by block, and answers as a whole: what their column is shows at the end. */
export class FileScorer {
  readonly #model: Model;
  readonly #intervals: Intervals | undefined;
  readonly #answers: () => Table;
  readonly #outputs: Float32Array[] = [];

  /** @param csv whose blocks are still to be gone through */
  constructor(model: Model, csv: RawCsv, intervals?: Intervals) {
    this.#model = model;
    this.#intervals = intervals;
    this.#answers = csv.gather(targetNames(model.preprocessing));
  }

  /** @param outputs [row, output] of every row of a block */
  add(outputs: Float32Array): void {
    this.#outputs.push(outputs);
  }

  /**
   * Of the rows with an answer, once the blocks have been gone through.
   * @param finite is told of their outputs
   * @throws InputError where an answer cannot be one, or there is none
   */
  score(finite?: FiniteCheck): ModelScores & { notices: Notice[] } {
    const model = this.#model;
    const table = this.#answers();
    const { rows, targets, notices } = readLabels(model.preprocessing, table);
    const outputs = gatherRows(joinedNumbers(this.#outputs.splice(0)), outputsOf(model), rows);
    finite?.add(table, outputs, (row) => rows[row]);
    notices.push(...trainedRowsNotices(model, table));
    return { ...scoreOutputs(model, outputs, targets, this.#intervals), notices };
  }

  /** The model's answers are wanted whether or not those that are there can be held against them. */
  scores(): FileScores {
    try {
      return { scored: this.score() };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { unscored: saidBy(error) };
    }
  }
}

function joinedNumbers(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
