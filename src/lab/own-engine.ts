/** The worker's engine: one at a time, of the kind that was last asked for, until another is wanted or its device is lost. */
import type { Engine } from '../engine/engine.ts';
import { requestEngine } from '../engine/request.ts';
import { calibrationStore } from './calibration-store.ts';
import type { EngineChoice } from './messages.ts';

/** Short enough that predictions and a pause get through between slices. */
const sliceMilliseconds = 12;

const calibration = calibrationStore();

export class OwnEngine {
  #held: { engine: Engine; choice: EngineChoice } | undefined;
  readonly #lost: (choice: EngineChoice, reason: string) => void;

  /** @param lost told when the engine that is held can do no more */
  constructor(lost: (choice: EngineChoice, reason: string) => void) {
    this.#lost = lost;
  }

  /**
   * The engine there is, if it is of the kind asked for; a lost one has been let go of already.
   * @param leave lets go of all that another engine still works for
   */
  async of(choice: EngineChoice, leave: () => Promise<void>): Promise<Engine> {
    if (this.#held?.choice === choice) return this.#held.engine;
    const engine = await requestEngine({ kind: choice, slice_ms: sliceMilliseconds, calibration });
    await leave();
    this.#held?.engine.destroy();
    this.#held = { engine, choice };
    void engine.lost.then((reason) => {
      if (this.#held?.engine !== engine) return;
      this.#held = undefined;
      this.#lost(choice, reason.replace(/\.$/, ''));
    });
    return engine;
  }
}
