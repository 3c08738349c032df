/** The worker's engines: the one that the single run trains on is held, until another is or its device is lost. */
import type { Engine } from '../../engine/engine.ts';
import { requestEngine } from '../../engine/request.ts';
import type { Run } from '../../train/trainer.ts';
import type { Said } from '../../util/errors.ts';
import type { EngineChoice, EngineView } from '../protocol/messages.ts';
import { calibrationStore } from './calibration-store.ts';

/** Short enough that predictions and a pause get through between slices. */
const sliceMilliseconds = 12;

const calibration = calibrationStore();

/** Told when the engine that is held can do no more; it has been let go of already. */
export type LostEngine = (engine: Engine, choice: EngineChoice, reason: Said) => void;

/** A run that has its population, and what trains it. */
export interface StartedRun {
  run: Run;
  trainer: Omit<EngineView, 'choice'>;
}

export class OwnEngine {
  #held: { engine: Engine; choice: EngineChoice } | undefined;
  /** Those that others use too: they go when they are dropped. */
  readonly #lent = new Set<Engine>();
  readonly #lost: LostEngine;

  constructor(lost: LostEngine) {
    this.#lost = lost;
  }

  /** The one that is held, if it is of this kind; else another, which whoever asked holds or drops. */
  async of(choice: EngineChoice): Promise<Engine> {
    return this.#held?.choice === choice ? this.#held.engine : request(choice);
  }

  /** A run on an engine of this kind, with what trains it. Where it is refused, nothing of it stays. */
  async run(choice: EngineChoice, made: (engine: Engine) => Run): Promise<StartedRun> {
    const engine = await this.of(choice);
    let run: Run | undefined;
    try {
      run = made(engine);
      const { kind, adapter, software, why } = await run.engineInfo();
      return { run, trainer: { kind, adapter, software, why, plan: await run.plan(), plan_code: run.planCode } };
    } catch (error) {
      await run?.destroy().catch(() => {}); // as broken as it is
      this.drop(engine);
      throw error;
    }
  }

  /** The single run trains on this one from now on; nothing of it needs the one before. */
  hold(engine: Engine, choice: EngineChoice): void {
    const before = this.#held?.engine;
    if (before === engine) return;
    this.#held = { engine, choice };
    if (before) this.drop(before);
    void engine.lost.then((reason) => {
      if (this.#held?.engine !== engine) return;
      this.#held = undefined;
      this.#lost(engine, choice, typeof reason === 'string' ? reason.replace(/\.$/, '') : reason);
    });
  }

  /**
   * One for others than the single run, which is not destroyed before it is given back. `auto` decides for each population
   * what it is, so that nobody but the single run may ask that run's.
   */
  async lend(choice: EngineChoice): Promise<Engine> {
    const engine = await (choice === 'auto' ? request(choice) : this.of(choice));
    this.#lent.add(engine);
    return engine;
  }

  /** One that nobody else uses: whoever asked destroys it. */
  separate(choice: EngineChoice): Promise<Engine> {
    return request(choice);
  }

  giveBack(engine: Engine): void {
    this.#lent.delete(engine);
    this.drop(engine);
  }

  /** Destroys an engine, unless somebody still uses it. */
  drop(engine: Engine): void {
    if (this.#held?.engine !== engine && !this.#lent.has(engine)) engine.destroy();
  }
}

function request(kind: EngineChoice): Promise<Engine> {
  return requestEngine({ kind, slice_ms: sliceMilliseconds, calibration });
}
