/**
 * Settings for a table that nobody has tuned anything for: what a person would choose by its size alone, so that a first
 * result is there within a minute and can be trusted.
 */
import type { TrialInput } from '../spec/settings.ts';
import type { TableView } from './messages.ts';

/** Rows gone through in all: some ten thousands of steps at most. */
const rowsInAll = 2_000_000;
const fewestEpochs = 3;
const mostEpochs = 200;
/** Fewer validation rows than this say too little to stop by. */
const fewestToStopBy = 30;
const patience = 20;

/** Training rows up to which a batch has so many rows. */
const batches: [rows: number, batch: number][] = [
  [2_000, 16],
  [8_000, 32],
  [40_000, 128],
  [200_000, 512],
  [Number.POSITIVE_INFINITY, 2048],
];

export function sensibleTrial({ sets }: Pick<TableView, 'sets'>): TrialInput {
  const rows = Math.max(1, sets.train);
  const [, batch_size] = batches.find(([most]) => rows <= most) as [number, number];
  const epochs = Math.min(mostEpochs, Math.max(fewestEpochs, Math.round(rowsInAll / rows)));
  const early_stopping = sets.validation >= fewestToStopBy && epochs > patience ? { patience } : undefined;
  return { training: { batch_size, epochs, ...(early_stopping ? { early_stopping } : {}) } };
}
