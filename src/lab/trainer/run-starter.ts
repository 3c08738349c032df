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

/** What starts runs, and is told what has become of it. */
export interface StarterHost {
  readonly worker: Pick<WorkerLink, 'command'>;
  /** Where it is refused, the run before stays. */
  readonly controls: { refuse(problem: Problem): void };
  /** From now on this is the run. */
  show(run: RunView, applied: LegalForm): void;
}

export class RunStarter {
  /** What waits for a person's word. */
  @observed() asks: { bytes: number; form: LegalForm; others: StartOptions } | undefined;

  readonly #host: StarterHost;
  /** A start that has been asked for later makes an earlier one stale. */
  #turn = 0;

  constructor(host: StarterHost) {
    this.#host = host;
  }

  /** @param play whether it trains at once */
  async start(form: LegalForm, play: boolean, others: StartOptions = {}): Promise<void> {
    const turn = ++this.#turn;
    const { worker, controls } = this.#host;
    const reply = await worker.command<Reply<RunView>>((lab) => lab.start({ ...form, ...others }));
    if (!reply || turn !== this.#turn) return;
    this.asks = undefined;
    if (!reply.ok) {
      const { where, message } = reply.problem;
      if (where === memoryAsked) this.asks = { bytes: bytesAsked(message), form, others };
      else controls.refuse(reply.problem);
      return;
    }
    this.#host.show(reply.value, { ...form, trial: asAsked(reply.value.trial, form.trial) });
    await worker.command((lab) => (play ? lab.play() : lab.report()));
  }

  /** What the run that waits was to begin with, where these are its settings; it may take as much memory as it does. */
  allowed(form: LegalForm): StartOptions {
    const { changes, plan_code } = same(form, this.asks?.form) ? (this.asks?.others ?? {}) : {};
    return { changes, plan_code };
  }
}

function bytesAsked(said: Said): number {
  return typeof said === 'string' ? 0 : (said.params as { bytes: number }).bytes;
}
