/** One fit on the worker's side: looks for the best model, tells the page whenever it has a better one, and keeps it. */
import { inverseScale } from '../../../data/prepare/preprocessing.ts';
import { sortNotices } from '../../../data/table/notices.ts';
import type { Table } from '../../../data/table/table.ts';
import type { Engine } from '../../../engine/engine.ts';
import { type FitProgress, type FitResult, fit as fitModel } from '../../../fit/fit.ts';
import { calibrationFacts, fitJson } from '../../../fit/fit-json.ts';
import { type Model, saveModel } from '../../../model/model.ts';
import { checkFit } from '../../../spec/check.ts';
import { subsample } from '../../../util/arrays.ts';
import { saidBy } from '../../../util/errors.ts';
import { inEnglish } from '../../../util/message.ts';
import type { FitEnd, FitFile, FitNews, FitRequest } from '../../protocol/fit.ts';
import { fitCommand } from '../../shared/fit-request.ts';
import { told } from '../told.ts';

/** Rows that are drawn. */
const mostDrawn = 2000;

export class FitJob {
  readonly engine: Engine;
  readonly table: Table;
  readonly #request: FitRequest;
  readonly #tell: (news: FitNews) => Promise<void>;
  readonly #keep: (result: FitResult, end: FitEnd) => Promise<void>;
  readonly #abort = new AbortController();
  #telling: Promise<void> = Promise.resolve();
  /** Networks that the page knows of. */
  #told = 0;
  #result: FitResult | undefined;

  /** @param keep is waited for before the end is told */
  constructor(
    engine: Engine,
    table: Table,
    request: FitRequest,
    listener: (news: FitNews) => Promise<void> | void,
    keep: (result: FitResult, end: FitEnd) => Promise<void>,
  ) {
    this.#keep = keep;
    this.engine = engine;
    this.table = table;
    this.#request = request;
    this.#tell = (news) => told(() => listener(news));
  }

  /** Looks to the end, which is told of like everything else. */
  async run(): Promise<void> {
    const { data, minutes, seed, plan } = this.#request;
    const { signal } = this.#abort;
    let last: FitNews;
    try {
      const progress = (known: FitProgress) => this.#report(known);
      this.#result = await fitModel(this.engine, this.table, { ...data, minutes, seed, plan, signal, progress });
      const end = this.#endOf(this.#result);
      await this.#keep(this.#result, end);
      last = { kind: 'end', end };
    } catch (error) {
      last = { kind: 'failure', message: saidBy(error), cancelled: signal.aborted };
    }
    await this.#telling;
    await this.#tell(last);
  }

  stop(): void {
    this.#abort.abort();
  }

  get model(): Model {
    return this.#ended().model;
  }

  async file(name: FitFile): Promise<Blob> {
    const result = this.#ended();
    if (name === 'model.safetensors') return new Blob([saveModel(result.model) as Uint8Array<ArrayBuffer>]);
    const { source: file, notices } = this.table;
    const { minutes, seed } = this.#request;
    const facts = {
      file,
      settings: checkFit({ minutes, seed, plan: result.plan }),
      result,
      interrupted: this.#abort.signal.aborted,
      notices: sortNotices([...notices, ...result.notices]),
    };
    if (name === 'fit.json') {
      return new Blob([`${JSON.stringify(fitJson(facts), null, 1)}\n`], { type: 'application/json' });
    }
    const { fitPage } = await import('../../../fit/fit-page.ts');
    const origin = {
      command: fitCommand(file),
      version: __VERSION__,
      runtime: navigator.userAgent,
      made: new Date(),
      engine: { ...result.engine, why: inEnglish(result.engine.why) },
    };
    return new Blob([await fitPage({ ...facts, rows: this.table, origin })], { type: 'text/html' });
  }

  #ended(): FitResult {
    if (!this.#result) throw new Error('The fit has not ended.');
    return this.#result;
  }

  /** Once for every pack that has trained: the time is the page's own to tell. */
  #report(progress: FitProgress): void {
    if (progress.networks === this.#told) return;
    this.#told = progress.networks;
    this.#telling = this.#telling.then(() => this.#tell({ kind: 'progress', progress }));
  }

  #endOf(result: FitResult): FitEnd {
    const { model, metrics, linear, baseline, verdict, test, networks, notices, engine, seconds, heldOut } = result;
    const calibration = calibrationFacts(result);
    return {
      metrics,
      linear,
      baseline,
      answers: answersOf(result),
      verdict,
      test,
      networks,
      seconds,
      interrupted: this.#abort.signal.aborted,
      members: model.members.length,
      rows: heldOut.rows.length,
      coverage:
        calibration?.kind === 'conformal' && calibration.coverage !== null
          ? { level: calibration.level, share: calibration.coverage }
          : null,
      notices,
      engine: { kind: engine.kind, adapter: engine.adapter, software: engine.software },
    };
  }
}

function answersOf({ data, heldOut }: FitResult): FitEnd['answers'] {
  const { targets } = data.preprocessing;
  const [step] = targets;
  if (step.kind !== 'number' || targets.length > 1) return null;
  const places = subsample(
    Uint32Array.from(heldOut.rows, (_, place) => place),
    mostDrawn,
  );
  return {
    actual: Float64Array.from(places, (place) => inverseScale(step, data.targets[heldOut.rows[place]])),
    predicted: Float64Array.from(places, (place) => inverseScale(step, heldOut.outputs[place])),
  };
}
