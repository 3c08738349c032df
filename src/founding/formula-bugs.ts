/** Trains with each bug of the published update rule alone, to separate their effects; few cells, few seeds. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { spreadOf } from '../util/statistics/statistics.ts';
import { asPublished, type FormulaBugs } from './as-published.ts';
import { createPublishedEngine } from './as-published-engine.ts';
import { rmseOf } from './cells.ts';
import { buildTrial } from './experiment.ts';
import { type Watching, withTrained } from './population.ts';
import type { CellKey, Experiment, SlipCell, SlipStudy } from './report.ts';

const none: FormulaBugs = { averaged: false, shifted: false, shared: false };

const variants: Record<SlipCell['slips'], FormulaBugs> = {
  none,
  averaged: { ...none, averaged: true },
  shifted: { ...none, shifted: true },
  shared: { ...none, shared: true },
  all: asPublished,
};

/** One activation with zero-centred outputs and one without; averages need more than one row to be wrong. */
const keys: CellKey[] = (['tanh', 'relu'] as const).flatMap((activation) =>
  (['sgd', 'adam'] as const).flatMap((optimizer) =>
    [1, 8].map((batch_size) => ({ activation, optimizer, batch_size })),
  ),
);

/** Undefined where the signal ended it. */
export async function formulaBugStudy(
  data: DataSet,
  experiment: Experiment,
  { epochs, seeds }: { epochs: number; seeds: readonly number[] },
  { progress, signal, kept }: Watching,
): Promise<SlipStudy | undefined> {
  const begun = performance.now();
  const { hidden } = experiment;
  const names = Object.keys(variants) as (keyof typeof variants)[];
  const cells: SlipCell[] = [];
  for (const [done, slips] of names.entries()) {
    const trials = keys.flatMap((key) => seeds.map((seed) => buildTrial(experiment, key, seed, { hidden, epochs })));
    const watch = {
      signal,
      // The rule is the engine's, and no setting of the trials.
      ...(kept ? { kept: { ...kept, word: `slips-${slips}` } } : {}),
      progress: (share: number) =>
        progress?.({
          stage: 'published',
          done: done + share,
          of: names.length,
          seconds: (performance.now() - begun) / 1000,
        }),
    };
    await withTrained(createPublishedEngine(variants[slips]), data, trials, watch, async (run) => {
      const validation = await run.metricsOfAll('validation');
      for (const [cell, key] of keys.entries()) {
        const rmses = seeds.map((_, seed) => rmseOf(validation?.[cell * seeds.length + seed]));
        cells.push({ ...key, slips, n: seeds.length, validation_rmse: spreadOf(rmses) });
      }
    });
    if (signal?.aborted) return undefined;
  }
  return { epochs, seeds: [...seeds], cells };
}
