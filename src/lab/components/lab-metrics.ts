/** Metrics side by side for the parts of the table. Training and test rows are looked at once, when the run has ended. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Task } from '../../data/dataset.ts';
import type { ClassMetrics } from '../../train/class-metrics.ts';
import type { EpochMetrics } from '../../train/metrics.ts';
import { figure } from '../format.ts';
import type { FinalMetrics } from '../messages.ts';
import { baselineWords, scoreAt, scoresOf } from '../scores.ts';
import { base } from '../styles/shared.ts';

/** A matrix of more classes than this does not fit here. */
const mostConfused = 6;

export class LabMetrics extends LitElement {
  @property() task: Task = 'regression';
  @property({ attribute: false }) train: EpochMetrics | null = null;
  @property({ attribute: false }) validation: EpochMetrics | null = null;
  @property({ attribute: false }) test: EpochMetrics | null = null;
  @property({ attribute: false }) baseline: FinalMetrics | null = null;
  /** Whether the run has ended. */
  @property({ type: Boolean }) ended = false;

  static override styles = [
    base,
    css`
      table {
        width: 100%;
        table-layout: fixed;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 4px 0;
        text-align: right;
        font-weight: 400;
      }
      thead th {
        font: var(--label);
        border-bottom: 1px solid var(--hairline);
      }
      th:first-child {
        width: 56px;
        text-align: left;
      }
      tbody th,
      .train {
        color: var(--ink-light);
      }
      .validation {
        color: var(--validation-text);
      }
      .test {
        color: var(--test-text);
      }
      td {
        color: var(--ink);
      }
      tr.baseline > * {
        border-top: 1px solid var(--hairline);
        color: var(--ink-light);
      }
      .confusion {
        margin-top: 12px;
      }
      .confusion th {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      caption.small {
        text-align: left;
      }
      p {
        margin-top: 4px;
      }
    `,
  ];

  override render(): TemplateResult {
    const scores = scoresOf(this.task);
    const [first] = scores;
    return html`
      <table>
        <caption class="unseen">
          Metrics
        </caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="validation">validation</th>
            <th scope="col" class="train">training</th>
            <th scope="col" class="test">test</th>
          </tr>
        </thead>
        <tbody>
          ${scores.map(
            (score) => html`<tr>
              <th scope="row" title=${score.title}>${score.label}</th>
              <td>${figure(scoreAt(this.validation, score))}</td>
              <td>${figure(scoreAt(this.train, score))}</td>
              <td>${figure(scoreAt(this.test, score))}</td>
            </tr>`,
          )}
          <tr class="baseline small">
            <th scope="row" title="${first.label} of ${baselineWords(this.task)}">baseline</th>
            <td>${figure(scoreAt(this.baseline?.validation, first))}</td>
            <td>${figure(this.ended ? scoreAt(this.baseline?.train, first) : null)}</td>
            <td>${figure(this.ended ? scoreAt(this.baseline?.test, first) : null)}</td>
          </tr>
        </tbody>
      </table>
      ${this.#confusion()}
      <p class="small light" ?hidden=${this.ended}>Training and test rows are scored when the run has ended.</p>
    `;
  }

  /** Of the validation rows, or the training rows where there are none, once the run has ended. */
  #confusion(): TemplateResult | typeof nothing {
    const own = confusionOf(this.validation ?? this.train);
    if (!this.ended || !own || own.classes.length > mostConfused) return nothing;
    const set = this.validation ? 'validation' : 'training';
    return html`<table class="confusion">
      <caption class="small light">
        Rows of the ${set} set by actual and, across, predicted class
      </caption>
      <thead>
        <tr>
          <td></td>
          ${own.classes.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${own.confusion.map(
          (counts, index) =>
            html`<tr>
              <th scope="row">${own.classes[index]}</th>
              ${counts.map((count) => html`<td>${count}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

function confusionOf(metrics: EpochMetrics | null): ClassMetrics | undefined {
  return metrics && 'confusion' in metrics ? (metrics as ClassMetrics) : undefined;
}
