/** What was just deleted, and the way back. Stays until it is dismissed: nobody has to hurry. */
import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { base, buttons } from '../styles/shared.ts';

/**
 * @event undo What was deleted comes back.
 * @event undo-dismiss It stays deleted.
 */
export class LabUndo extends LitElement {
  /** What was deleted; empty where nothing was. */
  @property() name = '';
  /** Where the keyboard goes on when this is over. */
  @property({ attribute: false }) back: () => HTMLElement | null = () => null;

  static override styles = [
    base,
    buttons,
    css`
      div {
        position: fixed;
        z-index: 15;
        bottom: calc(16px + env(safe-area-inset-bottom));
        left: 50%;
        display: flex;
        align-items: center;
        gap: 8px;
        max-width: calc(100vw - 32px);
        padding: 4px 8px 4px 16px;
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        transform: translateX(-50%);
      }
      @media (max-width: 899px) {
        div {
          bottom: calc(72px + env(safe-area-inset-bottom));
        }
      }
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div role="status" ?hidden=${!this.name}>
      ${
        this.name
          ? html`<p>${msg(str`Deleted ${this.name}.`)}</p>
              <button id="undo" class="quiet" type="button" @click=${() => this.#say('undo')}>${msg('Undo')}</button>
              <button class="quiet" type="button" aria-label=${msg('Dismiss')} @click=${() => this.#say('undo-dismiss')}>${icon('close')}</button>`
          : nothing
      }
    </div>`;
  }

  /** The button that was pressed is gone with its row: the keyboard goes on here. */
  override updated(changed: PropertyValues<this>): void {
    if (changed.has('name') && this.name) this.renderRoot.querySelector<HTMLElement>('#undo')?.focus();
  }

  /** Here nothing is left. */
  focusAfter(): HTMLElement | null {
    return this.back();
  }

  #say(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}
