/**
 * A dialog with a title and a way out, modal: the rest of the page, its single-key commands included, waits. Where the page
 * is narrow it is a sheet as large as the screen.
 */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { emit } from './emit.ts';
import { icon } from './icons.ts';
import { showModal } from './modal.ts';
import { base, buttons, dialogs } from './styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** The person is done with it: Escape, its button, or a press beside it. */
    'dialog-close': CustomEvent<undefined>;
  }
}

export class LabDialog extends LitElement {
  @property({ type: Boolean, reflect: true }) open = false;
  /** What stands on top. */
  @property() heading = '';
  /** As wide as a table needs. */
  @property({ type: Boolean, reflect: true }) wide = false;

  /** As large as the page. */
  @property({ type: Boolean, reflect: true }) full = false;

  @query('dialog') private dialog!: HTMLDialogElement;
  /** Whether the pointer went down beside the dialog. */
  #beside = false;

  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      :host {
        display: contents;
      }
      dialog {
        display: none;
        flex-direction: column;
        width: min(640px, calc(100vw - 48px));
        max-width: none;
        max-height: calc(100dvh - 48px);
        padding: 0;
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
      }
      :host([wide]) dialog {
        width: min(1200px, calc(100vw - 48px));
      }
      :host([full]) dialog {
        width: calc(100vw - 48px);
        height: calc(100dvh - 48px);
      }
      header {
        display: flex;
        flex: none;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
        padding: 16px 16px 8px 24px;
      }
      header button {
        width: 32px;
        padding: 0;
      }
      .body {
        position: relative;
        flex: 1;
        min-height: 0;
        padding: 0 24px 20px;
        overflow-y: auto;
      }
      ::slotted([slot='foot']) {
        flex: none;
      }
      @media (max-width: 899px) {
        dialog,
        :host([wide]) dialog,
        :host([full]) dialog {
          width: 100vw;
          height: 100dvh;
          max-height: none;
          margin: 0;
          border-radius: 0;
        }
        header {
          padding: 12px 8px 8px 16px;
        }
        .body {
          padding: 0 16px 16px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="heading"
      @close=${this.#closed}
      @pointerdown=${this.#pressed}
      @click=${this.#released}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button class="quiet" type="button" aria-label=${text.common.close} @click=${() => this.dialog.close()}>
          ${icon('close')}
        </button>
      </header>
      <div class="body"><slot></slot></div>
      <slot name="foot"></slot>
    </dialog>`;
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('open')) return;
    if (this.open) showModal(this.dialog);
    else if (this.dialog.open) this.dialog.close();
  }

  /** On the backdrop it is on the dialog itself, outside of all that is in it. */
  #pressed(event: PointerEvent): void {
    this.#beside = event.composedPath()[0] === this.dialog;
  }

  /** What was pressed inside and let go beside, such as a selection of text, ends on the dialog itself too. */
  #released(event: MouseEvent): void {
    if (this.#beside && event.composedPath()[0] === this.dialog) this.dialog.close();
    this.#beside = false;
  }

  #closed(): void {
    if (this.open) emit(this, 'dialog-close');
  }
}
