/** The sheet of keys. Single keys command the run unless somebody is typing; see `keys.ts`. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { showModal } from '../ui/modal.ts';
import { base, buttons, dialogs } from '../ui/styles/shared.ts';
import { shortcuts } from './keys.ts';

export class LabShortcuts extends LitElement {
  @query('dialog') private dialog!: HTMLDialogElement;

  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      dialog {
        width: min(400px, calc(100vw - 32px));
        padding: 20px 24px 24px;
      }
      .head {
        display: flex;
        justify-content: space-between;
        align-items: center;
        margin-bottom: 8px;
      }
      dl div {
        display: grid;
        grid-template-columns: 96px 1fr;
        gap: 12px;
        align-items: baseline;
        padding: 6px 0;
        border-top: 1px solid var(--hairline);
      }
      a {
        color: var(--accent);
      }
      p {
        margin-top: 12px;
      }
      kbd {
        padding: 1px 6px;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        font: var(--label);
      }
    `,
  ];

  /** Modal; Escape closes it and puts the focus back. */
  open(): void {
    showModal(this.dialog);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" closedby="any">
      <div class="head">
        <h2 id="title">${text.app.shortcuts}</h2>
        <button class="quiet" type="button" @click=${() => this.dialog.close()}>${text.common.close}</button>
      </div>
      <dl>
        ${shortcuts().map(
          ({ keys, words }) =>
            html`<div>
              <dt>${keys.map((key, index) => html`${index > 0 ? ' ' : ''}<kbd>${key}</kbd>`)}</dt>
              <dd>${words}</dd>
            </div>`,
        )}
      </dl>
      <p class="small"><a href="./third-party-notices.txt">${text.app.notices}</a></p>
    </dialog>`;
  }
}
