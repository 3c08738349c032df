/** Actual against predicted classes as a table whose cells are the darker the larger their share of the row. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { shortNames } from './clip.ts';
import { paletteOf } from './palette.ts';
import type { Still } from './pen.ts';

/** Of a name beside the table. */
const mostLetters = 17;

export class LabConfusion extends LitElement {
  @property({ attribute: false }) classes: string[] = [];
  /** [actual][predicted] rows; zeros before there are predictions. */
  @property({ attribute: false }) counts: number[][] = [];
  /** What the table holds, in words. */
  @property() summary = '';

  static override styles = [
    base,
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
        background: color-mix(in oklab, var(--cell) var(--share), var(--paper));
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
      td.strong {
        color: var(--paper);
      }
      td.none {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    const names = shortNames(this.classes, mostLetters);
    return html`<table style="--count: ${Math.max(1, this.classes.length)}" aria-label=${this.summary}>
      <thead>
        <tr>
          <th class="axis" scope="col">${text.results.actualPredicted}</th>
          ${this.classes.map((name, index) => html`<th scope="col" title=${name} aria-label=${name}>${names[index]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${this.counts.map((row, actual) => this.#row(row, actual, names[actual]))}
      </tbody>
    </table>`;
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
      const tone = share > 0.55 ? 'strong' : rows === 0 ? 'none' : '';
      const colour = predicted === actual ? 'var(--model)' : 'var(--error)';
      return html`<td class=${tone} style="--cell: ${colour}; --share: ${Math.round(100 * share)}%">${count(rows)}</td>`;
    };
    return html`<tr>
      <th scope="row" title=${this.classes[actual]} aria-label=${this.classes[actual]}>${name}</th>
      ${row.map(cell)}
    </tr>`;
  }
}
