/** Metrics side by side for the parts of the table. Training and test rows are looked at once, when the run has ended. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Metrics } from '../../train/metrics.ts';
import { figure } from '../format.ts';
import type { FinalMetrics } from '../messages.ts';
import { base } from '../styles/shared.ts';

const names: { key: keyof Metrics; label: string; title: string }[] = [
  { key: 'rmse', label: 'RMSE', title: 'Root of the mean squared error, in units of the target' },
  { key: 'mae', label: 'MAE', title: 'Mean absolute error, in units of the target' },
  { key: 'mse', label: 'MSE', title: 'Mean squared error, in squared units of the target' },
  { key: 'r2', label: 'R²', title: '1 is perfect, 0 is no better than the mean' },
];

export class LabMetrics extends LitElement {
  @property({ attribute: false }) train: Metrics | null = null;
  @property({ attribute: false }) validation: Metrics | null = null;
  @property({ attribute: false }) test: Metrics | null = null;
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
      p {
        margin-top: 4px;
      }
    `,
  ];

  override render(): TemplateResult {
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
          ${names.map(
            ({ key, label, title }) => html`<tr>
              <th scope="row" title=${title}>${label}</th>
              <td>${figure(this.validation?.[key])}</td>
              <td>${figure(this.train?.[key])}</td>
              <td>${figure(this.test?.[key])}</td>
            </tr>`,
          )}
          <tr class="baseline small">
            <th scope="row" title="RMSE of always answering with the mean of the training targets">baseline</th>
            <td>${figure(this.baseline?.validation?.rmse)}</td>
            <td>${figure(this.ended ? this.baseline?.train?.rmse : null)}</td>
            <td>${figure(this.ended ? this.baseline?.test?.rmse : null)}</td>
          </tr>
        </tbody>
      </table>
      <p class="small light" ?hidden=${this.ended}>Training and test rows are scored when the run has ended.</p>
    `;
  }
}
