/** The text of history.csv, for the command line and the page alike. */
import type { EpochRecord } from './trainer.ts';

/** One line an epoch; metrics are of the validation rows, in the target's own units, and empty where there are none. */
export function* historyCsv(history: readonly EpochRecord[]): Generator<string> {
  yield 'epoch,train_loss,validation_loss,mse,rmse,mae,r2,seconds\n';
  for (const { number, train_loss, validation_loss, validation, seconds } of history) {
    const metrics = validation ? [validation.mse, validation.rmse, validation.mae, validation.r2] : ['', '', '', ''];
    yield `${[number, train_loss, validation_loss ?? '', ...metrics, seconds.toFixed(3)].join(',')}\n`;
  }
}
