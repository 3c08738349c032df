/** A sweep of two combinations, as the page begins to keep it. */
import type { NewSweep } from '../../../src/lab/worker/storage/sweep-storage.ts';

export const newSweep: NewSweep = {
  table: { key: 'a', name: 'a.csv', rows: 10 },
  task: 'regression',
  target: 'y',
  request: { sweep: { grid: { 'training.batch_size': [8, 16] } }, data: { target: 'y' }, engine: 'cpu' },
  command: 'perceptron-lab sweep a.csv sweep.json',
  plan: {
    cells: [{ 'training.batch_size': 8 }, { 'training.batch_size': 16 }],
    seeds: [10],
    folds: 1,
    epochs: 100,
    parameters: { least: 1, most: 1, total: 2 },
    validated: true,
    deciding: { name: 'rmse', large: false },
  },
};
