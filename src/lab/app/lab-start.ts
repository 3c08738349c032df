/** The top of a narrow page, whose panels are out of sight: its name, the open table, and the ways to another. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** A file is to be chosen. */
    'file-ask': CustomEvent<undefined>;
  }
}

export class LabStart extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    buttons,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      h1 {
        margin: 0;
        font: var(--text);
        font-weight: 600;
        white-space: nowrap;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        color: var(--ink-light);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .purpose {
        margin: 4px 0 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { data, ownTable } = this.trainer;
    const name = data?.name ?? '';
    return html`
      <header>
        <h1>Perceptron Lab</h1>
        <span class="name" title=${name}>${name}</span>
        <button type="button" @click=${() => emit(this, 'file-ask')}>${icon('open')} ${text.data.openFile}</button>
      </header>
      ${
        ownTable
          ? nothing
          : html`<p class="purpose small light">${text.app.purpose} ${text.app.waysIn}</p>
              <lab-samples></lab-samples>`
      }
    `;
  }
}
