/** Scores a model's predictions against the targets that a file has, collected table by table. */

import type { Preprocessing } from '../data/prepare/dataset.ts';
import { encodeTargets } from '../data/prepare/labels.ts';
import { answersIn, noAnswers, unansweredNotices } from '../data/prepare/target.ts';
import { findColumn } from '../data/table/columns.ts';
import type { Notice } from '../data/table/notices.ts';
import type { Table } from '../data/table/table.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { InputError, saidBy } from '../util/errors.ts';
import type { Said } from '../util/message.ts';
import type { Intervals } from './intervals.ts';
import { type Model, type ModelScores, scoreOutputs } from './model.ts';

export type FileScores =
  | { scored: ModelScores & { notices: Notice[] } }
  /** Why the answers that are there could not be held against the model's. */
  | { unscored: Said };

const maxListed = 5;

export class FileScorer {
  readonly #model: Model;
  readonly #intervals: Intervals | undefined;
  readonly #targets: Float32Array[] = [];
  readonly #outputs: Float32Array[] = [];
  readonly #notices = new Map<string, Notice>();
  readonly #first: number[] = [];
  #rows = 0;
  #without = 0;
  #source = '';
  #problem: InputError | undefined;

  constructor(model: Model, intervals?: Intervals) {
    this.#model = model;
    this.#intervals = intervals;
  }

  /** @param outputs [row, output] of every row of the table */
  add(table: Table, outputs: Float32Array): void {
    if (this.#problem || table.rows === 0) return;
    this.#source = table.source;
    const { targets: steps } = this.#model.preprocessing;
    try {
      const columns = steps.map(({ column }) => findColumn(table, column, 'target'));
      const { rows, first } = answersIn(table, columns);
      const { targets, notices } = encodeTargets(steps, table, columns, rows);
      this.#targets.push(targets);
      this.#outputs.push(gatherRows(outputs, outputs.length / table.rows, rows));
      this.#rows += rows.length;
      this.#without += table.rows - rows.length;
      this.#first.push(...first.slice(0, maxListed - this.#first.length));
      for (const notice of notices) this.#notices.set(notice.text, notice);
    } catch (error) {
      // The model's answers are wanted whether or not those that are there can be held against them.
      if (!(error instanceof InputError)) throw error;
      this.#problem = error;
    }
  }

  scores(): FileScores {
    const names = targetNames(this.#model.preprocessing);
    const problem = this.#problem ?? (this.#rows === 0 ? noAnswers(this.#source, names) : undefined);
    if (problem) return { unscored: saidBy(problem) };
    const [outputs, targets] = [joinedNumbers(this.#outputs), joinedNumbers(this.#targets)];
    const scores = scoreOutputs(this.#model, outputs, targets, this.#intervals);
    const notices = [...unansweredNotices(names, this.#without, this.#first), ...this.#notices.values()];
    return { scored: { ...scores, notices } };
  }
}

export function targetNames({ targets }: Preprocessing): string[] {
  return targets.map(({ column }) => column);
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
