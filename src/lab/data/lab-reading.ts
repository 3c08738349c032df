/** A table that is being read: how far it is, and a way to stop. What is open stays until it is there. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { type DataController, type ReadingState, tablesContext } from './controller.ts';
import { readingInWords } from './data-text.ts';

export class LabReading extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;
  @property({ attribute: false }) reading!: ReadingState;

  static override styles = [
    base,
    buttons,
    css`
      .head {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 8px;
      }
      .what {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      progress {
        margin: 4px 0;
      }
    `,
  ];

  override render(): TemplateResult {
    const { name, bytes, total, preparing } = this.reading;
    const share = preparing ?? (total > 0 ? bytes / total : undefined);
    return html`
      <div class="head">
        <p class="what">${name}</p>
        <button class="quiet" type="button" @click=${this.#cancel}>${text.common.cancel}</button>
      </div>
      <progress aria-label=${text.common.reading(name)} value=${share ?? nothing} max="1"></progress>
      <p class="small light number">${readingInWords(this.reading)}</p>
    `;
  }

  #cancel(): void {
    this.tables.cancel();
  }
}
