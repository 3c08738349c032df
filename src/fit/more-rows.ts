/**
 * Whether more rows would help, by a learning curve of two points: the best candidate's settings train on half of the rows.
 * Errors fall about as a power of the number of rows (Hestness et al. 2017), so that twice the rows would take off about the
 * same share as the second half did.
 */
import type { Engine } from '../engine/engine.ts';
import type { CreateRun, Run } from '../train/trainer.ts';
import type { EnsembleSearch } from './ensemble.ts';
import { type Folds, halved } from './held-out.ts';
import { Pack } from './pack.ts';
import { fallFrom } from './selection.ts';

/**
 * The share by which the error (the root of a mean square, or a log loss) fell from half of the rows to all; undefined where
 * the time did not allow to find out.
 */
export async function gainOfMoreRows(
  engine: Engine,
  folds: Folds,
  search: EnsembleSearch,
  isOver: () => boolean | undefined,
  create?: CreateRun<Run>,
): Promise<number | undefined> {
  const best = search.best();
  if (!best || isOver()) return undefined;
  const { settings } = best.networks[0];
  const pack = new Pack(engine, halved(folds), { inputs: best.inputs, trials: [settings] }, create);
  try {
    const whole = await pack.train(isOver);
    const [half] = whole ? (await pack.result()).candidates : [];
    if (!half) return undefined;
    return fallFrom(search.lossOf(half), best.loss, search.ofSquares);
  } finally {
    await pack.destroy();
  }
}
