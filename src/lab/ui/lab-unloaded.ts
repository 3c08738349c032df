/** What could not be loaded, and the way on; see `loader.ts`. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { emit } from './emit.ts';
import { icon } from './icons.ts';
import { base, buttons } from './styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** It is done without, where the line lies over the page. */
    dismiss: CustomEvent<undefined>;
  }
}

export class LabUnloaded extends LitElement {
  /** Over the page rather than where the part would be. */
  @property({ type: Boolean, reflect: true }) floating = false;

  /** Says so, where it is no part of the page. */
  @property() words = '';

  /** Whether the page itself cannot be had either. */
  @state() private unreachable = false;

  static override styles = [
    base,
    buttons,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 8px 0;
      }
      p {
        flex: 1 1 200px;
        max-width: 64ch;
      }
      :host([floating]) div {
        position: fixed;
        z-index: 15;
        bottom: calc(16px + env(safe-area-inset-bottom));
        left: 50%;
        flex-wrap: nowrap;
        width: max-content;
        max-width: min(560px, calc(100vw - 32px));
        padding: 8px 8px 8px 16px;
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        transform: translateX(-50%);
      }
      @media (max-width: 899px) {
        :host([floating]) div {
          bottom: calc(72px + env(safe-area-inset-bottom));
        }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="alert">
      <p>
        ${this.words || text.app.partNotLoaded}
        ${this.unreachable ? text.app.offline : nothing}
      </p>
      <button type="button" @click=${this.#reload}>${text.app.reload}</button>
      ${
        this.floating
          ? html`<button class="quiet" type="button" aria-label=${text.common.dismiss} @click=${() => emit(this, 'dismiss')}>${icon('close')}</button>`
          : nothing
      }
    </div>`;
  }

  /** Not while that would leave nothing but the browser's own page of errors. */
  async #reload(): Promise<void> {
    this.unreachable = !(await reachable());
    if (!this.unreachable) location.reload();
  }
}

async function reachable(): Promise<boolean> {
  try {
    return (await fetch(location.href, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
