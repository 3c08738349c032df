/** How a fit on the queue stands, as its submitter tells whoever watches. */
import type { FitProgress } from '../../fit/fit.ts';
import { scoreOf } from '../../fit/fit-json.ts';
import { type FitStatus, mostPoints } from '../../sweep/queue-status.ts';
import { spaced } from '../../util/arrays.ts';
import { RunError } from '../../util/errors.ts';
import type { QueueConnection } from '../connection.ts';
import { fileName, publish } from '../published.ts';

export interface FitFacts {
  /** Its file. */
  table: string;
  target: string;
  /** Of its jobs. */
  priority: number;
  /** What ends it: seconds, or packs of one that is repeated. */
  length: { seconds: number } | { packs: number };
}

/**
 * Fits, and meanwhile tells whoever watches how that stands.
 * @param id of the task @param seconds that it has taken @param work calls what it is given after each pack
 */
export async function tellFit<Found>(
  connection: QueueConnection,
  id: string,
  facts: FitFacts,
  { seconds, signal }: { seconds: () => number; signal: AbortSignal },
  work: (tell: (progress: FitProgress) => void) => Promise<Found>,
): Promise<Found> {
  const told: FitProgress[] = [];
  let state: FitStatus['state'] = 'training';
  const publisher = publish(connection, id, () => fitStatus(facts, state, seconds(), told));
  try {
    const found = await work((progress) => told.push(progress));
    state = signal.aborted ? 'left' : 'done';
    return found;
  } catch (error) {
    state = error instanceof RunError ? 'failed' : 'left';
    throw error;
  } finally {
    await publisher.end();
  }
}

/** @param told after each pack */
export function fitStatus(
  { table, target, priority, length }: FitFacts,
  state: FitStatus['state'],
  seconds: number,
  told: readonly FitProgress[],
): Omit<FitStatus, 'version' | 'at'> {
  const last = told.at(-1);
  const scored = spaced(
    told.filter(({ metrics }) => metrics),
    mostPoints,
  );
  const score = (metrics: FitProgress['metrics'] | undefined) => (metrics ? scoreOf(metrics) : null);
  const of = 'seconds' in length ? length.seconds : null;
  return {
    kind: 'fit',
    table: fileName(table),
    target,
    priority,
    state,
    seconds: Number(seconds.toFixed(1)),
    seconds_left: of !== null && state === 'training' && last ? Math.round(Math.max(0, of - seconds)) : null,
    metric: last ? { set: 'validation', name: 'rmse' in last.baseline ? 'rmse' : 'log_loss', large: false } : null,
    best: score(last?.metrics),
    networks: last?.networks ?? 0,
    members: last?.members ?? 0,
    packs: told.filter(({ networks }, index) => networks > (told[index - 1]?.networks ?? 0)).length,
    of_seconds: of,
    of_packs: 'packs' in length ? length.packs : null,
    linear: score(last?.linear),
    baseline: score(last?.baseline),
    points: {
      seconds: scored.map((progress) => Number(progress.seconds.toFixed(1))),
      score: scored.map(({ metrics }) => scoreOf(metrics!)),
    },
  };
}
