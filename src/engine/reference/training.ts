/** What becomes of a batch's gradients: clipping, regularization, and which of them the optimizer is given. */
import type { LayerSize } from '../layers.ts';
import { modelTensors } from '../parameters.ts';
import type { Storage } from './layers.ts';

/** Sets the gradients of tensors that are not trained to 0: before clipping, whose norm they are no part of. */
export function clearFrozen(layers: readonly LayerSize[], gradients: Storage): void {
  for (const { trainable, offset, size } of modelTensors(layers)) {
    if (!trainable) gradients.fill(0, offset, offset + size);
  }
}

/**
 * Scales gradients longer than `clip_norm` back to it, all parameters together (torch.nn.utils.clip_grad_norm_); 0 is
 * no limit.
 */
export function clipGradients(gradients: Storage, clip_norm: number): void {
  if (clip_norm === 0) return;
  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += gradients[i] * gradients[i];
  const scale = Math.min(1, clip_norm / (Math.sqrt(squares) + 1e-6));
  for (let i = 0; i < gradients.length; i++) gradients[i] *= scale;
}

/**
 * g += l2 w + l1 sign(w), and then w -= decay w, decoupled from the gradient; for tensors that are regularized, which of
 * a dense layer are the weights and not the biases.
 */
export function regularize(
  layers: readonly LayerSize[],
  parameters: Storage,
  gradients: Storage,
  { l1, l2 }: { l1: number; l2: number },
  decay: number,
): void {
  if (l1 === 0 && l2 === 0 && decay === 0) return;
  for (const { regularized, trainable, learning_rate_scale, offset, size } of modelTensors(layers)) {
    if (!regularized || !trainable) continue;
    for (let i = offset; i < offset + size; i++) {
      gradients[i] += l2 * parameters[i] + l1 * Math.sign(parameters[i]);
      parameters[i] -= decay * learning_rate_scale * parameters[i];
    }
  }
}

/** Parameters that follow each other and are trained at one learning rate. */
export interface UpdateRange {
  first: number;
  end: number;
  learning_rate_scale: number;
}

/** What an update goes through: one range where all tensors are trained at the same rate. */
export function updateRanges(layers: readonly LayerSize[]): UpdateRange[] {
  const ranges: UpdateRange[] = [];
  for (const { trainable, learning_rate_scale, offset, size } of modelTensors(layers)) {
    if (!trainable) continue;
    const before = ranges.at(-1);
    if (before?.end === offset && before.learning_rate_scale === learning_rate_scale) before.end += size;
    else ranges.push({ first: offset, end: offset + size, learning_rate_scale });
  }
  return ranges;
}
