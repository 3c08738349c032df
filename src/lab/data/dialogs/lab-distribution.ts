/** A column's distribution, small: a histogram of numbers and dates, bars of the most frequent values otherwise. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { drawBars } from '../../charts/bars-drawing.ts';
import type { Drawn } from '../../charts/lab-plot.ts';
import type { Surface } from '../../charts/pen.ts';
import type { ColumnPreview } from '../../protocol/preview.ts';
import { base } from '../../ui/styles/shared.ts';
import { barWords, distributionWords, endsWords } from './column-text.ts';

export class LabDistribution extends LitElement {
  @property({ attribute: false }) column!: ColumnPreview;

  static override styles = [
    base,
    css`
      .box {
        position: relative;
        height: 32px;
        border-bottom: 1px solid var(--border);
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
    const [left, right] = endsWords(this.column);
    return html`<div class="box">
        <lab-plot
          .label=${distributionWords(this.column)}
          .of=${[this.column]}
          .draw=${(surface: Surface) => this.#draw(surface)}
        ></lab-plot>
      </div>
      <div class="ends"><span title=${left}>${left}</span><span>${right}</span></div>`;
  }

  #draw(surface: Surface): Drawn {
    const { bars, range } = this.column;
    const most = Math.max(1, ...bars);
    return drawBars(surface, {
      heights: bars.map((rows) => (0.94 * rows) / most),
      colour: surface.palette.points,
      // Values are told apart by gaps, the bins of a histogram are not.
      gap: range ? 0.5 : 3,
      widest: range ? undefined : 24,
      words: (bar) => barWords(this.column, bar),
    });
  }
}
