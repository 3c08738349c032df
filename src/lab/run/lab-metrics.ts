/** Metrics side by side for the parts of the table. Training and test rows are looked at once, when the run has ended. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EpochMetrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import { text } from '../i18n/text.ts';
import type { FinalMetrics } from '../protocol/messages.ts';
import { figure } from '../shared/format.ts';
import { baselineOf, furtherScoresOf, type Score, scoreAt, suitedScoresOf } from '../shared/scores.ts';
import { base } from '../ui/styles/shared.ts';
import { MetricRows, metricStyles } from './metric-rows.ts';

export class LabMetrics extends LitElement {
  @property() task: Task = 'regression';
  @property({ attribute: false }) train: EpochMetrics | null = null;
  @property({ attribute: false }) validation: EpochMetrics | null = null;
  @property({ attribute: false }) test: EpochMetrics | null = null;
  @property({ attribute: false }) baseline: FinalMetrics | null = null;
  /** Whether the run has ended. */
  @property({ type: Boolean }) ended = false;

  readonly #rows = new MetricRows(this);

  static override styles = [
    base,
    metricStyles,
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
      tr.help td {
        padding: 0;
      }
      tr.baseline > * {
        border-top: 1px solid var(--hairline);
        color: var(--ink-light);
      }
      p {
        margin-top: 4px;
      }
      /* Keeps its place, so that nothing below moves when the run ends. */
      .note[data-ended] {
        visibility: hidden;
      }
      summary {
        margin-top: 8px;
        color: var(--ink-light);
        cursor: pointer;
      }
      details table {
        font: var(--label);
      }
    `,
  ];

  override render(): TemplateResult {
    const scores = suitedScoresOf(this.task, this.baseline?.train);
    const further = furtherScoresOf(this.task).filter(({ key }) => scores.every((score) => score.key !== key));
    const [first] = scores;
    return html`
      <table>
        <caption class="unseen">
          ${text.results.metrics}
        </caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="validation">${text.common.validation}</th>
            <th scope="col" class="train">${text.common.training}</th>
            <th scope="col" class="test">${text.results.testRows}</th>
          </tr>
        </thead>
        <tbody>
          ${scores.map((score) => this.#row(score))}
          ${this.#rows.row(
            baselineOf(this.task),
            html`<td>${figure(scoreAt(this.baseline?.validation, first))}</td>
              <td>${figure(this.ended ? scoreAt(this.baseline?.train, first) : null)}</td>
              <td>${figure(this.ended ? scoreAt(this.baseline?.test, first) : null)}</td>`,
            3,
            'baseline small',
          )}
        </tbody>
      </table>
      ${
        further.length > 0
          ? html`<details>
              <summary class="small">${text.results.moreMetrics}</summary>
              <table>
                <caption class="unseen">
                  ${text.results.moreMetrics}
                </caption>
                <tbody>
                  ${further.map((score) => this.#row(score))}
                </tbody>
              </table>
            </details>`
          : nothing
      }
      <p class="small light note" ?data-ended=${this.ended}>${text.results.scoredAtTheEnd}</p>
    `;
  }

  #row(score: Score): TemplateResult {
    const cell = (metrics: EpochMetrics | null) => {
      const text = figure(scoreAt(metrics, score));
      // Of a large target, squared: it must not run into its neighbour.
      return html`<td class=${text.length > 7 ? 'small' : ''}>${text}</td>`;
    };
    return this.#rows.row(score, html`${cell(this.validation)} ${cell(this.train)} ${cell(this.test)}`, 3);
  }
}
