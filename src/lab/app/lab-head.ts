/** The page's name, what it is for, its documentation, its language, and the sheet of keys. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** The sheet of keys is asked for. */
    'shortcuts-open': CustomEvent<undefined>;
  }
}

export class LabHead extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    buttons,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      h1 {
        flex: 1;
        margin: 0;
        font: var(--text);
        font-weight: 600;
      }
      a:not(:hover) {
        text-decoration: none;
      }
      p {
        margin-top: 4px;
      }
      button.quiet {
        min-width: 28px;
        min-height: 28px;
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <header>
      <h1>Perceptron Lab</h1>
      <a class="small light" href=${text.app.docsPage} target="_blank">${text.app.docs}</a>
      <lab-language></lab-language>
      <button
        class="quiet"
        type="button"
        aria-label=${text.app.shortcuts}
        title=${text.app.shortcutsWithKey}
        aria-keyshortcuts="?"
        @click=${() => emit(this, 'shortcuts-open')}
      >
        ?
      </button>
      </header>
      <p class="small light" ?hidden=${this.trainer.ownTable}>${text.app.purpose} ${text.app.waysIn}</p>`;
  }
}
