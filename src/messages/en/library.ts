/** What the library refuses of rows and functions that it is given in code. */
import { counted } from '../../util/thousands.ts';
import { some } from '../../util/words.ts';
import { type Cell, cell } from './tables/tables.ts';

interface Row {
  source: string;
  row: number;
}

export const library = {
  row_of_kind: ({ source, row, kind }: Row & { kind: string }) =>
    `${source}, row ${row}: ${kind} is no row; give an object with a value for each column, or an array of values.`,
  rows_mixed: ({ source, row }: Row) =>
    `${source}, row ${row}: arrays and objects are mixed; give rows of the kind of the first.`,
  row_length: ({ source, row, count, names }: Row & { count: number; names: readonly string[] }) =>
    `${source}, row ${row}: has ${counted(count, 'value')} for ${counted(names.length, 'column')} (${some(names, 10)}); give one for each, null where it is missing.`,
  cell_of_kind: ({ kind, ...p }: Cell & { kind: string }) =>
    `${cell(p)}: ${kind} is no value of a cell; give a number, a text, a boolean, a Date, or null where it is missing.`,
  header_name: ({ name, column }: { name: string; column: number }) =>
    `header: ${name} of column ${column} is not a name of its own; name each column once.`,
  header_absent: 'header: there is no first row with the names of the columns; give rows, or the names as an array.',

  loss_incomplete: ({ name }: { name: string }) =>
    `loss: ${name} is not whole; give it a name, and value and slope, or row.`,
  loss_smoothed: ({ name }: { name: string }) =>
    `training.label_smoothing: does not go with ${name}, a loss of your own; leave it out, or smooth the targets in the loss.`,
  loss_absent: ({ name }: { name: string }) =>
    `loss: the checkpoint was trained with ${name}, a loss of your own; give it again to go on.`,
  store_own: ({ option, name }: { option: 'store' | 'packs'; name: 'loss' | 'metrics' }) =>
    `${option}: cannot keep what goes by ${name} of your own, which no file holds; leave out ${option}, or ${name}.`,
  metric_of_kind: ({ name, kind }: { name: string; kind: string }) =>
    `metrics.${name}: has to give a number, and gave ${kind}.`,
  monitor_unknown: ({ name, names }: { name: string; names: readonly string[] }) =>
    `monitor: there is no metric ${name}; ${names.length ? `choose one of ${names.join(', ')}` : 'give it as one of the metrics'}.`,
  monitor_idle: ({ setting }: { setting: string }) =>
    `monitor: ${setting} is off, so that nothing is monitored; leave ${setting} out, or monitor.`,
  monitor_blind: 'monitor: there are no validation rows to monitor; give split.validation a share of the rows.',
  ended_early_metric: ({ epoch, epochs, name }: { epoch: number; epochs: number; name: string }) =>
    `Stopped after epoch ${epoch}: ${epochs} epochs without a better ${name}.`,
};
