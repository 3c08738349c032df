/** A place for a table that somebody has on the clipboard, where pasting it anywhere on the page is not known of. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { dataDialogsText } from '../i18n/en/data-dialogs.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** Text is to be opened as a table. */
    'text-open': CustomEvent<{ text: string }>;
  }
}

export class LabPaste extends LitElement {
  @state() private empty = true;
  @query('textarea') private area!: HTMLTextAreaElement;

  static override styles = [
    base,
    buttons,
    css`
      label {
        display: block;
        margin-bottom: 8px;
        font: var(--label);
        color: var(--ink-light);
      }
      textarea {
        display: block;
        width: 100%;
        height: 240px;
        padding: 8px;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--field);
        color: var(--ink);
        font: 12px / 16px ui-monospace, monospace;
        white-space: pre;
        resize: vertical;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        margin-top: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <label for="text">${dataDialogsText().pasteHelp}</label>
      <textarea id="text" spellcheck="false" autocomplete="off" @input=${this.#typed}></textarea>
      <div class="foot">
        <button class="primary" type="button" ?disabled=${this.empty} @click=${this.#open}>${dataDialogsText().trainOnIt}</button>
      </div>
    `;
  }

  /** Once the dialog is open, which first gives the focus to its own button. */
  override firstUpdated(): void {
    requestAnimationFrame(() => this.area.focus());
  }

  #typed(): void {
    this.empty = this.area.value.trim() === '';
  }

  #open(): void {
    const detail = { text: this.area.value };
    this.area.value = '';
    this.empty = true;
    emit(this, 'text-open', detail);
  }
}
