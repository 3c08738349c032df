/** What `evaluate` prints of a model's importance and dependence. */
import { fileRow, type RowNumbering } from '../../data/table/table.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { metricName } from '../../spec/metric-facts.ts';
import type { ModelDependence, ModelImportance } from '../../train/explain/explain.ts';
import { message } from '../../util/message.ts';
import { inLanguage } from '../language.ts';
import { heading, significant, table, wrapped } from './output.ts';

export function importanceText({ columns, metric, rows, repeats }: ModelImportance): string[] {
  const said = message(summary, 'importance_of', { metric: metricName(metric), rows, repeats });
  return [
    wrapped(inLanguage(said)),
    table(
      [heading('column'), heading('mean'), '±'],
      columns.map(({ column, mean, sd }) => [column, significant(mean), significant(sd)]),
    ),
  ];
}

export function dependenceText({ column, rows, at, labels, curves }: ModelDependence): string[] {
  const single = curves.length === 1;
  const head = [column, ...curves.flatMap(({ name }) => [name, ...(single ? ['10 %', '90 %'] : [])])];
  const body = Array.from(at, (value, place) => [
    labels?.[place] ?? significant(value),
    ...curves.flatMap(({ mean, low, high }) =>
      [mean, ...(single ? [low, high] : [])].map((values) => significant(values[place])),
    ),
  ]);
  return [wrapped(inLanguage(message(summary, 'dependence_on', { column, rows }))), table(head, body)];
}

/** JSON has no typed arrays. Rows are numbered as in the file. */
export function dependenceJson({ at, curves, individuals, ...others }: ModelDependence, read: RowNumbering) {
  return {
    ...others,
    at: Array.from(at),
    individuals: Array.from(individuals, (row) => fileRow(read, row)),
    curves: curves.map(({ name, mean, low, high, individual }) => ({
      name,
      mean: Array.from(mean),
      low: Array.from(low),
      high: Array.from(high),
      individual: Array.from(individuals, (_, line) =>
        Array.from(individual.subarray(line * at.length, (line + 1) * at.length)),
      ),
    })),
  };
}
