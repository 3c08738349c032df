/** How the best model answers held-out rows: predicted against actual, or who is taken for whom. */
import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { drawPairs } from '../charts/fit-drawing.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { fitText } from '../i18n/en/fit.ts';
import { text } from '../i18n/text.ts';
import type { FitEnd } from '../protocol/fit.ts';
import { count, figure } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';

const mostTableRows = 25;

export class LabHeldOut extends LitElement {
  @property({ attribute: false }) end!: FitEnd;
  @property() target = '';

  static override styles = [base, viewStyles];

  override render(): TemplateResult {
    const { metrics } = this.end;
    if ('confusion' in metrics) {
      const { classes, confusion } = metrics;
      const right = confusion.reduce((sum, row, actual) => sum + row[actual], 0);
      const rows = confusion.flat().reduce((sum, cell) => sum + cell, 0);
      return html`
        <header><span class="light">${fitText().confusion}</span></header>
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
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${fitText().pairsSummary({ rows: count(this.end.answers?.actual.length ?? 0), target: this.target })}
          .of=${[this.end.answers, this.target]}
          .draw=${(surface: Surface) => this.#draw(surface)}
        ></lab-plot>
      </div>
    `;
  }

  #draw(surface: Surface): Drawn {
    const { actual = new Float64Array(), predicted = null } = this.end.answers ?? {};
    return drawPairs(surface, { set: 'validation', actual }, predicted, { feature: '', target: this.target });
  }

  #rows(): string[][] {
    const { actual, predicted } = this.end.answers ?? { actual: [], predicted: [] };
    const every = Math.max(1, Math.ceil(actual.length / mostTableRows));
    return Array.from(actual, (value, row) => [figure(value), figure(predicted[row])]).filter(
      (_, row) => row % every === 0,
    );
  }
}
