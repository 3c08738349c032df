/** What went wrong, above the charts where the results are out of sight, with one way on. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { emit } from './emit.ts';
import { base, buttons } from './styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** The way on was taken. */
    'notice-action': CustomEvent<undefined>;
  }
}

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
              @click=${() => emit(this, 'notice-action')}
            >
              ${this.action}
            </button>`
          : nothing
      }
    </div>`;
  }
}
