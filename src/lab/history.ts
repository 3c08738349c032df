/**
 * The records of one run as the charts want them: columns of numbers, with smoothed ones kept up as records arrive.
 */
import type { EpochRecord, Outcome } from '../train/trainer.ts';

/** Weight of the past in the smoothed curves: s = w s + (1 - w) loss, corrected for its start at zero. */
export const smoothingWeight = 0.6;

export class History {
  readonly records: EpochRecord[] = [];
  readonly epochs: number[] = [];
  readonly train: (number | null)[] = [];
  readonly validation: (number | null)[] = [];
  readonly smoothTrain: (number | null)[] = [];
  readonly smoothValidation: (number | null)[] = [];
  /** Index of the lowest validation loss (training loss where there are no validation rows); -1 while there is none. */
  best = -1;

  #trainAverage = new Average();
  #validationAverage = new Average();

  add(records: readonly EpochRecord[]): void {
    for (const record of records) {
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
  }

  /** The best epoch that a run reports, unless even that one has no finite loss. */
  bestOf(outcome: Outcome): number | undefined {
    return Number.isFinite(this.#loss(outcome.best_epoch - 1)) ? outcome.best_epoch : undefined;
  }

  get last(): EpochRecord | undefined {
    return this.records.at(-1);
  }

  #loss(index: number): number {
    return this.validation[index] ?? this.train[index] ?? Number.POSITIVE_INFINITY;
  }
}

/** Exponential moving average without the bias of its first values (Kingma & Ba 2015, section 3). */
class Average {
  #sum = 0;
  #weight = 0;

  add(value: number | null): number | null {
    if (value === null) return null;
    this.#sum = smoothingWeight * this.#sum + (1 - smoothingWeight) * value;
    this.#weight = smoothingWeight * this.#weight + (1 - smoothingWeight);
    return this.#sum / this.#weight;
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
