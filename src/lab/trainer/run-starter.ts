/**
 * Asks the worker for runs: the one that is asked for last counts, and one that takes much memory and that nobody has asked
 * for by a press waits for a person's word.
 */
import type { Said } from '../../util/errors.ts';
import type { Problem, Reply, RunView, StartRequest } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { asAsked, same } from '../shared/form.ts';
import { memoryAsked } from '../shared/refusals.ts';
import { observed } from '../ui/observed.ts';
import type { WorkerLink } from './worker-link.ts';

/** Beside the settings. */
export type StartOptions = Pick<StartRequest, 'changes' | 'plan_code' | 'most_bytes'>;

/** Whoever is told what has become of a start. */
export interface StartHeard {
  /** From now on this is the run. */
  show(run: RunView, applied: LegalForm): void;
  /** The run before stays. */
  refused(problem: Problem): void;
}

export class RunStarter {
  /** What waits for a person's word. */
  @observed() asks: { bytes: number; form: LegalForm; others: StartOptions } | undefined;

  readonly #worker: Pick<WorkerLink, 'command'>;
  readonly #heard: StartHeard;
  /** A start that has been asked for later makes an earlier one stale. */
  #turn = 0;

  constructor(worker: Pick<WorkerLink, 'command'>, heard: StartHeard) {
    this.#worker = worker;
    this.#heard = heard;
  }

  /** @param play whether it trains at once */
  async start(form: LegalForm, play: boolean, others: StartOptions = {}): Promise<void> {
    const turn = ++this.#turn;
    const reply = await this.#worker.command<Reply<RunView>>((lab) => lab.start({ ...form, ...others }));
    if (!reply || turn !== this.#turn) return;
    this.asks = undefined;
    if (!reply.ok) {
      const { where, message } = reply.problem;
      if (where === memoryAsked) this.asks = { bytes: bytesAsked(message), form, others };
      else this.#heard.refused(reply.problem);
      return;
    }
    this.#heard.show(reply.value, { ...form, trial: asAsked(reply.value.trial, form.trial) });
    await this.#worker.command((lab) => (play ? lab.play() : lab.report()));
  }

  /** What the run that waits was to begin with, where these are its settings; it may take as much memory as it does. */
  allowed(form: LegalForm): StartOptions {
    const { changes, plan_code } = same(form, this.asks?.form) ? (this.asks?.others ?? {}) : {};
    return { changes, plan_code };
  }

  /** Another run is there. */
  forget(): void {
    this.asks = undefined;
  }
}

function bytesAsked(said: Said): number {
  return typeof said === 'string' ? 0 : (said.params as { bytes: number }).bytes;
}
