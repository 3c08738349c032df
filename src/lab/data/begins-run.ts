import type { TrainerController } from '../trainer/controller.ts';

/** A run that goes on for longer keeps nothing waiting. */
const firstSeconds = 1;

/** Whether a run is about to train, or has just begun to: what nobody has asked for waits until then. */
export function beginsRun({ state, latest, asks }: TrainerController): boolean {
  if (!latest) return !asks && (state === 'loading' || state === 'ready');
  return state === 'running' && latest.seconds <= firstSeconds;
}
