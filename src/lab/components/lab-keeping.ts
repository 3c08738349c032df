/** How much is kept in this browser, whether it stays, and what was done where there was no room. */
import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { KeepingState, Trouble } from '../keeping/kept.ts';
import { mostBytes } from '../keeping/tables.ts';
import { inLanguage } from '../language.ts';
import { bytesWords } from '../memory.ts';
import { base, buttons } from '../styles/shared.ts';

/** @event keep-lasting The browser is asked to keep everything until it is cleared by hand. */
export class LabKeeping extends LitElement {
  @property({ attribute: false }) keeping: KeepingState | undefined;

  static override styles = [
    base,
    buttons,
    css`
      button {
        margin-left: -6px;
      }
      .trouble {
        margin-bottom: 4px;
        padding-left: 12px;
        border-left: 3px solid var(--error);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (!this.keeping) return nothing;
    const { lasting, usage, quota, persisted, trouble } = this.keeping;
    if (!lasting) {
      return html`<p class="small light" id="kept">
        ${msg('This browser keeps nothing for this page, as in a private window: runs are gone when it is closed.')}
      </p>`;
    }
    const room =
      usage === null || quota === null
        ? msg('Kept in this browser.')
        : msg(str`Kept in this browser: ${bytesWords(usage)} of ${bytesWords(quota)} used.`);
    return html`${trouble ? html`<p class="trouble small" role="status">${inWords(trouble)}</p>` : nothing}
      <p class="small light number" id="kept">
        ${room}
        ${persisted ? msg('It stays until it is cleared by hand.') : msg('The browser may clear it where its disk is short.')}
      </p>
      ${
        persisted === false
          ? html`<button class="quiet small" type="button" @click=${this.#ask}>${msg('Ask it to keep everything')}</button>`
          : nothing
      }`;
  }

  #ask(): void {
    this.dispatchEvent(new CustomEvent('keep-lasting', { bubbles: true, composed: true }));
  }
}

function inWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'dropped':
      return trouble.models === 1
        ? msg('The disk is full: the oldest model that is not pinned was dropped. Its results stay.')
        : msg(
            str`The disk is full: the ${trouble.models} oldest models that are not pinned were dropped. Their results stay.`,
          );
    case 'full':
      return msg(
        'The disk is full and there is no model left to drop: this run goes on, but is not kept. Unpin or delete runs, or save the model as a file.',
      );
    case 'table':
      return msg(
        str`${trouble.name} (${bytesWords(trouble.bytes)}) is over the ${bytesWords(mostBytes)} that are kept of tables: open it again after a reload.`,
      );
    case 'failed':
      return msg(
        str`Runs cannot be kept just now: ${inLanguage(trouble.message).replace(/\.$/, '')}. Training goes on.`,
      );
  }
}
