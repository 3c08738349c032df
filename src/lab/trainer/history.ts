/**
 * The records of one run as the charts want them: columns of numbers, with smoothed ones kept up as records arrive.
 */
import { changedSettings } from '../../spec/changes.ts';
import type { EpochRecord, Outcome } from '../../train/trainer.ts';
import { text } from '../i18n/text.ts';
import type { RunSettings } from '../protocol/messages.ts';
import { liveLabel } from '../shared/form.ts';
import { count, typed } from '../shared/format.ts';
import { observed } from '../ui/observed.ts';

/** Weight of the past in the smoothed curves, to begin with: s = w s + (1 - w) loss, corrected for its start at zero. */
export const firstSmoothing = 0.6;

/** A setting that was changed while the run trained. */
export interface LiveChange {
  label: string;
  from: unknown;
  to: unknown;
  /** The epoch in which it began to hold. */
  epoch: number;
  /** The same, or later where a slider was moved on. */
  lastEpoch: number;
  /** Seconds of training before it, or before the last of those that were put together. */
  seconds: number;
}

/** "learning rate 0.001 → 0.0003 from epoch 41" */
export function changeInWords({ label, from, to, epoch, lastEpoch }: LiveChange): string {
  const change = `${label} ${liveValue(from)} → ${liveValue(to)}`;
  return epoch === lastEpoch
    ? text.run.changeFromEpoch({ change, epoch: count(epoch) })
    : text.run.changeOverEpochs({ change, first: count(epoch), last: count(lastEpoch) });
}

export function liveValue(value: unknown): string {
  return value === undefined ? text.common.off : typed(value);
}

/** Changes of one setting that follow each other within so many seconds of training are one movement of its slider. */
const oneMovement = 2;

/** What was changed in a run, in order; what one movement of a slider did is one change. */
export function liveChanges({ initial, changes }: Pick<RunSettings, 'initial' | 'changes'>): LiveChange[] {
  const moved: LiveChange[] = [];
  for (const { name, from, to, epoch, seconds } of changedSettings(initial, changes)) {
    const label = liveLabel(name);
    const last = moved.at(-1);
    const known = last && seconds !== undefined;
    if (last?.label === label && (last.lastEpoch === epoch || (known && seconds - last.seconds < oneMovement))) {
      Object.assign(last, { to, lastEpoch: epoch, seconds: seconds ?? last.seconds });
      if (last.from === to && last.epoch === epoch) moved.pop();
    } else if (from !== to) {
      moved.push({ label, from, to, epoch, lastEpoch: epoch, seconds: seconds ?? 0 });
    }
  }
  return moved;
}

export class History {
  /** Oldest first; a new list at every change. */
  @observed() changes: readonly LiveChange[] = [];
  /** Of the records; who has read it follows them all. */
  @observed() length = 0;
  readonly records: EpochRecord[] = [];
  readonly epochs: number[] = [];
  readonly train: (number | null)[] = [];
  readonly validation: (number | null)[] = [];
  readonly smoothTrain: (number | null)[] = [];
  readonly smoothValidation: (number | null)[] = [];
  /** Index of the lowest validation loss (training loss where there are no validation rows); -1 while there is none. */
  best = -1;

  @observed() private weight: number;
  #trainAverage: Average;
  #validationAverage: Average;

  /** @param smoothing weight of the past in the smoothed curves */
  constructor(smoothing = firstSmoothing) {
    this.weight = smoothing;
    this.#trainAverage = new Average(smoothing);
    this.#validationAverage = new Average(smoothing);
  }

  add(records: readonly EpochRecord[]): void {
    for (const record of records) {
      // What comes twice, or is of another run, brings nothing.
      if (record.number !== this.records.length + 1) continue;
      this.records.push(record);
      this.epochs.push(record.number);
      this.train.push(finite(record.train_loss));
      this.validation.push(finite(record.validation_loss));
      this.smoothTrain.push(this.#trainAverage.add(finite(record.train_loss)));
      this.smoothValidation.push(this.#validationAverage.add(finite(record.validation_loss)));
      if (this.#loss(this.records.length - 1) < this.#loss(this.best)) {
        this.best = this.records.length - 1;
      }
    }
    this.length = this.records.length;
  }

  /** Without its records, which come again. */
  emptied(): History {
    return Object.assign(new History(this.smoothing), { changes: this.changes });
  }

  /** The best epoch that a run reports, unless even that one has no finite loss. */
  bestOf(outcome: Outcome): number | undefined {
    return Number.isFinite(this.#loss(outcome.best_epoch - 1)) ? outcome.best_epoch : undefined;
  }

  /** Weight of the past in the smoothed curves; 0 leaves them as they are. */
  get smoothing(): number {
    return this.weight;
  }

  set smoothing(weight: number) {
    if (weight === this.weight) return;
    this.weight = weight;
    this.#trainAverage = new Average(weight);
    this.#validationAverage = new Average(weight);
    this.train.forEach((loss, index) => {
      this.smoothTrain[index] = this.#trainAverage.add(loss);
      this.smoothValidation[index] = this.#validationAverage.add(this.validation[index]);
    });
  }

  get last(): EpochRecord | undefined {
    return this.records[this.length - 1];
  }

  #loss(index: number): number {
    return this.validation[index] ?? this.train[index] ?? Number.POSITIVE_INFINITY;
  }
}

/** Exponential moving average without the bias of its first values (Kingma & Ba 2015, section 3). */
class Average {
  readonly #past: number;
  #sum = 0;
  #weight = 0;

  constructor(past: number) {
    this.#past = past;
  }

  add(value: number | null): number | null {
    if (value === null) return null;
    this.#sum = this.#past * this.#sum + (1 - this.#past) * value;
    this.#weight = this.#past * this.#weight + (1 - this.#past);
    return this.#sum / this.#weight;
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
