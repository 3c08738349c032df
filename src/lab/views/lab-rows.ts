/** The rows behind a part of a plot, as the table has them: the first hundred, and of how many. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import type { RowsView } from '../protocol/views.ts';
import { type Cell, columnText, count, isNumeric } from '../shared/format.ts';
import { Query, type QueryClient } from '../trainer/query.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { ChosenRows } from './lab-views.ts';

declare global {
  interface HTMLElementEventMap {
    /** The rows are not to be shown any longer. */
    'rows-close': CustomEvent<undefined>;
  }
}

const mostRows = 100;
const digits = 6;

export class LabRows extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  @property({ attribute: false }) chosen: ChosenRows | undefined;

  readonly #asking = new Query(this);
  #seen: Query['answer'];

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        max-height: 45%;
        margin-top: 4px;
        border-top: 1px solid var(--hairline);
      }
      :host([hidden]) {
        display: none;
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        font: var(--label);
      }
      h3 {
        flex: 1;
        margin: 0;
        font: inherit;
        overflow-wrap: anywhere;
      }
      .scroll {
        overflow: auto;
        scrollbar-width: thin;
      }
      table {
        width: max-content;
        border-collapse: collapse;
        font: var(--label);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      th,
      td {
        padding: 2px 16px 2px 0;
        text-align: left;
        font-weight: 400;
      }
      .number {
        text-align: right;
      }
      th {
        position: sticky;
        top: 0;
        max-width: 160px;
        background: var(--paper);
        color: var(--ink-light);
        vertical-align: bottom;
        white-space: normal;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('chosen')) return;
    this.#asking.forget();
    if (!this.chosen) return;
    void this.#asking.start(this.asker, { kind: 'rows', places: this.chosen.places.slice(0, mostRows) });
  }

  /** On a narrow page the list may be below what is seen. */
  override updated(): void {
    if (this.#seen === this.#asking.answer) return;
    this.#seen = this.#asking.answer;
    if (this.#seen) this.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult | typeof nothing {
    const { chosen } = this;
    if (!chosen) return nothing;
    const { answer } = this.#asking;
    const shown = count(Math.min(mostRows, chosen.places.length));
    const title = text.views.rowsBehind({ what: chosen.what, shown, rows: count(chosen.places.length) });
    return html`
      <header>
        <h3>${title}</h3>
        <button class="quiet" type="button" aria-label=${text.common.close} @click=${() => emit(this, 'rows-close')}>
          ${icon('close')}
        </button>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        ${answer?.kind === 'rows' ? this.#table(answer.rows, chosen) : nothing}
      </div>
    `;
  }

  #table({ columns, rows }: RowsView, { more }: ChosenRows): TemplateResult {
    const all: { name: string; cells: Cell[] }[] = [
      { name: text.views.rowNumber, cells: rows.map(({ number }) => number) },
      ...more.map(({ name, values }) => ({ name, cells: values.slice(0, mostRows) })),
      ...columns.map((name, index) => ({ name, cells: rows.map(({ cells }) => cells[index]) })),
    ];
    const written = all.map(({ name, cells }) => ({
      name,
      texts: columnText(cells, digits, true),
      side: isNumeric(cells) ? 'number' : '',
    }));
    return html`<table>
      <thead>
        <tr>
          ${written.map(({ name, side }) => html`<th scope="col" class=${side}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((_, row) => html`<tr>${written.map(({ texts, side }) => html`<td class=${side}>${texts[row]}</td>`)}</tr>`)}
      </tbody>
    </table>`;
  }
}
