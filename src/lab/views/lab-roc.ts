/** What two classes cost each other: hits against false alarms at every threshold, and at the one that is chosen. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { rocPoint } from '../../model/roc.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';
import type { RocView } from '../protocol/views.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { base, fields } from '../ui/styles/shared.ts';
import { keyBelow, viewStyles } from '../ui/styles/view.ts';
import { drawRoc } from './drawings/roc-drawing.ts';

export class LabRoc extends LitElement {
  @property({ attribute: false }) roc: RocView | null = null;
  /** The class whose probability is held against the threshold. */
  @property() positive = '';
  @property() standing = '';

  @state() private threshold = 0.5;
  @query('lab-plot') private plot!: LabPlot;

  static override styles = [
    base,
    fields,
    viewStyles,
    keyBelow,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      input[type='range'] {
        width: 120px;
      }
      output {
        min-width: 32px;
        color: var(--ink);
      }
      @media (max-width: 899px) {
        .key {
          min-height: 32px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const rows = this.roc?.set === 'train' ? text.common.trainingRows : text.common.validationRows;
    return html`
      <header>
        <div class="key number">
          <span class="mark ${this.roc?.set ?? ''}">${rows}</span>
          <span class="light">${this.#facts()}</span>
        </div>
        <label class="number">
          ${modelViewsText().threshold}
          <input
            type="range"
            min="0.01"
            max="0.99"
            step="0.01"
            .value=${String(this.threshold)}
            aria-valuetext=${[this.threshold.toFixed(2), this.#facts()].filter(Boolean).join(': ')}
            @input=${this.#move}
          />
          <output>${this.threshold.toFixed(2)}</output>
        </label>
        <lab-table
          .caption=${modelViewsText().rocOf(this.positive)}
          .head=${[modelViewsText().threshold, modelViewsText().falsePositiveRate, modelViewsText().truePositiveRate]}
          .rows=${() => this.#tableRows()}
          plot="roc"
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary()}
          .of=${[this.roc, this.threshold, this.positive]}
          .draw=${(surface: Surface) => drawRoc(surface, this.roc, this.threshold, this.positive)}
        ></lab-plot>
        <p class="empty" ?hidden=${!this.roc || !!this.roc.curve}>
          ${modelViewsText().oneClassOnly}
        </p>
      </div>
    `;
  }

  #facts(): string {
    const curve = this.roc?.curve;
    if (!curve) return '';
    const at = rocPoint(curve, this.threshold);
    const [hits, alarms] = [curve.true_positive[at], curve.false_positive[at]].map(
      (share) => `${Math.round(100 * share)} %`,
    );
    return modelViewsText().rocFacts({ hits, positive: this.positive, alarms });
  }

  #summary(): string {
    if (!this.roc?.curve) return modelViewsText().noRocYet;
    const { auc, positives, negatives } = this.roc.curve;
    return modelViewsText().rocSummary({
      positive: this.positive,
      standing: this.standing,
      auc: figure(auc),
      positives: count(positives),
      negatives: count(negatives),
      threshold: this.threshold.toFixed(2),
      facts: this.#facts(),
    });
  }

  #tableRows(): Cell[][] {
    const curve = this.roc?.curve;
    if (!curve) return [];
    const { thresholds, false_positive, true_positive } = curve;
    return Array.from(thresholds, (threshold, at) => [threshold, false_positive[at], true_positive[at]]);
  }

  #move(event: Event): void {
    this.threshold = Number((event.target as HTMLInputElement).value);
  }
}
