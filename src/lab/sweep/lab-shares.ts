/** Which settings of a sweep matter: a small bar for each, as long as its share of the variance. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { restOf, type VarianceShare, wholePercent } from '../../html/variance-shares.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { labelOf } from '../i18n/language.ts';
import { base } from '../ui/styles/shared.ts';
import { fieldAt } from './draft.ts';

export class LabShares extends LitElement {
  /** Largest first; null where nothing can be said. */
  @property({ attribute: false }) shares: readonly VarianceShare[] | null = null;

  static override styles = [
    base,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 24px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        font: var(--label);
        font-variant-numeric: tabular-nums;
      }
      .track {
        width: 72px;
        height: 8px;
        background: var(--hairline);
      }
      .bar {
        height: 100%;
        background: var(--model);
      }
      .rest .bar {
        background: var(--ink-light);
      }
      @media (max-width: 899px) {
        li {
          width: 100%;
        }
        .name {
          flex: 0 1 140px;
        }
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { shares } = this;
    if (!shares) return nothing;
    return html`<p class="small light" title=${sweepText().sharesHelp}>${sweepText().shares}</p>
      <ul>
        ${shares.map(({ path, share }) => item(labelOf(fieldAt(path), 'trial'), share, ''))}
        ${item(sweepText().sharesRest, restOf(shares), 'rest')}
      </ul>`;
  }
}

function item(name: string, share: number, kind: string): TemplateResult {
  return html`<li class=${kind}>
    <span class="name">${name}</span> <span class="track"><span class="bar" .style="display: block; width: ${(100 * share).toFixed(1)}%"></span></span>
    ${wholePercent(share)}
  </li>`;
}
