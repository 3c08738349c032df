/** Words and tables of the page that are made of what it knows of the run. */
import { expect, it } from 'vitest';
import { keptInWords } from '../../../src/lab/data/data-text.ts';
import { lossRows } from '../../../src/lab/run/loss-text.ts';
import { History } from '../../../src/lab/trainer/history.ts';
import type { EpochRecord } from '../../../src/train/trainer.ts';

it('settings that were kept are called as in the controls, groups and the engine too', () => {
  expect(keptInWords(['trial.training.early_stopping', 'engine', 'trial.training.l1'])).toBe(
    'Kept as you had them: early stopping, engine, L1.',
  );
});

it('a long run has evenly spaced epochs in its table, the last among them', () => {
  const history = new History();
  const record = (number: number) => ({ number, train_loss: 1, validation_loss: null, seconds: 1 }) as EpochRecord;
  history.add(Array.from({ length: 3 }, (_, index) => record(index + 1)));
  expect(lossRows(history).map(([epoch]) => epoch)).toEqual(['1', '2', '3']);
  history.add(Array.from({ length: 997 }, (_, index) => record(index + 4)));
  const epochs = lossRows(history).map(([epoch]) => Number(epoch));
  expect(epochs.at(-1)).toBe(1000);
  expect(new Set(epochs.slice(1).map((epoch, index) => epoch - epochs[index])).size).toBe(1);
  expect(epochs[0]).toBeLessThanOrEqual(epochs[1] - epochs[0]);
});
