/** What the table held and what was made of it: the columns in figures, their part in the model, and every notice. */
import type { FeatureStep, Preprocessing, Scale, TargetStep } from '../data/prepare/dataset.ts';
import { type NumericStep, normalLimit, numericWidth, robustLimit } from '../data/prepare/numeric.ts';
import type { ColumnSummary, TableSummary } from '../data/prepare/summary.ts';
import { mergeNotices, type Notice } from '../data/table/notices.ts';
import { withUnit } from '../data/table/quantity.ts';
import { figure } from '../util/format.ts';
import { count, counted } from '../util/thousands.ts';
import { drawing, rounded } from './charts/svg.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { section } from './page.ts';
import type { RowSetName } from './picture.ts';

export interface DataFacts {
  file: string;
  summary: TableSummary;
  preprocessing: Preprocessing;
  /** Rows with a known answer, and those of each part. */
  rows: Record<RowSetName | 'total', number>;
  /** What became of the rows, where they have no fixed parts. */
  sharing?: string;
  /** Features after encoding, and outputs. */
  inputs: number;
  notices: Notice[];
}

/** Columns that are listed before the rest goes into a drawer. */
const mostColumns = 30;
const mostNotices = 8;

export function dataSection(facts: DataFacts, numbers: Numbering): Markup {
  const { file, summary, preprocessing, rows, inputs } = facts;
  const used = preprocessing.features.length;
  const listed = summary.columns.map((column) => rowOf(column, preprocessing));
  const notices = mergeNotices(facts.notices, summary.warnings).map(({ text }) => text);
  const repeated = summary.duplicates.count;
  return section(
    'data',
    'Data',
    html`<p>${file} has ${counted(summary.rows, 'row')} and ${counted(summary.columns.length, 'column')}. ${counted(used, 'column')} became ${counted(inputs, 'input')} of the network. ${
      rows.total < summary.rows ? `${counted(rows.total, 'row')} have a known answer; of these ` : ''
    }${facts.sharing ?? `${count(rows.train)} train, ${count(rows.validation)} validate and ${count(rows.test)} test. Scaling and imputation were fitted on the training rows alone.`}${repeated > 0 ? ` ${counted(repeated, 'row')} repeat an earlier row.` : ''}</p>
${listOf(notices)}`,
    numbers.table(
      [
        tableOf(columns, listed.slice(0, mostColumns)),
        listed.length > mostColumns &&
          html`<details><summary>The other ${count(listed.length - mostColumns)} columns</summary>${tableOf(columns, listed.slice(mostColumns))}</details>`,
      ],
      html`Columns of ${file} over all its rows, and what became of each.${listed.length > mostColumns ? ` The first ${mostColumns} of ${count(listed.length)} are shown.` : ''}`,
    ),
  );
}

/** Before any score: what makes all of them doubtful. */
export function doubts({ notices, summary }: DataFacts): Part[] {
  return mergeNotices(notices, summary.warnings)
    .filter(({ severity }) => severity === 'critical')
    .map(({ text }) => html`<p class="problem">${text}</p>\n`);
}

function listOf(notices: string[]): Part {
  const items = (some: string[]) => html`<ul>${some.map((notice) => html`<li>${notice}</li>\n`)}</ul>`;
  if (notices.length <= mostNotices + 1) return notices.length > 0 && items(notices);
  return html`${items(notices.slice(0, mostNotices))}<details><summary>${count(notices.length - mostNotices)} more notices</summary>${items(notices.slice(mostNotices))}</details>`;
}

const columns = [
  { title: 'column' },
  { title: 'type' },
  { title: 'missing', number: true },
  { title: 'distinct', number: true },
  { title: 'values' },
  { title: 'in the model' },
];

function rowOf(column: ColumnSummary, preprocessing: Preprocessing): Part[] {
  return [
    column.name,
    column.type,
    column.missing > 0 ? count(column.missing) : '–',
    count(column.distinct),
    html`<div class="words">${valuesOf(column)} ${histogram(column)}</div>`,
    html`<div class="words">${partOf(column, preprocessing)}</div>`,
  ];
}

/** Range and mean of numbers, first and last of dates, the most frequent of others. */
function valuesOf({ numbers, dates, levels, unit }: ColumnSummary): string {
  const number = (value: number) => withUnit(figure(value), unit);
  if (dates) return `${dates.earliest} to ${dates.latest}`;
  if (numbers && numbers.min === numbers.max) return `always ${number(numbers.min)}`;
  if (numbers) return `${number(numbers.min)} to ${number(numbers.max)}, median ${number(numbers.quartiles[1])}`;
  const shown = (levels ?? []).slice(0, 4).map((level) => `${cut(level.text)} (${count(level.count)})`);
  return shown.join(', ') + ((levels?.length ?? 0) > 4 ? ' …' : '');
}

function histogram({ name, numbers }: ColumnSummary): Markup | '' {
  if (!numbers || numbers.histogram.counts.length < 2) return '';
  const { counts } = numbers.histogram;
  const most = Math.max(...counts);
  const width = 72 / counts.length;
  const bars = counts.map((rows, index) => {
    const height = rows > 0 ? Math.max(1, (17 * rows) / most) : 0;
    return html`<rect class="bars" x="${rounded(index * width)}" y="${rounded(18 - height)}" width="${rounded(Math.max(1, width - 0.7))}" height="${rounded(height)}"/>`;
  });
  return html`<span class="spark">${drawing({ width: 72, height: 18 }, `Histogram of ${name}`, bars)}</span>`;
}

function partOf({ name, missing }: ColumnSummary, { features, targets, dropped, scaling }: Preprocessing): string {
  const target = targets.find(({ column }) => column === name);
  if (target) return `target: ${targetWords(target, scaling)}`;
  const step = features.find(({ column }) => column === name);
  if (step) return stepWords(step, scaling, missing > 0);
  const left = dropped.find(({ column }) => column === name);
  return left ? `left out: ${left.reason}` : 'not used';
}

function targetWords(step: TargetStep, scaling: Preprocessing['scaling']): string {
  if (step.kind === 'classes') return `${step.classes.length} classes`;
  const { log, limits } = step;
  const kept = limits && `predictions from ${figure(limits.least)} to ${figure(limits.largest)}`;
  return [log && 'log(1 + value)', scaleWords(step, scaling), kept].filter(Boolean).join(', ');
}

/** @param gaps whether some cells were missing */
function stepWords(step: FeatureStep, scaling: Preprocessing['scaling'], gaps: boolean): string {
  switch (step.kind) {
    case 'number':
      return [encodingWords(step, scaling), ...missingWords(step.missing, gaps)].join('; ');
    case 'date':
      return [
        `days, ${encodingWords(step, scaling)}`,
        ...(step.cycles.length > 0 ? [`sine and cosine of ${step.cycles.join(' and ')}`] : []),
        ...missingWords(step.missing, gaps),
      ].join('; ');
    case 'category': {
      const levels = step.levels.slice(0, 6).map(cut);
      const more = step.levels.length > 6 ? ` and ${count(step.levels.length - 6)} more` : '';
      return `one input each: ${levels.join(', ')}${more}${step.other ? ', and one for all others' : ''}${step.missing === null || !gaps ? '' : `; missing as ${cut(step.missing)}`}`;
    }
    default:
      return `1 for ${cut(step.truth)}, 0 for ${cut(step.falsehood)}${gaps ? `; missing as ${cut(step.missing)}` : ''}`;
  }
}

function encodingWords(step: NumericStep, scaling: Preprocessing['scaling']): string {
  const { encoding } = step;
  if (encoding.kind === 'scale') return scaleWords(encoding, scaling);
  if (encoding.kind === 'quantile') {
    return `normally distributed by ${counted(encoding.quantiles.length, 'quantile')}, to ±${normalLimit} at most`;
  }
  if (encoding.kind === 'robust') return `${scaleWords(encoding)}, drawn in to ±${robustLimit} at most`;
  return `${counted(numericWidth(encoding), 'piece')} between quantiles, one input each`;
}

function scaleWords({ offset, scale }: Scale, scaling?: Preprocessing['scaling']): string {
  if (scaling === 'none' || (offset === 0 && scale === 1)) return 'as it is';
  const shift = offset < 0 ? `+ ${figure(-offset)}` : `− ${figure(offset)}`;
  return `(value ${shift}) / ${figure(scale)}`;
}

function missingWords({ value, indicator }: { value: number; indicator: boolean }, gaps: boolean): string[] {
  return [
    ...(gaps ? [`missing as ${figure(value)}`] : []),
    ...(indicator ? ['an input says where it was missing'] : []),
  ];
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
