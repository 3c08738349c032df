/** Sweeps that are kept in this browser, as the dialog shows them. */
import type { KeptSweep, SweepEntry } from '../protocol/sweep.ts';
import { SweepCurves } from './curves.ts';
import type { SweepView } from './view.ts';

/** How it stood last. What it has left can be trained on request. */
export function viewOfEntry({ id, plan, trials, progress, leaders, end, failure }: SweepEntry): Partial<SweepView> {
  const curves = new SweepCurves(plan);
  curves.add(trials.filter((trial) => trial !== undefined));
  return {
    id,
    curves,
    varied: Object.keys(plan.cells[0] ?? {}),
    progress: progress ?? undefined,
    leaders,
    end: end ?? undefined,
    state: failure !== null ? 'failed' : end ? 'done' : 'halted',
    failure: failure ?? '',
    // Until it is trained to its end, it has no files.
    gone: end?.interrupted ?? false,
  };
}

/** The one to show where none has trained here: the newest of the open table. */
export function newestOf(kept: readonly KeptSweep[], table: string): KeptSweep | undefined {
  return kept.find(({ table: { key }, elsewhere }) => key === table && !elsewhere);
}

/** The one that is shown, where it is kept. */
export function shownOf({ kept, id }: Pick<SweepView, 'kept' | 'id'>): KeptSweep | undefined {
  return kept.find((sweep) => sweep.id === id);
}
