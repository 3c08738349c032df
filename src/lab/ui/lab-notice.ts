/** What went wrong, above the charts where the results are out of sight, with one way on. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base, buttons } from './styles/shared.ts';

/** @event notice-action The way on was taken. */
export class LabNotice extends LitElement {
  @property() words = '';
  /** Label of the way on; empty where there is none. */
  @property() action = '';

  static override styles = [
    base,
    buttons,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
        margin-bottom: 12px;
        padding: 8px 12px;
        border-left: 3px solid var(--error);
        background: var(--error-wash);
      }
      p {
        flex: 1 1 320px;
        overflow-wrap: anywhere;
      }
      button {
        border-color: var(--error-text);
        color: var(--error-text);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (!this.words) return nothing;
    return html`<div>
      <p>${this.words}</p>
      ${
        this.action
          ? html`<button
              type="button"
              @click=${() => this.dispatchEvent(new CustomEvent('notice-action', { bubbles: true, composed: true }))}
            >
              ${this.action}
            </button>`
          : nothing
      }
    </div>`;
  }
}
