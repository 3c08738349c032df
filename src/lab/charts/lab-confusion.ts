/** Actual against predicted classes as a table whose cells are the darker the larger their share of the row. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { shortNames } from './clip.ts';
import { markStyles } from './marks.ts';
import { fullCell, paletteOf } from './palette.ts';
import type { Still } from './pen.ts';
import { TipController } from './tip-controller.ts';

/** Of a name beside the table. */
const mostLetters = 17;

declare global {
  interface HTMLElementEventMap {
    /** A cell was chosen. */
    'cell-pick': CustomEvent<{ actual: number; predicted: number }>;
  }
}

export class LabConfusion extends LitElement {
  @property({ attribute: false }) classes: string[] = [];
  /** [actual][predicted] rows; zeros before there are predictions. */
  @property({ attribute: false }) counts: number[][] = [];
  /** Whether a cell can be chosen. */
  @property({ type: Boolean }) picks = false;
  /** The cell of the row that is selected. */
  @property({ attribute: false }) selected: { actual: number; predicted: number } | undefined;
  /** What the table holds, in words. */
  @property() summary = '';

  readonly #tip = new TipController(this);

  static override styles = [
    base,
    markStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: auto;
        display: flex;
        container-type: size;
      }
      table {
        margin: auto;
        border-collapse: separate;
        border-spacing: 3px;
        font-variant-numeric: tabular-nums;
      }
      th {
        padding: 2px 8px;
        font-weight: 400;
        max-width: 140px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      th[scope='row'] {
        text-align: right;
      }
      th.axis {
        max-width: none;
        font: var(--label);
        color: var(--ink-light);
      }
      td {
        /* As large as the box allows, names of rows and columns left out. */
        --fit: calc(min((100cqi - 170px) / var(--count), (100cqb - 34px) / var(--count)) - 3px);
        width: clamp(22px, var(--fit), 96px);
        min-width: clamp(22px, var(--fit), 96px);
        height: clamp(22px, var(--fit), 96px);
        padding: 0;
        text-align: center;
        border-radius: 2px;
        background: color-mix(in oklab, var(--cell) calc(var(--share) * ${100 * fullCell}%), var(--paper));
        box-shadow: inset 0 0 0 1px var(--hairline);
        color: var(--ink);
      }
      @container (max-width: 480px) {
        table {
          border-spacing: 2px;
        }
        th {
          padding: 1px 2px;
          max-width: 72px;
        }
        th.axis {
          white-space: normal;
        }
        td {
          --fit: calc(min((100cqi - 84px) / var(--count), (100cqb - 44px) / var(--count)) - 2px);
          font: var(--label);
        }
      }
      td button {
        width: 100%;
        height: 100%;
        padding: 0;
        border: 0;
        border-radius: 2px;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      td button:hover {
        box-shadow: inset 0 0 0 2px var(--ink);
      }
      td.chosen {
        outline: 3px solid var(--accent);
        outline-offset: 1px;
      }
      td.none {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    const names = shortNames(this.classes, mostLetters);
    return html`<table .style="--count: ${Math.max(1, this.classes.length)}" aria-label=${this.summary}>
      <thead>
        <tr>
          <th class="axis" scope="col">${text.results.actualPredicted}</th>
          ${this.classes.map((name, index) => this.#heading(name, names[index], 'col'))}
        </tr>
      </thead>
      <tbody>
        ${this.counts.map((row, actual) => this.#row(row, actual, names[actual]))}
      </tbody>
    </table>
    ${this.#tip.render()}`;
  }

  /** A name that is shortened is whole where it is pointed at, or has the focus. */
  #heading(whole: string, name: string, scope: 'row' | 'col'): TemplateResult {
    if (name === whole) return html`<th scope=${scope}>${name}</th>`;
    const show = (event: Event) => this.#tip.show(event, [whole]);
    return html`<th scope=${scope} aria-label=${whole} tabindex="0" @pointerenter=${show} @focus=${show} @pointerleave=${this.#hide} @blur=${this.#hide}>
      ${name}
    </th>`;
  }

  readonly #hide = (): void => this.#tip.hide();

  #cellLines(actual: number, predicted: number, share: number, selected: boolean): string[] {
    return [
      text.views.actual(this.classes[actual]),
      text.views.predicted(this.classes[predicted]),
      text.views.rowsAndShare({ rows: count(this.counts[actual][predicted]), share: `${Math.round(100 * share)} %` }),
      ...(selected ? [text.views.selectedHere] : []),
    ];
  }

  /** As a drawing, to be saved. */
  async still(): Promise<Still> {
    const { confusionStill } = await import('./confusion-drawing.ts');
    return confusionStill(paletteOf(this), this.classes, this.counts);
  }

  #row(row: number[], actual: number, name: string): TemplateResult {
    const all = row.reduce((sum, rows) => sum + rows, 0);
    const cell = (rows: number, predicted: number) => {
      const share = all > 0 ? rows / all : 0;
      const colour = predicted === actual ? 'var(--model)' : 'var(--error)';
      const selected = this.selected?.actual === actual && this.selected.predicted === predicted;
      const lines = this.#cellLines(actual, predicted, share, selected);
      const show = (event: Event) => this.#tip.show(event, lines);
      const pick = () => emit(this, 'cell-pick', { actual, predicted });
      return html`<td
        class="${rows === 0 ? 'none' : ''} ${selected ? 'chosen' : ''}"
        .style="--cell: ${colour}; --share: ${share.toFixed(2)}"
        @pointerenter=${show}
        @focusin=${show}
        @pointerleave=${this.#hide}
        @focusout=${this.#hide}
      >
        ${
          this.picks && rows > 0
            ? html`<button type="button" aria-label=${lines.join(', ')} @click=${pick}>${count(rows)}</button>`
            : count(rows)
        }
      </td>`;
    };
    return html`<tr>
      ${this.#heading(this.classes[actual], name, 'row')}
      ${row.map(cell)}
    </tr>`;
  }
}
