/** What two classes cost each other: hits against false alarms at every threshold, and at the one that is chosen. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { rocPoint } from '../../model/roc.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/model-views.ts';
import { text } from '../i18n/text.ts';
import type { RocView } from '../protocol/views.ts';
import { count, figure } from '../shared/format.ts';
import { base, fields } from '../ui/styles/shared.ts';
import { keyBelow, viewStyles } from '../ui/styles/view.ts';
import { drawRoc } from './roc-drawing.ts';

const mostTableRows = 25;

export class LabRoc extends LitElement {
  @property({ attribute: false }) roc: RocView | null = null;
  /** The class whose probability is held against the threshold. */
  @property() positive = '';
  @property() standing = '';

  @state() private threshold = 0.5;

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

  #tableRows(): string[][] {
    const curve = this.roc?.curve;
    if (!curve) return [];
    const { thresholds, false_positive, true_positive } = curve;
    const every = Math.max(1, Math.ceil(thresholds.length / mostTableRows));
    return Array.from(thresholds, (threshold, at) => [
      figure(threshold),
      figure(false_positive[at]),
      figure(true_positive[at]),
    ]).filter((_, at) => at % every === 0 || at === thresholds.length - 1);
  }

  #move(event: Event): void {
    this.threshold = Number((event.target as HTMLInputElement).value);
  }
}
