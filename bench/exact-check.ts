/** How a contestant's parameters are held against the exact ones of `exact.ts`; it needs nothing of any library. */
import { type Problem, parametersOf } from './workloads.ts';

/** Beyond it something else was computed. Rounding in float32 moves an update by 1e-6 to 1e-3: adam divides by gradients. */
export const tolerance = 1e-2;

/** Steps after which it is asked: fewer where one takes seconds, in float64 or with a model after the other. */
export const exactSteps = (problem: Problem): number =>
  problem.batch * parametersOf(problem) > 5e8 || problem.models > 500 ? 2 : 5;

/** More models than these add nothing to what is known. */
export const exactModels = ({ models }: Problem): number[] => [...new Set([0, models - 1])];

/**
 * |its update - the exact one| / |the exact one|, both as sums of absolute values over all parameters. Of squares a few
 * would outweigh the rest: among a million sums one is so close to relu's kink that rounding decides its side, and adam
 * turns a gradient that changes its sign into a whole step the other way.
 */
export function updateError(initial: ArrayLike<number>, exact: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (theirs.length !== exact.length) return Number.POSITIVE_INFINITY;
  let off = 0;
  let whole = 0;
  for (let i = 0; i < exact.length; i++) {
    off += Math.abs(theirs[i] - exact[i]);
    whole += Math.abs(exact[i] - initial[i]);
  }
  return off / whole;
}
