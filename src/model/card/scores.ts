/** What a model card says of scores: a column for each set, with intervals where they are known. */
import { metricFacts, metricName } from '../../spec/metric-facts.ts';
import { figure } from '../../util/format.ts';
import { wilson } from '../../util/statistics/statistics.ts';
import type { KnownOrigin, Scores } from './origin.ts';
import { type CardPart, words } from './parts.ts';

/** Classes beyond this make a table that nobody reads. */
const mostClasses = 12;

/** Training rows say how well the model fits, the others how well it predicts. */
export function scoreParts({ metrics = {}, data, average }: KnownOrigin): CardPart[] {
  const sets = Object.entries(metrics).filter((entry): entry is [string, Scores] => entry[1] !== null);
  if (sets.length === 0) return [average?.estimate ? estimateTable(average.estimate) : words('The file has none.')];
  const keys = Object.keys(metricFacts).filter((key) => sets.some(([, own]) => typeof own[key] === 'number'));
  const rows = keys.map((key) => [metricName(key), ...sets.map(([set, own]) => score(set, key, own))]);
  const counts = sets.map(([set]) => (data?.sets as Record<string, number> | undefined)?.[set]);
  const known = counts.some((count) => count !== undefined);
  const sizes = known ? [['rows', ...counts.map((count) => (count === undefined ? '' : String(count)))]] : [];
  return [
    {
      kind: 'table',
      caption: keys.includes('accuracy')
        ? 'Scores of the model, with the 95 % Wilson interval of accuracy on rows that it was not trained on.'
        : 'Scores of the model.',
      columns: ['score', ...sets.map(([set]) => spaced(set))],
      numbersFrom: 1,
      rows: [...sizes, ...rows],
    },
    ...sets.filter(([set]) => set !== 'train').flatMap(([set, own]) => confusion(set, own)),
  ];
}

function score(set: string, key: string, own: Scores): string {
  const value = own[key];
  if (typeof value !== 'number') return '';
  const counts = matrixOf(own);
  if (key !== 'accuracy' || set === 'train' || !counts) return figure(value);
  const [low, high] = wilson(
    value,
    counts.flat().reduce((sum, count) => sum + count, 0),
  );
  return `${figure(value)} (95 % interval ${figure(low)} to ${figure(high)})`;
}

/** No row is left to score an average by. */
function estimateTable({ set, metrics }: NonNullable<NonNullable<KnownOrigin['average']>['estimate']>): CardPart {
  const known = Object.keys(metricFacts).filter((key) => key in metrics);
  return {
    kind: 'table',
    caption: 'Scores of single networks with the same settings, over seeds and folds: the average has seen all rows.',
    columns: ['score', `${spaced(set)}, mean ± sd`],
    numbersFrom: 1,
    rows: known.map((key) => {
      const { n, mean, sd, low, high } = metrics[key];
      const interval = low < high ? ` (95 % interval of the mean ${figure(low)} to ${figure(high)})` : '';
      return [metricName(key), n > 1 ? `${figure(mean)} ± ${figure(sd)}${interval}` : figure(mean)];
    }),
  };
}

function confusion(set: string, own: Scores): CardPart[] {
  const counts = matrixOf(own);
  const { classes } = own;
  if (!counts || !Array.isArray(classes) || classes.length > mostClasses) return [];
  return [
    {
      kind: 'table',
      caption: `Answers to ${spaced(set)} rows of each class.`,
      columns: [`${spaced(set)} rows of`, ...classes.map((name) => `answered ${name}`)],
      numbersFrom: 1,
      rows: counts.map((row, actual) => [String(classes[actual]), ...row.map(String)]),
    },
  ];
}

const spaced = (set: string) => set.replaceAll('_', ' ');

function matrixOf({ confusion: counts }: Scores): number[][] | undefined {
  const isRow = (row: unknown) => Array.isArray(row) && row.every((count) => typeof count === 'number');
  return Array.isArray(counts) && counts.every(isRow) ? counts : undefined;
}
