/**
 * How the learning rate changes: the factor on it at a step, from the step alone, so that no engine has to be told
 * anything while it trains. `shaders/lib/schedule.wgsl` computes the same. `reduce_on_plateau` depends on the losses, so
 * the trainer does it, between epochs; here it is constant.
 */
import { type ScheduleSettings, scheduleNames } from '../spec/optimizer-settings.ts';

/** A schedule as numbers, the same for all kinds: what a kernel is given. Whole steps, so that all engines count alike. */
export interface ScheduleNumbers {
  /** Index in `scheduleNames`. */
  kind: number;
  /** Steps of linear warm-up, before the schedule begins. */
  warmup: number;
  /** Steps at the full rate between warm-up and schedule; 0 where absent, as in checkpoints of earlier builds. */
  flat?: number;
  /** Steps between drops (`step`, `exponential`), or from the schedule's begin to the end of the run (all others). */
  period: number;
  /** What a drop multiplies by (`step`, `exponential`), or the share left at the end (`cosine`, `flat_cosine`, `linear`). */
  factor: number;
}

/** Kernels count in 32 bits. */
const mostSteps = 2 ** 32 - 1;

export function scheduleNumbers(schedule: ScheduleSettings, epochs: number, stepsPerEpoch: number): ScheduleNumbers {
  const steps = (inEpochs: number) => Math.min(Math.round(inEpochs * stepsPerEpoch), mostSteps);
  const kind = scheduleNames.indexOf(schedule.kind);
  const warmup = 'warmup' in schedule ? steps(schedule.warmup) : 0;
  const left = Math.max(1, steps(epochs) - warmup);
  switch (schedule.kind) {
    case 'step':
      return { kind, warmup, period: steps(schedule.every), factor: schedule.factor };
    case 'exponential':
      return { kind, warmup, period: steps(1), factor: schedule.factor };
    case 'cosine':
    case 'linear':
      return { kind, warmup, period: left, factor: schedule.final };
    case 'flat_cosine': {
      const flat = Math.round(schedule.flat * left);
      return { kind, warmup, flat, period: Math.max(1, left - flat), factor: schedule.final };
    }
    case 'coslog4':
      return { kind, warmup, period: left, factor: 0 };
    default:
      return { kind, warmup, period: 1, factor: 1 };
  }
}

/**
 * The factor on the learning rate in a step, counted from 0. In the first W steps of a warm-up, (step + 1) / W: exactly 1
 * in the last. Then the schedule begins, with t = step - W of its own and p = min(t / period, 1):
 *   step, exponential   factor^floor(t / period)                      (torch StepLR, ExponentialLR)
 *   cosine              f + (1 - f) (1 + cos(pi p)) / 2               (Loshchilov & Hutter 2017)
 *   linear              1 - (1 - f) p
 *   flat_cosine         1 for `flat` steps, then cosine with t from there
 *   coslog4             (1 - cos(2 pi log2(1 + 15 p))) / 2            (Holzmueller et al. 2024: four cycles, each twice as long)
 * With a warm-up that is torch's SequentialLR([LinearLR(start_factor=1 / W, total_iters=W - 1), X], milestones=[W]), called each step.
 */
export function scheduleFactor({ kind, warmup, flat = 0, period, factor }: ScheduleNumbers, step: number): number {
  if (step < warmup) return (step + 1) / warmup;
  if (step < warmup + flat) return 1;
  const progress = (step - warmup - flat) / period;
  switch (scheduleNames[kind]) {
    case 'step':
    case 'exponential':
      return factor ** Math.floor(progress);
    case 'cosine':
    case 'flat_cosine':
      return factor + ((1 - factor) * (1 + Math.cos(Math.PI * Math.min(progress, 1)))) / 2;
    case 'linear':
      return 1 - (1 - factor) * Math.min(progress, 1);
    case 'coslog4':
      return (1 - Math.cos(2 * Math.PI * Math.log2(1 + 15 * Math.min(progress, 1)))) / 2;
    default:
      return 1;
  }
}
