/** A small regression, an engine that yields after every millisecond, and what two runs of one kind have in common. */

import type { DataSet } from '../../src/data/prepare/dataset.ts';
import { createReferenceEngine } from '../../src/engine/reference/engine.ts';
import type { EpochRecord } from '../../src/train/trainer.ts';
import { normalAt } from '../../src/util/random.ts';
import { prepare } from './first-defaults.ts';

export const engine = createReferenceEngine('reference', 'asked for', { slice_ms: 1 });

/** A noisy line: 60 rows of one feature and one target, 36 of them for training unless all are. */
export function line(validated = true): DataSet {
  const rows = 60;
  const features = Float32Array.from({ length: rows }, (_, i) => normalAt(1, i));
  const targets = features.map((x, i) => 100 + 20 * x + 2 * normalAt(2, i));
  return prepare(
    { features, rows, columns: 1, targets },
    validated ? {} : { split: { train: 1, validation: 0, test: 0 } },
  );
}

/** All but the times. */
export const timeless = (records: readonly EpochRecord[]) => records.map(({ seconds: _, ...record }) => record);
