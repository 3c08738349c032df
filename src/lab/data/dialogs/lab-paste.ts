/** A place for a table that somebody has on the clipboard, where pasting it anywhere on the page is not known of. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base, buttons } from '../../ui/styles/shared.ts';
import { type DataController, tablesContext } from '../controller.ts';

export class LabPaste extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;
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
    const text = this.area.value;
    this.area.value = '';
    this.empty = true;
    this.tables.openText(text);
  }
}
