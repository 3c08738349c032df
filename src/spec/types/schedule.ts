// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** How the learning rate changes over the epochs; what is left out takes its default. */
export type ScheduleSettingsInput =
  | {
      kind: 'constant';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
    }
  | {
      kind: 'step';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * Epochs between two drops of the learning rate.
       * Whole number of epochs from 1 to 1,000,000.
       * @defaultValue `30`
       */
      every?: number;
      /**
       * What a drop multiplies the learning rate by.
       * Number above 0, up to 1.
       * @defaultValue `0.1`
       */
      factor?: number;
    }
  | {
      kind: 'exponential';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * What every epoch multiplies the learning rate by.
       * Number above 0, up to 1.
       * @defaultValue `0.95`
       */
      factor?: number;
    }
  | {
      kind: 'cosine';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * Share of the learning rate left after the last epoch.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      final?: number;
    }
  | {
      kind: 'linear';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * Share of the learning rate left after the last epoch.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      final?: number;
    }
  | {
      kind: 'reduce_on_plateau';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * What a plateau multiplies the learning rate by.
       * Number above 0, up to 1.
       * @defaultValue `0.1`
       */
      factor?: number;
      /**
       * Epochs without a better validation loss (training loss without validation rows) that make a plateau.
       * Whole number of epochs from 1 to 1,000,000.
       * @defaultValue `10`
       */
      plateau?: number;
    }
  | {
      kind: 'flat_cosine';
      /**
       * Epochs before the schedule begins: in step s of their W steps the learning rate is s / W of the full one.
       * Number of epochs from 0 to 1,000,000.
       * @defaultValue `0`
       */
      warmup?: number;
      /**
       * Share of the epochs after the warm-up that keep the full learning rate, before it falls as a cosine.
       * Number from 0 to below 1.
       * @defaultValue `0.5`
       */
      flat?: number;
      /**
       * Share of the learning rate left after the last epoch.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      final?: number;
    }
  | {
      kind: 'coslog4';
    };

/** Complete: every default filled in. {@link ScheduleSettingsInput} says what each is. */
export type ScheduleSettings =
  | {
      kind: 'constant';
      warmup: number;
    }
  | {
      kind: 'step';
      warmup: number;
      every: number;
      factor: number;
    }
  | {
      kind: 'exponential';
      warmup: number;
      factor: number;
    }
  | {
      kind: 'cosine';
      warmup: number;
      final: number;
    }
  | {
      kind: 'linear';
      warmup: number;
      final: number;
    }
  | {
      kind: 'reduce_on_plateau';
      warmup: number;
      factor: number;
      plateau: number;
    }
  | {
      kind: 'flat_cosine';
      warmup: number;
      flat: number;
      final: number;
    }
  | {
      kind: 'coslog4';
    };
