/** The part of the worker that predicts: with the run as it is, or with a model that was loaded. */
import { type ProxyMarked, proxyMarker } from 'comlink';
import type { Preprocessing } from '../../../data/prepare/dataset.ts';
import { applyFeatures, inverseTargets } from '../../../data/prepare/preprocessing.ts';
import type { Table } from '../../../data/table/table.ts';
import { models } from '../../../messages/en/models/models.ts';
import { page } from '../../../messages/en/page.ts';
import { hasFiniteAnswers } from '../../../model/finite.ts';
import { intervalsAt } from '../../../model/intervals.ts';
import { answerColumns, createModel, forwardRows, type Model } from '../../../model/model.ts';
import type { ModelData } from '../../../model/model-data.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { Reply } from '../../protocol/messages.ts';
import type {
  Batch,
  BatchProgress,
  Explanation,
  PredictForm,
  Prediction,
  PredictService,
} from '../../protocol/predict.ts';
import { replyOf } from '../reply.ts';
import type { Session } from '../session.ts';
import { answersOf, fieldsOf, rowTable, takenRow } from './predict-row.ts';

/** What the worker lends. */
export interface PredictHost {
  session(): Session | undefined;
  /** The one that is open. */
  table(): Table | undefined;
  /** Of the sweep that has ended. */
  sweepModel(cell: number): Promise<ModelData>;
  /** Of the fit that has ended. */
  fitModel(): Model;
}

export class Predictions implements PredictService, ProxyMarked {
  readonly [proxyMarker] = true;
  readonly #host: PredictHost;
  #loaded: { name: string; model: Model } | undefined;
  #working: AbortController | undefined;
  #explaining: AbortController | undefined;

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
      explaining: await this.#costOf(preprocessing, session.data.sets.train.length),
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
    const features = applyFeatures(preprocessing, table).features;
    const at = takenRow(preprocessing, table);
    if (this.#loaded) {
      const { model } = this.#loaded;
      const outputs = forwardRows(model, features, 1);
      checkFinite(preprocessing, outputs);
      const intervals = intervalsAt(model);
      const answers = answersOf(preprocessing, answerColumns(model, outputs, 1, intervals), intervals?.level);
      return { answers, at, epoch: null };
    }
    const outputs = await session?.outputs(features, 1);
    if (!session || !outputs) return undefined;
    checkFinite(preprocessing, outputs);
    const answers = answersOf(preprocessing, inverseTargets(preprocessing, outputs, 1, session.loss));
    return { answers, at, epoch: session.run.weightsEpoch };
  }

  async explain(
    row: Record<string, string>,
    progress: (share: number) => void,
  ): Promise<Reply<Explanation | undefined>> {
    this.cancelExplaining();
    const explaining = new AbortController();
    this.#explaining = explaining;
    try {
      return await replyOf(this.#explain(row, { progress, signal: explaining.signal }));
    } catch (error) {
      if (!explaining.signal.aborted) throw error;
      return { ok: true, value: undefined };
    }
  }

  cancelExplaining(): void {
    this.#explaining?.abort();
  }

  async #explain(
    row: Record<string, string>,
    watch: { progress: (share: number) => void; signal: AbortSignal },
  ): Promise<Explanation> {
    const { explainRow, tableBackground, trainingBackground } = await import('./explain-row.ts');
    if (this.#loaded) {
      const { model } = this.#loaded;
      const table = this.#host.table();
      if (!table) throw new InputError(message(page, 'explain_table_missing'));
      return { ...(await explainRow(model, row, tableBackground(model, table), watch)), from: 'table', epoch: null };
    }
    const session = this.#host.session();
    if (!session) throw new InputError(message(page, 'model_missing'));
    // As it is now: it may go on training meanwhile.
    const epoch = session.run.weightsEpoch;
    const model = await session.snapshot();
    return { ...(await explainRow(model, row, trainingBackground(session), watch)), from: 'training', epoch };
  }

  load(files: readonly File[]): Promise<Reply<PredictForm>> {
    return replyOf(
      import('./open-files.ts').then(async ({ openFiles }) => {
        this.#loaded = await openFiles(files);
        return this.#formOf(this.#loaded);
      }),
    );
  }

  async open(cell: number, name: string): Promise<PredictForm> {
    this.#loaded = { name, model: createModel(await this.#host.sweepModel(cell)) };
    return this.#formOf(this.#loaded);
  }

  async openBest(name: string): Promise<PredictForm> {
    this.#loaded = { name, model: this.#host.fitModel() };
    return this.#formOf(this.#loaded);
  }

  forget(): void {
    this.#loaded = undefined;
  }

  /** The one that answers: that was loaded, or the run's as it is. @throws InputError where there is none */
  async model(): Promise<Model> {
    const model = this.#loaded?.model ?? (await this.#host.session()?.snapshot());
    if (!model) throw new InputError(message(page, 'model_missing'));
    return model;
  }

  async batch(file: File, progress: (progress: BatchProgress) => void): Promise<Reply<Batch | undefined>> {
    this.cancel();
    const working = new AbortController();
    this.#working = working;
    try {
      return await replyOf(this.#batch(file, progress, working.signal));
    } catch (error) {
      if (!working.signal.aborted) throw error;
      return { ok: true, value: undefined };
    }
  }

  cancel(): void {
    this.#working?.abort();
  }

  async #batch(file: File, progress: (progress: BatchProgress) => void, signal: AbortSignal): Promise<Batch> {
    const model = await this.model();
    // Loaded with the first file.
    const { predictBatch } = await import('./batch.ts');
    return predictBatch(model, file, progress, signal);
  }

  async #costOf({ features }: Preprocessing, rows: number | undefined): Promise<number | null> {
    if (!rows) return null;
    const { costOf } = await import('./explain-row.ts');
    return costOf(features.length, rows);
  }

  async #formOf({ name, model }: { name: string; model: Model }): Promise<PredictForm> {
    const { preprocessing } = model;
    return {
      of: { kind: 'model', name, members: model.members.length },
      task: preprocessing.task,
      targets: preprocessing.targets.map(({ column }) => column),
      fields: fieldsOf(preprocessing, undefined),
      explaining: await this.#costOf(preprocessing, this.#host.table()?.rows),
    };
  }
}

/** Other values may have an answer. */
function checkFinite(preprocessing: Preprocessing, outputs: Float32Array): void {
  if (!hasFiniteAnswers({ preprocessing }, outputs)) throw new InputError(message(models, 'answer_not_finite'));
}
