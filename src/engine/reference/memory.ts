/** What a population of plain loops takes of memory: apart from the loops, which the CPU engine hardly ever loads. */
import { stateOf } from '../../spec/optimizers.ts';
import type { EngineData, PopulationShape } from '../engine.ts';
import { parameterBytes } from '../memory.ts';

/** Rows that are predicted at once, at most: see `forward`. */
const predictedRows = 1024;

/** Bytes of a population: as given, as it trains, as kept, what the optimizer keeps, one gradient, and values of a batch. */
export function referenceBytes({ rows, columns, outputs }: EngineData, settings: PopulationShape): number {
  const { layers, trials } = settings;
  const all = parameterBytes(settings);
  const each = all / trials.length;
  const kept = trials.reduce((bytes, { optimizer }) => bytes + each * stateOf(optimizer).length, 0);
  const units = layers.reduce((sum, layer) => sum + layer.outputs, 0);
  const largest = Math.max(...trials.map(({ batch_size }) => batch_size));
  const values = (largest + Math.min(rows, predictedRows)) * (columns + outputs + 3 * units);
  // Evaluation copies the rows of a set.
  return 3 * all + kept + each + 4 * (values + rows * (columns + 2 * outputs));
}
