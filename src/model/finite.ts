/** Rows whose answers are no finite numbers: sums of large weights, or of cells far from those of training, overflow float32. */
import { inverseScale } from '../data/prepare/preprocessing.ts';
import { critical, type Notice } from '../data/table/notices.ts';
import { fileRow, type Table } from '../data/table/table.ts';
import { models } from '../messages/en/models/models.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type ModelData, outputsOf } from './model-data.ts';

const code = 'answers_not_finite';

/** Counts them, table by table. */
export class FiniteCheck {
  readonly #model: ModelData;
  #count = 0;
  #first = 0;

  constructor(model: ModelData) {
    this.#model = model;
  }

  /** @param outputs [row, output] @param rowAt where a row of them is in the table */
  add(table: Table, outputs: Float32Array, rowAt: (row: number) => number = (row) => row): void {
    const width = outputsOf(this.#model);
    for (let row = 0; row * width < outputs.length; row++) {
      if (hasFiniteAnswers(this.#model, outputs.subarray(row * width, (row + 1) * width))) continue;
      if (this.#count === 0) this.#first = fileRow(table, rowAt(row));
      this.#count += 1;
    }
  }

  /** Adds to the notices where any is not finite. */
  tell(source: string, notices: Notice[]): void {
    if (this.#count === 0) return;
    notices.push(critical(message(models, code, { source, count: this.#count, row: this.#first })));
  }
}

/** What a command fails with where a notice tells of them. */
export function failureIn(notices: readonly Notice[]): RunError | undefined {
  const notice = notices.find((one) => one.code === code);
  return notice && new RunError({ code, params: notice.params ?? {}, text: notice.text });
}

/** @param outputs of one row; finite in the units of their targets too */
export function hasFiniteAnswers({ preprocessing }: Pick<ModelData, 'preprocessing'>, outputs: Float32Array): boolean {
  return outputs.every((output, at) => {
    const step = preprocessing.targets[at];
    return Number.isFinite(step?.kind === 'number' ? inverseScale(step, output) : output);
  });
}
