/** A column's distribution, small: a histogram of numbers and dates, bars of the most frequent values otherwise. */
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ColumnPreview } from '../protocol/preview.ts';
import { base } from '../ui/styles/shared.ts';
import { distributionWords, endsWords } from './column-text.ts';

const width = 132;
const height = 32;

export class LabDistribution extends LitElement {
  @property({ attribute: false }) column!: ColumnPreview;

  static override styles = [
    base,
    css`
      svg {
        display: block;
        width: 100%;
        height: ${height}px;
        border-bottom: 1px solid var(--border);
      }
      rect {
        fill: var(--points);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        font: var(--label);
        color: var(--ink-light);
        font-variant-numeric: tabular-nums;
      }
      .ends span {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .ends span:last-child {
        flex: none;
      }
    `,
  ];

  override render(): TemplateResult {
    const { bars, range } = this.column;
    const most = Math.max(1, ...bars);
    // Values are told apart by gaps, the bins of a histogram are not; a few values have bars no wider than these.
    const slot = range ? width / Math.max(1, bars.length) : Math.min(24, width / Math.max(1, bars.length));
    const gap = range ? 0.5 : 3;
    const [left, right] = endsWords(this.column);
    return html`<svg
        role="img"
        aria-label=${distributionWords(this.column)}
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
      >
        ${bars.map((rows, index) => {
          const tall = rows > 0 ? Math.max(1, (rows / most) * (height - 2)) : 0;
          return svg`<rect x=${index * slot} y=${height - tall} width=${Math.max(0.5, slot - gap)} height=${tall} />`;
        })}
      </svg>
      <div class="ends"><span title=${left}>${left}</span><span>${right}</span></div>`;
  }
}
