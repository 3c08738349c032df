/** The model card as a section of a report: what the model's file says of it, as `export --format card` writes it by itself. */
import { modelCard } from '../model/card/card.ts';
import type { CardPart, CardTable, Words } from '../model/card/parts.ts';
import type { ModelData } from '../model/model-data.ts';
import { count } from '../util/thousands.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { section } from './page.ts';

/** @param model as it is saved */
export function modelCardSection(model: ModelData, numbers: Numbering): Markup {
  const { summary, sections } = modelCard(model);
  return section(
    'card',
    'Model card',
    html`<p>${summary}</p>\n`,
    sections.map(({ name, heading, parts }) => [
      html`<h3>${heading}</h3>\n`,
      name === 'repeat'
        ? html`<p>By the command in the <a href="#appendix">appendix</a>, with the seeds and settings that are listed there.</p>\n`
        : parts.map((part) => partOf(part, numbers)),
    ]),
  );
}

function partOf(part: CardPart, numbers: Numbering): Part {
  switch (part.kind) {
    case 'words':
      return html`<p>${inline(part.words)}</p>\n`;
    case 'list':
      return html`<ul>${part.items.map((item) => html`<li>${unbroken(item)}</li>\n`)}</ul>\n`;
    case 'code':
      return html`<pre><code>${part.text}</code></pre>\n`;
    case 'table':
      return tablePart(part, numbers);
  }
}

/** Rows that are shown before the rest goes into a drawer, as in the section of the data. */
const mostRows = 30;

function tablePart(table: CardTable, numbers: Numbering): Part {
  const columns = columnsOf(table);
  const rows = table.rows.map(cellsOf);
  const more = rows.length - mostRows;
  if (more <= 0) return numbers.table(tableOf(columns, rows), unbroken(table.caption));
  return numbers.table(
    [
      tableOf(columns, rows.slice(0, mostRows)),
      html`<details><summary>The other ${count(more)}</summary>${tableOf(columns, rows.slice(mostRows))}</details>`,
    ],
    `${unbroken(table.caption)} The first ${mostRows} of ${count(rows.length)} are shown.`,
  );
}

function columnsOf({ columns, numbersFrom = columns.length }: CardTable) {
  return columns.map((title, index) => ({ title, number: index >= numbersFrom }));
}

/** Cells that hold more than a word or two want room. */
const longCell = 24;

const cellsOf = (row: readonly Words[]): Part[] =>
  row.map((words, index) => {
    const long = index > 0 && (typeof words !== 'string' || words.length > longCell);
    return long ? html`<div class="words">${inline(words)}</div>` : inline(words);
  });

function inline(words: Words): Part {
  if (typeof words === 'string') return unbroken(words);
  return words.map((part) => (typeof part === 'string' ? unbroken(part) : html`<code>${part.code}</code>`));
}

const unbroken = (text: string) => text.replaceAll(' %', '\u00a0%');
