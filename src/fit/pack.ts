/**
 * A pack: networks of one shape that train together, each once on every fold. Folds take turns, an epoch each, so that a pack
 * which is cut off has candidates all the same.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { type Member, onlyMember } from '../model/model-data.ts';
import type { TrialInput } from '../spec/settings.ts';
import { type CreateRun, newRun, type Run } from '../train/trainer.ts';
import { hash } from '../util/random.ts';
import type { Folds } from './held-out.ts';
import { type InputChoice, inputsOf, type Mixture, widened, withInputs } from './inputs.ts';
import type { PackSettings } from './space.ts';

/** One drawing of settings, trained once on every fold. */
export interface Candidate {
  /** One network of each fold. */
  networks: Omit<Member, 'weight'>[];
  /** Of the held-out rows, in their order, by networks that were not trained on them: [row, output], in the units trained in. */
  outputs: Float32Array;
  /** What it was trained with. */
  inputs: InputChoice;
}

export interface PackResult {
  candidates: Candidate[];
  /** Left out because a network of theirs diverged. */
  diverged: number;
}

export class Pack {
  readonly #folds: Folds;
  readonly #inputs: InputChoice;
  readonly #mixtures: Mixture[] | undefined;
  readonly #runs: Run[];
  /** Epochs that it has trained, those of every fold counted: with this number it is cut off at the same place. */
  epochs = 0;
  #next = 0;
  #stopped = false;

  constructor(engine: Engine, folds: Folds, { inputs, trials }: PackSettings, create: CreateRun<Run> = newRun) {
    this.#folds = folds;
    this.#inputs = inputs;
    this.#mixtures = inputsOf(folds.sets[0], inputs);
    const seen = withInputs(folds.sets[0], this.#mixtures);
    this.#runs = folds.sets.map(({ sets }, fold) => {
      const data: DataSet = { ...seen, sets };
      return create(
        engine,
        data,
        trials.map((trial) => withSeedOf(trial, fold)),
      );
    });
  }

  /**
   * Trains to the end of all networks, or to so many epochs, or until the time is up. Whether it was to the end.
   * @param tick called twice a second
   */
  async train(
    isOver: () => boolean | undefined,
    { limit = Number.POSITIVE_INFINITY, tick }: { limit?: number; tick?: () => void } = {},
  ): Promise<boolean> {
    let ticks = 0;
    const timer = setInterval(() => {
      if (isOver()) this.#stop();
      ticks += 1;
      if (ticks % 10 === 0) tick?.();
    }, 50);
    try {
      while (this.epochs < limit) if (!(await this.#epoch())) return !this.#stopped;
      this.#stop();
      return false;
    } finally {
      clearInterval(timer);
    }
  }

  /** Trains an epoch of the fold whose turn it is. False when all networks have ended. */
  async #epoch(): Promise<boolean> {
    for (let tried = 0; tried < this.#runs.length; tried++) {
      const run = this.#runs[this.#next];
      this.#next = (this.#next + 1) % this.#runs.length;
      if (!(await run.epoch())) continue;
      this.epochs += 1;
      return true;
    }
    return false;
  }

  /** Ends the slice in progress; networks keep their best epoch. */
  #stop(): void {
    this.#stopped = true;
    for (const run of this.#runs) run.stop();
  }

  /** The engine that trains it. */
  engine(): Promise<EngineInfo> {
    return this.#runs[0].engineInfo();
  }

  /** What came of it, once it has ended or was stopped. */
  async result(): Promise<PackResult> {
    for (const run of this.#runs) await run.epoch(); // of runs that were stopped, ends the trials
    const usable = this.#runs[0].trials.map((_, trial) => this.#runs.every((run) => isUsable(run, trial)));
    const outputs = usable.map(() => new Float32Array(this.#folds.heldOut.length * this.#runs[0].data.outputs));
    let first = 0;
    for (const run of this.#runs) {
      const { features, columns, sets, outputs: width } = run.data;
      const answers = await run.predict(gatherRows(features, columns, sets.validation), sets.validation.length);
      const size = sets.validation.length * width;
      outputs.forEach((own, trial) => {
        own.set(answers.subarray(trial * size, (trial + 1) * size), first * width);
      });
      first += sets.validation.length;
    }
    const candidates: Candidate[] = [];
    let diverged = 0;
    for (const [trial, own] of outputs.entries()) {
      if (this.#runs.some(({ trials }) => trials[trial].outcome?.stopped === 'diverged')) diverged += 1;
      // Without a whole epoch on every fold there is nothing to average yet.
      if (!usable[trial]) continue;
      if (!own.every(Number.isFinite)) {
        diverged += 1;
        continue;
      }
      const networks = await Promise.all(this.#runs.map((run) => this.#network(run, trial)));
      candidates.push({ networks, outputs: own, inputs: this.#inputs });
    }
    return { candidates, diverged };
  }

  async #network(run: Run, trial: number): Promise<Omit<Member, 'weight'>> {
    const { weight: _, ...network } = onlyMember(await run.modelData(trial));
    return { ...network, ...widened(network, this.#mixtures, this.#folds.sets[0].columns) };
  }

  async destroy(): Promise<void> {
    for (const run of this.#runs) await run.destroy();
  }
}

function withSeedOf(trial: TrialInput, fold: number): TrialInput {
  const { seed = 0 } = trial.training ?? {};
  return { ...trial, training: { ...trial.training, seed: hash(seed + fold) } };
}

/** Whether it has learned something finite. */
function isUsable({ trials }: Run, trial: number): boolean {
  const { outcome } = trials[trial];
  return outcome !== undefined && outcome.stopped !== 'diverged' && outcome.kept_epoch > 0;
}
