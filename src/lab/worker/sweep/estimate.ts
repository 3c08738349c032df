/** How long a sweep would take, on an engine of its own: threads serve one call at a time, and a run may begin meanwhile. */

import type { DataSet } from '../../../data/prepare/dataset.ts';
import { estimateSweep, type SweepEstimate } from '../../../sweep/estimate.ts';
import type { EngineChoice } from '../../protocol/messages.ts';
import type { SweepHost } from './host.ts';
import type { Definition } from './job.ts';

/** @returns null where the signal has ended it */
export async function estimateOf(
  host: SweepHost,
  choice: EngineChoice,
  { sweep }: Definition,
  folds: DataSet[],
  signal: AbortSignal,
): Promise<SweepEstimate | null> {
  const engine = await host.ownEngine(choice);
  try {
    return await estimateSweep(engine, folds, sweep, { signal });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    engine.destroy();
  }
}
