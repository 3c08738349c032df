/** One trial's numbers as the fields of the `Trial` struct that kernels read. */

import { activationNames } from '../../../spec/activations.ts';
import { dropoutThreshold } from '../../../util/random.ts';
import type { Hyperparameters } from '../../engine.ts';
import type { FieldValues } from '../memory/structs.ts';

export function trialFields(numbers: Hyperparameters): FieldValues {
  const { betas, schedule, dropout } = numbers;
  const [beta1, beta2] = betas;
  return {
    learning_rate: numbers.learning_rate,
    momentum: numbers.momentum,
    nesterov: Number(numbers.nesterov),
    alpha: numbers.alpha,
    // Rounded once from float64: in float32, 1 - 0.999 is off by 1e-5 of itself.
    one_minus_alpha: 1 - numbers.alpha,
    beta1,
    beta2,
    one_minus_beta1: 1 - beta1,
    one_minus_beta2: 1 - beta2,
    epsilon: numbers.epsilon,
    weight_decay: numbers.weight_decay,
    l1: numbers.l1,
    l2: numbers.l2,
    clip_norm: numbers.clip_norm,
    label_smoothing: numbers.label_smoothing ?? 0,
    schedule: schedule.kind,
    schedule_period: schedule.period,
    schedule_flat: schedule.flat ?? 0,
    schedule_factor: schedule.factor,
    schedule_log2_factor: Math.log2(Math.max(schedule.factor, 2 ** -126)),
    warmup: schedule.warmup,
    seed: numbers.seed,
    shuffled: Number(numbers.shuffle),
    live: 1,
    activations: numbers.activations.map((name) => activationNames.indexOf(name)),
    dropout_threshold: dropout.map(dropoutThreshold),
    dropout_scale: dropout.map((rate) => 1 / (1 - rate)),
  };
}
