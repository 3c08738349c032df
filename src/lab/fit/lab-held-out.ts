/** How the best model answers held-out rows: predicted against actual, or who is taken for whom. */
import { html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { drawPairs } from '../charts/fit-drawing.ts';
import type { LabConfusion } from '../charts/lab-confusion.ts';
import type { Drawn, LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { fitText } from '../i18n/en/later/fit.ts';
import { text } from '../i18n/text.ts';
import type { FitEnd } from '../protocol/fit.ts';
import { type Cell, count } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';

export class LabHeldOut extends LitElement {
  @property({ attribute: false }) end!: FitEnd;
  @property() target = '';

  @query('lab-plot, lab-confusion') private plot!: LabPlot | LabConfusion;

  static override styles = [base, viewStyles];

  override render(): TemplateResult {
    const { metrics } = this.end;
    if ('confusion' in metrics) {
      const { classes, confusion } = metrics;
      const right = confusion.reduce((sum, row, actual) => sum + row[actual], 0);
      const rows = confusion.flat().reduce((sum, cell) => sum + cell, 0);
      return html`
        <header>
          <span class="key light">${fitText().confusion}</span>
          <lab-table
            .caption=${fitText().confusion}
            .head=${[text.results.actualPredicted, ...classes]}
            .rows=${() => confusion.map((row, actual) => [classes[actual], ...row])}
            plot="best-model-confusion"
            apart
            .still=${() => this.plot.still()}
          ></lab-table>
        </header>
        <div class="box">
          <lab-confusion
            .classes=${classes}
            .counts=${confusion}
            .summary=${fitText().confusionSummary({ rows: count(rows), right: count(right) })}
          ></lab-confusion>
        </div>
      `;
    }
    const title = fitText().pairs(this.target);
    return html`
      <header>
        <span class="key light">${title}</span>
        <lab-table
          .caption=${title}
          .head=${[text.views.actual(this.target), text.views.predicted(this.target)]}
          .rows=${() => this.#rows()}
          plot="best-model-held-out"
          apart
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${fitText().pairsSummary({ rows: count(this.end.answers?.actual.length ?? 0), target: this.target })}
          .of=${[this.end.answers, this.target]}
          zooms=${this.target}
          .draw=${(surface: Surface) => this.#draw(surface)}
        ></lab-plot>
      </div>
    `;
  }

  #draw(surface: Surface): Drawn {
    const { actual = new Float64Array(), predicted = null } = this.end.answers ?? {};
    return drawPairs(surface, { set: 'validation', actual }, predicted, { feature: '', target: this.target });
  }

  #rows(): Cell[][] {
    const { actual, predicted } = this.end.answers ?? { actual: [], predicted: [] };
    return Array.from(actual, (value, row) => [value, predicted[row]]);
  }
}
