/** The search of a fit: pack after pack trains, and after each the ensemble is chosen anew. */
import { clipOutputs } from '../data/prepare/preprocessing.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import type { CreateRun, Run } from '../train/trainer.ts';
import { RunError, saidBy } from '../util/errors.ts';
import type { Said } from '../util/message.ts';
import { EnsembleSearch } from './ensemble.ts';
import { heldOutMetrics } from './held-out.ts';
import { type Candidate, Pack } from './pack.ts';
import type { PreparedFit } from './prepared.ts';
import type { FitProgress } from './result.ts';
import { isTimed, type PlannedPack, packsOf } from './sequence.ts';
import { packSettings } from './space.ts';

/** A pack that has trained. */
export interface TrainedPack {
  /** Those that may still be chosen: the others were worse than enough of those before them. */
  candidates: Candidate[];
  /** Networks that trained to their end. */
  networks: number;
  /** Networks left out because they diverged. */
  diverged: number;
  /** Whether all networks have ended by themselves. */
  whole: boolean;
  /** Epochs after which they had. */
  epochs: number;
  /** What trained them. */
  engine: EngineInfo;
  /** That it took. */
  seconds: number;
}

/** Where packs are kept: those that are there are not trained again. */
export interface PackStore {
  /**
   * A pack that was kept; undefined where there is none.
   * @param number of the pack, counted from 0
   */
  read(number: number): Promise<TrainedPack | undefined>;
  /**
   * Keeps a pack.
   * @param number of the pack, counted from 0
   * @param pack plain data
   */
  write(number: number, pack: TrainedPack): Promise<void>;
}

/** What is the caller's own. */
export interface OwnParts {
  /** Makes each run of what the constructor takes. */
  create?: CreateRun<Run>;
  /** Of a number, in the place of its square error: the ensemble that makes its mean small is chosen. */
  error?: (output: number, target: number) => number;
  /** Where packs are kept as they end. */
  packs?: PackStore;
}

export interface SearchOptions {
  progress?: (progress: FitProgress) => void;
  signal?: AbortSignal;
  /** In the place of those of the plan: a part of them. */
  sequence?: Iterable<PlannedPack>;
  /** Seconds since the fit began. */
  seconds: () => number;
  own?: OwnParts;
}

export interface SearchResult {
  search: EnsembleSearch;
  networks: number;
  diverged: number;
  /** Of the linear model, for the held-out rows. */
  linear: Float32Array | undefined;
  engine: EngineInfo | undefined;
  /** Why it ended before its time, if it did. */
  failed: Said | undefined;
  /** Packs that trained to their end, and epochs of the one that was cut off. */
  packs: number;
  last_epochs: number;
  progress: FitProgress[];
  /** Whether so much of the time is gone, or it was ended. */
  after(share: number): boolean;
}

/** Share of the time that is left for the end: for half of the rows, for choosing and for scoring. */
const reserve = 0.08;

export async function searchPacks(engine: Engine, fit: PreparedFit, options: SearchOptions): Promise<SearchResult> {
  const { data, folds, loss, baseline, settings, plan } = fit;
  const { progress, signal, sequence = packsOf(settings.plan), own = {} } = options;
  const search = new EnsembleSearch(data, folds, loss, own.error);
  const rows = folds.sets[0].sets.train.length;
  const budget = 60 * settings.minutes;
  // What packs took that are there already is gone from it.
  let spent = 0;
  const seconds = () => options.seconds() + spent;
  const after = (share: number) => Boolean(signal?.aborted) || (isTimed(settings.plan) && seconds() > budget * share);
  const over = () => after(1 - reserve);
  const done: FitProgress[] = [];
  let [networks, diverged, packs, lastEpochs] = [0, 0, 0, 0];
  let linear: Float32Array | undefined;
  let engineInfo: EngineInfo | undefined;
  let failed: Said | undefined;
  let said: FitProgress = { seconds: 0, networks, members: 0, metrics: null, linear: null, baseline };
  const tick = () => progress?.({ ...said, seconds: seconds() });
  const report = () => {
    said = {
      seconds: seconds(),
      networks,
      members: search.members().length,
      metrics: search.empty ? null : heldOutMetrics(search.outputs(), data, folds, loss),
      linear: linear ? heldOutMetrics(linear, data, folds, loss) : null,
      baseline,
    };
    done.push(said);
    progress?.(said);
  };
  const train = async (number: number, limit: number): Promise<TrainedPack> => {
    const begun = performance.now();
    const pack = new Pack(engine, folds, packSettings(number, { plan, seed: settings.seed, rows }), own.create);
    try {
      // The linear model may take twice the time: without it there would be nothing.
      const isOver = () => over() && (number > 0 || signal?.aborted || seconds() > 2 * budget);
      const whole = await pack.train(isOver, { limit, tick });
      const { candidates, diverged } = await pack.result();
      const [trainedOn, epochs] = [await pack.engine(), pack.epochs];
      const count = candidates.length * folds.sets.length;
      const took = (performance.now() - begun) / 1000;
      return { candidates, networks: count, diverged, whole, epochs, engine: trainedOn, seconds: took };
    } finally {
      await pack.destroy();
    }
  };
  for (const { number, limit } of sequence) {
    if (number > 0 && over()) break;
    const kept = await own.packs?.read(number);
    try {
      const found = kept ?? (await train(number, limit));
      if (kept) spent += kept.seconds;
      engineInfo = found.engine;
      search.add(found.candidates);
      const first = number === 0 && search.best();
      if (first) linear = clipOutputs(data.preprocessing, first.outputs);
      networks += found.networks;
      diverged += found.diverged;
      if (found.whole) packs += 1;
      else lastEpochs = found.epochs;
      // What was cut off by hand trains to its end another time.
      if (!kept && !signal?.aborted)
        await own.packs?.write(number, { ...found, candidates: search.among(found.candidates) });
    } catch (error) {
      // A lost device takes the pack with it, not what was found before.
      if (search.empty || !(error instanceof RunError)) throw error;
      failed = saidBy(error);
    }
    report();
    // Of several shards, each has a last one.
    if ((lastEpochs > 0 && !settings.plan?.shard_packs) || failed) break;
  }
  return {
    ...{ search, networks, diverged, linear, engine: engineInfo, failed, packs },
    ...{ last_epochs: lastEpochs, progress: done, after },
  };
}
