/** What the model leaves unexplained, row by row, and how that is spread. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { fileRow, type RowNumbering } from '../../data/table/table.ts';
import { residuals } from '../../util/statistics/order-statistics.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';
import type { ResidualsView } from '../protocol/views.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { drawResiduals } from './drawings/residual-drawing.ts';

export class LabResiduals extends LitElement {
  @property({ attribute: false }) residuals: ResidualsView | null = null;
  @property() target = '';
  @property({ attribute: false }) numbering: RowNumbering | undefined;
  @property() standing = '';
  /** The row that is marked, by its place in the table. */
  @property({ attribute: false }) selected: number | undefined;

  @query('lab-plot') private plot!: LabPlot;

  static override styles = [
    base,
    viewStyles,
    css`
      .facts {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <header>
        <div class="key number">
          <span class="mark ${this.residuals?.set ?? ''}">${this.#rowsName()}</span>
          <span class="facts">${this.#facts()}</span>
        </div>
        <lab-table
          .caption=${modelViewsText().residualsOf(this.target)}
          .head=${[text.views.rowNumber, text.views.actual(this.target), text.views.predicted(this.target), text.views.residual]}
          .rows=${() => this.#tableRows()}
          plot="residuals"
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary()}
          .of=${[this.residuals, this.target]}
          .draw=${(surface: Surface) => drawResiduals(surface, this.residuals, this)}
          zooms=${this.target}
          .selected=${this.selected}
          picks
          @plot-pick=${this.#pick}
        ></lab-plot>
      </div>
    `;
  }

  /** The rows of a bar or a point, with what the model says of them. */
  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    if (!this.residuals || !reading.behind) return;
    const { actual, predicted, rows } = this.residuals;
    const places = reading.behind();
    const at = places.map((place) => rows.indexOf(place));
    const more = [
      { name: text.views.predicted(this.target), values: at.map((row) => predicted[row]) },
      { name: text.views.residual, values: at.map((row) => actual[row] - predicted[row]) },
    ];
    emit(this, 'rows-choose', { what: reading.lines.at(-1) ?? '', places, more });
  }

  #rowsName(): string {
    return this.residuals?.set === 'train' ? text.common.trainingRows : text.common.validationRows;
  }

  #facts(): string {
    if (!this.residuals || this.residuals.actual.length === 0) return '';
    const { actual, predicted } = this.residuals;
    const sorted = residuals(actual, predicted).sort();
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
    return modelViewsText().residualFacts({
      mean: figure(mean),
      sd: figure(sd),
      low: figure(at(0.05)),
      high: figure(at(0.95)),
    });
  }

  #summary(): string {
    if (!this.residuals) return modelViewsText().noResidualsYet;
    const rows = count(this.residuals.actual.length);
    return modelViewsText().residualsSummary({
      rows,
      rowsName: this.#rowsName(),
      target: this.target,
      standing: this.standing,
      facts: this.#facts(),
    });
  }

  #tableRows(): Cell[][] {
    if (!this.residuals) return [];
    const { actual, predicted, rows } = this.residuals;
    const left = residuals(actual, predicted);
    const number = (row: number) => (this.numbering ? fileRow(this.numbering, rows[row]) : undefined);
    return Array.from(actual, (value, row) => [number(row), value, predicted[row], left[row]]);
  }
}
