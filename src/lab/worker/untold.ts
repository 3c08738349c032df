/** What of a run the page has not been told yet: each record once, and settings, plan and frames where they have changed. */
import type { Run } from '../../train/trainer.ts';
import type { ResolvedTrial } from '../../train/trials.ts';
import type { Update } from '../protocol/messages.ts';
import { settingsOfRun } from './run-of.ts';

type News = Pick<Update, 'records' | 'settings' | 'plan_code' | 'frames' | 'afresh' | 'engine'>;

export class Untold {
  #records = 0;
  #trial: ResolvedTrial;
  #plan: string | undefined;
  #frames: readonly number[] = [];
  #afresh: Pick<Update, 'afresh' | 'engine'>;

  /** @param afresh why the page has to forget the records it has, and what trains the run from there */
  constructor(
    { trials: [{ trial }], planCode }: Pick<Run, 'trials' | 'planCode'>,
    afresh: Pick<Update, 'afresh' | 'engine'>,
  ) {
    this.#trial = trial;
    this.#plan = planCode;
    this.#afresh = afresh;
  }

  /** From now on it has been told. @param frames the same list for as long as there is no other */
  take(run: Run, frames: readonly number[]): News {
    const [{ trial, history }] = run.trials;
    const { planCode: plan_code } = run;
    const news: News = {
      records: history.slice(this.#records),
      ...(trial !== this.#trial && { settings: settingsOfRun(run) }),
      ...(plan_code !== this.#plan && { plan_code }),
      ...(frames !== this.#frames && { frames }),
      ...this.#afresh,
    };
    this.#records = history.length;
    this.#trial = trial;
    this.#plan = plan_code;
    this.#frames = frames;
    this.#afresh = {};
    return news;
  }
}
