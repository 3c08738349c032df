/** The rows behind a part of a plot, as the table has them: the first hundred, and of how many. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import type { RowsView } from '../protocol/views.ts';
import { type Cell, columnText, count, isNumeric } from '../shared/format.ts';
import { Query, type QueryClient } from '../trainer/query.ts';
import { breakable } from '../ui/breakable.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { ChosenRows } from './selection.ts';

const mostRows = 100;
const digits = 6;

export class LabRows extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  @property({ attribute: false }) chosen: ChosenRows | undefined;
  /** The row that is marked, by its place in the table. */
  @property({ attribute: false }) selected: number | undefined;

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
        padding: 0 16px 0 0;
        text-align: left;
        font-weight: 400;
      }
      .number {
        text-align: right;
      }
      td button {
        min-height: 24px;
        padding: 0 4px;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--accent);
        font: inherit;
        font-variant-numeric: inherit;
        cursor: pointer;
      }
      tr.selected td {
        background: var(--accent-wash);
      }
      tr.selected button {
        font-weight: 600;
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
    const { what, places } = chosen;
    const shown = count(Math.min(mostRows, places.length));
    const single = places.length === 1 && places[0] === this.selected;
    const title = single ? what : text.views.rowsBehind({ what, shown, rows: count(places.length) });
    const known = answer?.kind === 'rows' ? answer.rows : undefined;
    return html`
      <header>
        <h3>${title}</h3>
        ${known ? this.#predictButton(known, chosen) : nothing}
        <button class="quiet" type="button" aria-label=${text.common.close} @click=${() => emit(this, 'rows-close')}>
          ${icon('close')}
        </button>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        ${known ? this.#table(known, chosen) : nothing}
      </div>
    `;
  }

  /** Puts the selected row into the form that predicts. */
  #predictButton({ columns, rows }: RowsView, { places }: ChosenRows): TemplateResult | typeof nothing {
    const at = this.selected === undefined ? -1 : places.indexOf(this.selected);
    if (at < 0 || at >= rows.length) return nothing;
    const { number, cells } = rows[at];
    const byColumn = Object.fromEntries(columns.map((name, index) => [name, String(cells[index] ?? '')]));
    return html`<button class="quiet" type="button" @click=${() => emit(this, 'row-predict', { cells: byColumn })}>
      ${text.views.predictRow(count(number))}
    </button>`;
  }

  #rowButton(place: number, words: string): TemplateResult {
    const on = place === this.selected;
    return html`<button
      type="button"
      aria-pressed=${on ? 'true' : 'false'}
      title=${text.views.markRow}
      @click=${() => emit(this, 'row-select', { place: on ? undefined : place })}
    >
      ${words}
    </button>`;
  }

  #table({ columns, rows }: RowsView, { more, places }: ChosenRows): TemplateResult {
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
          ${written.map(({ name, side }) => html`<th scope="col" class=${side}>${breakable(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (_, row) => html`<tr class=${places[row] === this.selected ? 'selected' : ''}>
            ${written.map(({ texts, side }, column) => html`<td class=${side}>${column === 0 ? this.#rowButton(places[row], texts[row]) : texts[row]}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
