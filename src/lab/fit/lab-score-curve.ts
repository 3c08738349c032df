/** How the best model has become better: its score over seconds. */
import { html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { FitProgress } from '../../fit/fit.ts';
import type { Task } from '../../spec/answers.ts';
import type { Drawn, LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { fitText } from '../i18n/en/later/fit.ts';
import { text } from '../i18n/text.ts';
import { figure } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { drawScoreCurve } from './curve-drawing.ts';
import { comparedLabel, comparedScore } from './view.ts';

export class LabScoreCurve extends LitElement {
  @property({ attribute: false }) progress: readonly FitProgress[] = [];
  @property() task: Task = 'regression';
  /** Where the axis ends: the budget, or what it took. */
  @property({ type: Number }) seconds = 60;

  @query('lab-plot') private plot!: LabPlot;

  static override styles = [base, viewStyles];

  override render(): TemplateResult {
    const known = this.#known();
    const score = comparedLabel(this.task);
    return html`
      <header>
        <span class="key light">${fitText().overTime}</span>
        <lab-table
          .caption=${fitText().overTime}
          .head=${[fitText().secondsAxis, score, fitText().networks]}
          .rows=${() => known.map(({ seconds, metrics, networks }) => [Number(seconds.toFixed(1)), comparedScore(metrics), networks])}
          plot="best-model-score"
          apart
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary()}
          .of=${[this.progress, this.seconds, this.task]}
          .draw=${(surface: Surface) => this.#draw(surface)}
        ></lab-plot>
      </div>
    `;
  }

  #draw(surface: Surface): Drawn {
    const known = this.#known();
    const curve = {
      seconds: known.map(({ seconds }) => seconds),
      scores: known.map(({ metrics }) => comparedScore(metrics) ?? Number.NaN),
      linear: comparedScore(known.at(-1)?.linear),
      end: Math.max(this.seconds, known.at(-1)?.seconds ?? 0),
    };
    return drawScoreCurve(surface, curve, {
      seconds: fitText().secondsAxis,
      score: comparedLabel(this.task),
      model: text.views.model,
      linear: fitText().linearEnd,
    });
  }

  #known(): FitProgress[] {
    return this.progress.filter(({ metrics }) => metrics);
  }

  #summary(): string {
    const known = this.#known();
    const metric = comparedLabel(this.task);
    if (known.length === 0) return fitText().curveEmpty(metric);
    const [first, last] = [known[0], known[known.length - 1]];
    return fitText().curveSummary({
      metric,
      first: figure(comparedScore(first.metrics)),
      last: figure(comparedScore(last.metrics)),
      linear: figure(comparedScore(last.linear)),
    });
  }
}
