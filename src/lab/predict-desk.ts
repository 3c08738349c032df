/** The part of the worker that predicts: with the run as it is, or with a model that was loaded. */
import { type ProxyMarked, proxyMarker } from 'comlink';
import { applyFeatures } from '../data/preprocessing.ts';
import type { Sheet } from '../data/sheet.ts';
import { bytePortions } from '../data/source.ts';
import type { Table } from '../data/table.ts';
import { nextTask } from '../engine/next-task.ts';
import type { ModelContents } from '../export/contents.ts';
import { InputError } from '../spec/errors.ts';
import type { AnswerColumn, Answers } from '../train/answers.ts';
import { createModel, loadModel, type Model, outputsFor } from '../train/model.ts';
import { lossFor } from '../train/trials.ts';
import type { Reply } from './messages.ts';
import type { Batch, BatchProgress, PredictDesk, PredictForm, Prediction } from './predict-messages.ts';
import { answersOf, fieldsOf, rowTable, takenRow, withoutPlace } from './predict-row.ts';
import { replyOf } from './reply.ts';
import type { Session } from './session.ts';

/** Rows that are shown before the file is taken. */
const mostShown = 8;
const tellEvery = 100;

/** What the worker lends. */
export interface PredictHost {
  session(): Session | undefined;
  /** Of the sweep that has ended. */
  sweepModel(cell: number): ModelContents;
}

export class Predictions implements PredictDesk, ProxyMarked {
  readonly [proxyMarker] = true;
  readonly #host: PredictHost;
  #loaded: { name: string; model: Model } | undefined;
  #working: AbortController | undefined;

  constructor(host: PredictHost) {
    this.#host = host;
  }

  async form(): Promise<PredictForm | undefined> {
    if (this.#loaded) return this.#formOf(this.#loaded);
    const session = this.#host.session();
    if (!session) return undefined;
    const { preprocessing } = session.data;
    return {
      of: { kind: 'run', run: session.id },
      task: preprocessing.task,
      targets: preprocessing.targets.map(({ column }) => column),
      fields: fieldsOf(preprocessing, session.of.table),
    };
  }

  ask(row: Record<string, string>): Promise<Reply<Prediction | undefined>> {
    return replyOf(this.#ask(row));
  }

  async #ask(row: Record<string, string>): Promise<Prediction | undefined> {
    const session = this.#loaded ? undefined : this.#host.session();
    const preprocessing = this.#loaded?.model.preprocessing ?? session?.data.preprocessing;
    if (!preprocessing) return undefined;
    const table = rowTable(preprocessing, row);
    const features = encoded(() => applyFeatures(preprocessing, table).features, table);
    const at = takenRow(preprocessing, table);
    if (this.#loaded) {
      const { model } = this.#loaded;
      const loss = lossFor(model.settings.training.loss, preprocessing.task);
      return { answers: answersOf(preprocessing, outputsFor(model, features, 1), loss), at, epoch: null };
    }
    const outputs = await session?.outputs(features, 1);
    if (!session || !outputs) return undefined;
    return { answers: answersOf(preprocessing, outputs, session.loss), at, epoch: session.run.weightsEpoch };
  }

  load(file: File): Promise<Reply<PredictForm>> {
    return replyOf(
      file.arrayBuffer().then((bytes) => {
        const loaded = { name: file.name, model: loadModel(new Uint8Array(bytes), file.name) };
        this.#loaded = loaded;
        return this.#formOf(loaded);
      }),
    );
  }

  async open(cell: number, name: string): Promise<PredictForm> {
    this.#loaded = { name, model: createModel(this.#host.sweepModel(cell)) };
    return this.#formOf(this.#loaded);
  }

  forget(): void {
    this.#loaded = undefined;
  }

  async batch(file: File, progress: (progress: BatchProgress) => void): Promise<Reply<Batch | undefined>> {
    this.cancel();
    const working = new AbortController();
    this.#working = working;
    try {
      return await replyOf(this.#batch(file, pacedProgress(progress), working.signal));
    } catch (error) {
      if (!working.signal.aborted) throw error;
      return { ok: true, value: undefined };
    }
  }

  cancel(): void {
    this.#working?.abort();
  }

  async #batch(file: File, progress: (progress: BatchProgress) => void, signal: AbortSignal): Promise<Batch> {
    const model = this.#loaded?.model ?? (await this.#host.session()?.snapshot());
    if (!model) throw new InputError('There is no model yet; train one, or load one from a file.');
    // Loaded with the first file.
    const [{ readSheet }, { answerColumns, answeredText, answerTable }] = await Promise.all([
      import('../data/sheet.ts'),
      import('../train/answers.ts'),
    ]);
    const told = (bytes: number, total = file.size) =>
      progress({ doing: 'reading', share: bytes / Math.max(1, total) });
    const sheet = await readSheet(
      { source: file.name, bytes: bytePortions(file, file.name, { signal }) },
      { signal, progress: told },
    );
    const { rows } = sheet.table;
    const answers = await answerTable(model, sheet.table, {
      signal,
      progress: (done) => progress({ doing: 'predicting', share: done / Math.max(1, rows) }),
    });
    const added = answerColumns(sheet, answers.columns);
    const parts: string[] = [];
    for (const part of answeredText(sheet, added)) {
      signal.throwIfAborted();
      parts.push(part);
      await nextTask();
    }
    return batchOf(file, sheet, added, answers, parts);
  }

  #formOf({ name, model }: { name: string; model: Model }): PredictForm {
    const { preprocessing } = model;
    return {
      of: { kind: 'model', name },
      task: preprocessing.task,
      targets: preprocessing.targets.map(({ column }) => column),
      fields: fieldsOf(preprocessing, undefined),
    };
  }
}

function batchOf(
  file: File,
  { header, records, table }: Sheet,
  added: AnswerColumn[],
  { scored, unscored, notices }: Answers,
  parts: string[],
): Batch {
  return {
    name: `${file.name.replace(/\.(csv|tsv|txt)?(\.gz)?$/i, '')}-predicted.csv`,
    rows: records.length,
    added: added.map(({ name }) => name),
    head: [...added.map(({ name }) => name), ...header],
    preview: records
      .slice(0, mostShown)
      .map((record, row) => [...added.map(({ values }) => String(values[row])), ...record]),
    scored: scored && { rows: scored.rows, metrics: scored.metrics },
    unscored,
    notices: [...table.notices, ...notices, ...(scored?.notices ?? [])],
    csv: new Blob(parts, { type: 'text/csv' }),
  };
}

/** What is wrong with a row that was typed is said without a file's name. */
function encoded<Result>(work: () => Result, table: Table): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(withoutPlace(error.message, table, error.where), error.where);
  }
}

function pacedProgress(tell: (progress: BatchProgress) => void): (progress: BatchProgress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < tellEvery) return;
    last = now;
    tell(progress);
  };
}
