/** Comparison with the reference, with its figure left for the parity table. */
import { expect, type TaskMeta } from 'vitest';
import { difference } from './engines.ts';
import { tolerances } from './tolerances.ts';

/** Holds two lists of numbers against each other, and leaves their difference for the parity table. */
export function compare(
  task: { meta: TaskMeta },
  at: { plan: string; problem: string },
  kind: keyof typeof tolerances,
  ours: ArrayLike<number>,
  reference: ArrayLike<number>,
): void {
  const error = difference(ours, reference);
  const before = task.meta.parity?.errors ?? {};
  task.meta.parity = { ...at, errors: { ...before, [kind]: Math.max(before[kind] ?? 0, error) } };
  expect(error, kind).toBeLessThanOrEqual(tolerances[kind]);
}
