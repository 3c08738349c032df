/** What the one primary action does: train, or pause. */
import type { LabState } from './shown-run.ts';

/** `allow` trains what waits for a person's word, `apply` begins a new run, `play` goes on with the one there is. */
export type PrimaryAction = 'allow' | 'apply' | 'pause' | 'play' | 'reset';

export interface Situation {
  state: LabState;
  /** Whether there is no run yet but one that waits for a person's word. */
  awaitsWord: boolean;
  /** Whether settings were changed so that they need a new run, and can be trained. Checks them all: asked where it matters. */
  changed: () => boolean;
}

/** Undefined while there is nothing to train. */
export function primaryAction({ state, awaitsWord, changed }: Situation): PrimaryAction | undefined {
  if (awaitsWord) return 'allow';
  if (state === 'loading') return undefined;
  if (state === 'running') return 'pause';
  if (state === 'failed') return 'reset';
  if (state === 'paused' || state === 'ready') return changed() ? 'apply' : 'play';
  return 'apply';
}
