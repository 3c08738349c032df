/**
 * How the learning rate changes: the factor on it at a step, from the step alone, so that no engine has to be told
 * anything while it trains. `shaders/schedule.wgsl` computes the same. `reduce_on_plateau` depends on the losses, so
 * the trainer does it, between epochs; here it is constant.
 */
import { type ScheduleSettings, scheduleNames } from '../spec/optimizer-settings.ts';

/** A schedule as numbers, the same for all kinds: what a kernel is given. */
export interface ScheduleNumbers {
  /** Index in `scheduleNames`. */
  kind: number;
  /** Epochs of linear warm-up. */
  warmup: number;
  /** Epochs between drops (`step`), 1 (`exponential`), or the epochs of the whole run (`cosine`, `linear`). */
  period: number;
  /** What a drop multiplies by (`step`, `exponential`), or the share left at the end (`cosine`, `linear`). */
  factor: number;
}

export function scheduleNumbers(schedule: ScheduleSettings, epochs: number): ScheduleNumbers {
  const kind = scheduleNames.indexOf(schedule.kind);
  const { warmup } = schedule;
  switch (schedule.kind) {
    case 'step':
      return { kind, warmup, period: schedule.every, factor: schedule.factor };
    case 'exponential':
      return { kind, warmup, period: 1, factor: schedule.factor };
    case 'cosine':
    case 'linear':
      return { kind, warmup, period: epochs, factor: schedule.final };
    default:
      return { kind, warmup, period: 1, factor: 1 };
  }
}

/**
 * The factor on the learning rate in a step, counted from 0. With e = step / stepsPerEpoch, epochs since the start:
 *   step, exponential   factor^floor(e / period)                            (torch StepLR, ExponentialLR)
 *   cosine              f + (1 - f) (1 + cos(pi min(e / period, 1))) / 2    (Loshchilov & Hutter 2017)
 *   linear              1 - (1 - f) min(e / period, 1)
 * times min((step + 1) / (warmup x stepsPerEpoch), 1).
 */
export function scheduleFactor(
  { kind, warmup, period, factor }: ScheduleNumbers,
  step: number,
  stepsPerEpoch: number,
): number {
  const epoch = step / stepsPerEpoch;
  const rise = warmup > 0 ? Math.min((step + 1) / (warmup * stepsPerEpoch), 1) : 1;
  const progress = Math.min(epoch / period, 1);
  switch (scheduleNames[kind]) {
    case 'step':
    case 'exponential':
      return rise * factor ** Math.floor(Math.floor(epoch) / period);
    case 'cosine':
      return rise * (factor + ((1 - factor) * (1 + Math.cos(Math.PI * progress))) / 2);
    case 'linear':
      return rise * (1 - (1 - factor) * progress);
    default:
      return rise;
  }
}
