/** The text of history.csv, for the command line and the page alike. */
import type { Task } from '../../spec/answers.ts';
import type { EpochRecord } from '../trainer.ts';

const regression = ['mse', 'rmse', 'mae', 'r2'];
const classes = ['accuracy', 'log_loss'];

/** One line an epoch; metrics are of the validation rows, in the target's own units, and empty where there are none. */
export function* historyCsv(history: readonly EpochRecord[], task: Task): Generator<string> {
  const names = metricNames(task);
  yield `${historyHead(names)}\n`;
  for (const record of history) yield `${historyLine(record, names)}\n`;
}

export function metricNames(task: Task): string[] {
  return task === 'regression' ? regression : classes;
}

export function historyHead(names: readonly string[]): string {
  return `epoch,train_loss,validation_loss,${names.join(',')},seconds`;
}

export function historyLine(
  { number, train_loss, validation_loss, validation, seconds }: EpochRecord,
  names: readonly string[],
): string {
  const values: Record<string, number> = { ...validation };
  const metrics = names.map((name) => values[name] ?? '');
  return [number, train_loss, validation_loss ?? '', ...metrics, seconds.toFixed(3)].join(',');
}
