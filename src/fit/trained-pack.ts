/** A pack from its beginning to its end, on whatever machine, and where packs are kept. */
import type { Engine, EngineInfo } from '../engine/engine.ts';
import type { CreateRun, Run } from '../train/trainer.ts';
import { type Candidate, Pack } from './pack.ts';
import type { PreparedFit } from './prepared.ts';
import type { PlannedPack } from './sequence.ts';
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
  /** Where it was trained for somebody else. */
  machine?: string;
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

export interface PackOptions {
  /** Whether it is to be cut off where it is. */
  isOver: () => boolean | undefined;
  /** Called twice a second. @param epochs that it has trained, those of every fold counted */
  tick: (epochs: number) => void;
  create?: CreateRun<Run>;
}

/** What it comes to follows from its number and the fit alone, unless it is cut off. */
export async function trainPack(
  engine: Engine,
  { folds, plan, settings }: PreparedFit,
  { number, limit }: PlannedPack,
  { isOver, tick, create }: PackOptions,
): Promise<TrainedPack> {
  const begun = performance.now();
  const rows = folds.sets[0].sets.train.length;
  const pack = new Pack(engine, folds, packSettings(number, { plan, seed: settings.seed, rows }), create);
  try {
    const whole = await pack.train(isOver, { limit, tick: () => tick(pack.epochs) });
    const { candidates, diverged } = await pack.result();
    const [trainedOn, epochs] = [await pack.engine(), pack.epochs];
    const networks = candidates.length * folds.sets.length;
    const seconds = (performance.now() - begun) / 1000;
    return { candidates, networks, diverged, whole, epochs, engine: trainedOn, seconds };
  } finally {
    await pack.destroy();
  }
}
