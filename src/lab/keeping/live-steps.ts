/** What was changed while a run trained, from what is kept of it. */
import type { LiveChanges } from '../../train/trainer.ts';
import { type LegalForm, type LiveName, liveLabel, liveNames, livePath, valueAt } from '../form.ts';
import type { History } from '../history.ts';
import type { RunEntry } from './kept.ts';

/** Settings that may be changed while the run trains, as they are. */
export function liveSettings(settings: LegalForm): LiveChanges {
  return Object.fromEntries(
    liveNames.flatMap((name) => {
      const value = valueAt(settings, livePath(name));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Brings back the changes that the charts mark. */
export function replayChanges({ began, changes }: RunEntry, history: History): void {
  const now: Record<string, unknown> = { ...began };
  for (const { epoch, ...step } of changes) {
    for (const name of Object.keys(step) as LiveName[]) {
      history.change(liveLabel(name), now[name], step[name], epoch, 0);
      now[name] = step[name];
    }
  }
}
