/** The search of a fit: pack after pack trains, and after each the ensemble is chosen anew. */
import { clipOutputs } from '../data/prepare/preprocessing.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import type { CreateRun, Run } from '../train/trainer.ts';
import { RunError, saidBy } from '../util/errors.ts';
import type { Said } from '../util/message.ts';
import { EnsembleSearch } from './ensemble.ts';
import { heldOutMetrics } from './held-out.ts';
import type { Candidate } from './pack.ts';
import type { PreparedFit } from './prepared.ts';
import type { FitProgress } from './result.ts';
import { type EndedPack, isTimed, type PlannedPack, packsOf } from './sequence.ts';
import { type PackStore, type TrainedPack, trainPack } from './trained-pack.ts';

/** What is the caller's own. */
export interface OwnParts {
  /** Makes each run of what the constructor takes. */
  create?: CreateRun<Run>;
  /** Of a number, in the place of its square error: the ensemble that makes its mean small is chosen. */
  error?: (output: number, target: number) => number;
  /** Where packs are kept as they end. */
  packs?: PackStore;
  /** Where other machines train them, and this one none. */
  remote?: RemotePacks;
}

/** A pack of the sequence that there is. */
export interface FoundPack {
  number: number;
  pack: TrainedPack;
}

/** The search, as those know it who find packs for it. */
export interface PackWatch {
  /** Whether the time is up. */
  over(): boolean;
  /** Tells that time has passed. */
  tick(): void;
  /** Those that may still be chosen. */
  among(candidates: readonly Candidate[]): Candidate[];
}

export interface RemotePacks {
  /** In the order of the sequence, each as soon as it is there. */
  arrived(watch: PackWatch): AsyncIterable<FoundPack>;
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
  /** What came of each pack, in order. */
  trained: EndedPack[];
  progress: FitProgress[];
  /** Whether so much of the time is gone, or it was ended. */
  after(share: number): boolean;
}

/** Share of the time that is left for the end: for half of the rows, for choosing and for scoring. */
const reserve = 0.08;

export async function searchPacks(engine: Engine, fit: PreparedFit, options: SearchOptions): Promise<SearchResult> {
  const { data, folds, loss, baseline, settings } = fit;
  const { progress, signal, sequence = packsOf(settings.plan), own = {} } = options;
  const search = new EnsembleSearch(data, folds, loss, own.error);
  const budget = 60 * settings.minutes;
  // What packs took that are there already is gone from it.
  let spent = 0;
  const seconds = () => options.seconds() + spent;
  const after = (share: number) => Boolean(signal?.aborted) || (isTimed(settings.plan) && seconds() > budget * share);
  const over = () => after(1 - reserve);
  const done: FitProgress[] = [];
  const trained: EndedPack[] = [];
  let [networks, diverged] = [0, 0];
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
  const among = (candidates: readonly Candidate[]) => search.among(candidates);
  async function* trainedHere(): AsyncGenerator<FoundPack> {
    for (const planned of sequence) {
      const { number } = planned;
      if (number > 0 && over()) return;
      const kept = await own.packs?.read(number);
      if (kept) spent += kept.seconds;
      // The linear model may take twice the time: without it there would be nothing.
      const isOver = () => over() && (number > 0 || signal?.aborted || seconds() > 2 * budget);
      const pack = kept ?? (await trainPack(engine, fit, planned, { isOver, tick, create: own.create }));
      yield { number, pack };
      // What was cut off by hand trains to its end another time.
      if (!kept && !signal?.aborted) {
        await own.packs?.write(number, { ...pack, candidates: among(pack.candidates) });
      }
      // Of several shards, each has a last one.
      if (!pack.whole && !settings.plan?.shard_packs) return;
    }
  }
  try {
    for await (const { number, pack } of own.remote?.arrived({ over, tick, among }) ?? trainedHere()) {
      engineInfo = pack.engine;
      search.add(pack.candidates);
      const first = number === 0 && search.best();
      if (first) linear = clipOutputs(data.preprocessing, first.outputs);
      networks += pack.networks;
      diverged += pack.diverged;
      trained.push({ number, whole: pack.whole, epochs: pack.epochs });
      report();
    }
  } catch (error) {
    // A lost device takes the pack with it, not what was found before.
    if (search.empty || own.remote || !(error instanceof RunError)) throw error;
    failed = saidBy(error);
    report();
  }
  return { search, networks, diverged, linear, engine: engineInfo, failed, trained, progress: done, after };
}
