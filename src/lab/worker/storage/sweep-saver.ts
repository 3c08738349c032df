/**
 * Keeps one sweep as it trains: the record of how it stands, from what the page is told of it. Its trials are kept by the sweep
 * itself, in the store that goes with the record. Written at a pace that costs the training little, and at once at the end.
 */
import { type Notice, warning } from '../../../data/table/notices.ts';
import { sweeps } from '../../../messages/en/training/sweeps.ts';
import { type Said, saidBy } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { SweepEntry, SweepNews, TrialNews } from '../../protocol/sweep.ts';

/** The first is soon, for those who close the tab soon; later ones leave the training 98 % of the time. */
const firstAfter = 500;
const atLeast = 2000;
const costShare = 0.02;

export class SweepSaver {
  readonly #write: (entry: SweepEntry) => Promise<void>;
  readonly #before: number;
  #entry: SweepEntry;
  /** Of this training: what a sweep that goes on had before comes again. */
  readonly #trials: (TrialNews | undefined)[] = [];
  #due = 0;
  #writing: Promise<void> | undefined;
  #trouble: Said | undefined;

  /** @param entry as it is before it trains, or goes on */
  constructor(entry: SweepEntry, write: (entry: SweepEntry) => Promise<void>) {
    this.#entry = entry;
    this.#before = entry.progress?.seconds ?? 0;
    this.#write = write;
  }

  get id(): string {
    return this.#entry.id;
  }

  /** Seconds that it was trained before. */
  get secondsBefore(): number {
    return this.#before;
  }

  /** As it begins. */
  async begin(): Promise<void> {
    await this.#keep();
    this.#due = performance.now() + firstAfter;
  }

  /** @returns what the page is told: at the end with why it is not kept. The end is waited for. */
  async take(news: SweepNews, remarks: () => readonly Notice[]): Promise<SweepNews> {
    const { progress, trials, leaders, failure } = news;
    for (const trial of trials) this.#trials[trial.place] = joined(this.#trials[trial.place], trial);
    const end = news.end && { ...news.end, notices: [...news.end.notices, ...remarks()] };
    const entry = this.#entry;
    this.#entry = { ...entry, progress, leaders: leaders ?? entry.leaders, trials: this.#trials, end, failure };
    if (!end && failure === null) {
      if (!this.#writing && performance.now() >= this.#due) void this.#keep();
      return news;
    }
    await this.#writing;
    await this.#keep();
    if (!end || this.#trouble === undefined) return { ...news, end };
    const notKept = warning(message(sweeps, 'sweep_not_kept', { why: this.#trouble }));
    return { ...news, end: { ...end, notices: [...end.notices, notKept] } };
  }

  async #keep(): Promise<void> {
    const begun = performance.now();
    this.#writing = this.#write(this.#entry).then(
      () => {
        this.#trouble = undefined;
      },
      (error: unknown) => {
        this.#trouble = saidBy(error);
      },
    );
    await this.#writing;
    this.#writing = undefined;
    const now = performance.now();
    this.#due = now + Math.max(atLeast, (now - begun) / costShare);
  }
}

function joined(before: TrialNews | undefined, { place, epochs, train, validation, stopped }: TrialNews): TrialNews {
  return {
    place,
    epochs: [...(before?.epochs ?? []), ...epochs],
    train: [...(before?.train ?? []), ...train],
    validation: [...(before?.validation ?? []), ...validation],
    stopped: stopped ?? before?.stopped ?? null,
  };
}
