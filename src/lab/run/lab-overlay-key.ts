/** The names of the runs that are drawn behind the current one, each with its line. */

import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { dashes, type Incomparable, type Overlay, overlayColours } from '../charts/overlays.ts';
import { text } from '../i18n/text.ts';
import { contentsChanged } from '../ui/equality.ts';
import { base } from '../ui/styles/shared.ts';

export class LabOverlayKey extends LitElement {
  @property({ attribute: false }) overlays: readonly Overlay[] = [];

  /** Chosen, but of another table, target or loss. */
  @property({ attribute: false, hasChanged: contentsChanged }) incomparable: readonly Incomparable[] = [];

  /** Whether it is said elsewhere what the lines are. */
  @property({ type: Boolean }) bare = false;

  static override styles = [
    base,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        list-style: none;
        font: var(--label);
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (this.overlays.length === 0 && this.incomparable.length === 0) return nothing;
    return html`${this.#drawn()}${this.incomparable.map(({ name, difference }) => html`<p class="small light">${text.run.notDrawn[difference](name)}</p>`)}`;
  }

  #drawn(): TemplateResult | typeof nothing {
    if (this.overlays.length === 0) return nothing;
    return html`<ul aria-label=${text.run.runsBehind}>
      ${this.bare ? nothing : html`<li class="light">${text.run.behindValidationLoss}</li>`}
      ${this.overlays.map(
        ({ name, slot, seeds }) => html`<li .style="color: var(--run-${overlayColours[slot] + 1})">
          <svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
            ${svg`<path d="M0 4h24" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray=${dashes[slot].join(' ')} />`}
          </svg>
          <span>${seeds > 1 ? text.run.overlayOfSeeds({ name, seeds }) : name}</span>
        </li>`,
      )}
    </ul>`;
  }
}
