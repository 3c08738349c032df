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

it('the table of the losses has every epoch, with numbers as they are', () => {
  const history = new History();
  const record = (number: number) => ({ number, train_loss: 1 / 3, validation_loss: null, seconds: 1 }) as EpochRecord;
  history.add(Array.from({ length: 1000 }, (_, index) => record(index + 1)));
  expect(lossRows(history)).toHaveLength(1000);
  expect(lossRows(history).at(-1)).toEqual([1000, 1, 1 / 3, null]);
});
