/** How long a sweep will take, measured and said before it trains. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Engine } from '../../engine/engine.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import type { SweepInput } from '../../sweep/definition/definition.ts';
import { estimateSweep, type SweepEstimate } from '../../sweep/estimate.ts';
import { roughDuration } from '../../util/format.ts';
import { message } from '../../util/message.ts';
import { inLanguage } from '../language.ts';
import { printError } from './terminal.ts';

/** Seconds from which on it is said. */
const worthSaying = 5;

/**
 * @param only of a part
 * @returns undefined where it is ended by hand, as the sweep itself is then
 * @throws InputError as the sweep would
 */
export async function estimateAloud(
  engine: Engine,
  folds: DataSet[],
  input: SweepInput,
  signal: AbortSignal,
  only?: (place: number) => boolean,
): Promise<SweepEstimate | undefined> {
  try {
    const estimate = await estimateSweep(engine, folds, input, { signal, only });
    if (estimate.seconds >= worthSaying) {
      const said = { ...estimate, time: roughDuration(estimate.seconds) };
      printError(inLanguage(message(summary, 'sweep_takes', said)));
    }
    return estimate;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
