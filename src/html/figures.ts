/** Numbered figures and tables with captions, as a paper has them. One page, one count. */
import { html, type Markup, type Part } from './escape.ts';

export interface Numbering {
  /** A drawing with its caption below. */
  figure(body: Part, caption: Part, data?: Markup): Markup;
  /** A table with its caption above. */
  table(body: Part, caption: Part): Markup;
}

export function numbering(): Numbering {
  let figures = 0;
  let tables = 0;
  return {
    figure: (body, caption, data) => {
      figures += 1;
      return html`<figure id="figure-${figures}">${body}<figcaption><b>Figure ${figures}.</b> ${caption}</figcaption>${data}</figure>\n`;
    },
    table: (body, caption) => {
      tables += 1;
      return html`<figure class="tabular" id="table-${tables}"><figcaption><b>Table ${tables}.</b> ${caption}</figcaption>${body}</figure>\n`;
    },
  };
}

export interface Column {
  title: Part;
  /** To the right, with figures of equal width. */
  number?: boolean;
}

/** The first cell of each row is its heading. */
export function tableOf(columns: Column[], rows: Part[][], mark = -1): Markup {
  const place = (index: number) => (columns[index].number ? html` class="number"` : '');
  // What may have to be scrolled on a narrow page has to be reached by keys.
  const reach = columns.length > 2 && html` tabindex="0"`;
  return html`<div class="scroller"${reach}><table><thead><tr>${columns.map(({ title }, index) => html`<th scope="col"${place(index)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells, row) =>
      html`<tr${row === mark ? html` class="mark"` : ''}>${cells.map((cell, index) =>
        index === 0 ? html`<th scope="row"${place(index)}>${cell}</th>` : html`<td${place(index)}>${cell}</td>`,
      )}</tr>\n`,
  )}</tbody></table></div>`;
}

/** What a drawing shows, in numbers; closed until somebody asks, and not on paper. */
export function dataTable(columns: Column[], rows: Part[][], summary = 'The numbers of this figure'): Markup {
  return html`<details><summary>${summary}</summary>${tableOf(columns, rows)}</details>`;
}
