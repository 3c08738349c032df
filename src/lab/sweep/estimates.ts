/**
 * How long a draft would take: asked of the worker once it has not been changed for a moment, as often as it changes, and while
 * nothing trains.
 */
import type { SweepRequest } from '../protocol/sweep.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { effect, unfollowed } from '../ui/observed.ts';
import type { SweepView } from './view.ts';

/** Milliseconds without a change: who is still typing is not asked for. */
const pause = 400;

export class SweepEstimates {
  readonly #trainer: TrainerController;
  readonly #idle: () => boolean;
  readonly #tell: (estimate: SweepView['estimate']) => void;
  /** What is to be known, as long as it is not. */
  #wanted: SweepRequest | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  /** An answer about an earlier draft is stale. */
  #turn = 0;

  /** @param idle whether nothing trains; what it reads is followed */
  constructor(trainer: TrainerController, idle: () => boolean, tell: (estimate: SweepView['estimate']) => void) {
    this.#trainer = trainer;
    this.#idle = idle;
    this.#tell = tell;
    let before = false;
    effect(() => {
      const now = idle();
      if (now && !before) unfollowed(() => this.#soon());
      before = now;
    });
  }

  want(request: SweepRequest): void {
    this.drop();
    this.#wanted = request;
    this.#soon();
  }

  /** Nobody wants to know any more. */
  drop(): void {
    this.#turn += 1;
    this.#wanted = undefined;
    clearTimeout(this.#timer);
    if (this.#asking) void this.#trainer.guard(async (lab) => lab.sweeps.endEstimate());
    this.#asking = false;
    this.#tell(undefined);
  }

  #soon(): void {
    clearTimeout(this.#timer);
    if (this.#wanted) this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    const request = this.#wanted;
    if (!request || !this.#idle()) return;
    const turn = this.#turn;
    this.#asking = true;
    this.#tell('measuring');
    const reply = await this.#trainer.ask((lab) => lab.sweeps.estimate(request));
    if (turn !== this.#turn) return;
    this.#asking = false;
    const estimate = reply?.ok ? reply.value : undefined;
    this.#tell(estimate ?? undefined);
    // Something has begun to train, of which the page may not have heard yet.
    if (estimate === null) this.#soon();
    else this.#wanted = undefined;
  }
}
