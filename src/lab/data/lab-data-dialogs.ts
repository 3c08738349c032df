/** The dialogs about data: samples, pasting, and the table itself. They lie over the whole page, whatever its width. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { readingOf } from '../shared/table-source.ts';
import { LabElement } from '../ui/lab-element.ts';
import { Loader } from '../ui/loader.ts';
import { type DataController, tablesContext } from './controller.ts';

export class LabDataDialogs extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  #loading = false;
  readonly #loader = new Loader(this);

  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** What a dialog holds is upgraded once its elements are there. */
  override updated(): void {
    if (!this.tables.dialog || this.#loading) return;
    this.#loading = true;
    void this.#load();
  }

  async #load(): Promise<void> {
    const part = await this.#loader.load(() => import('./elements.ts'));
    part?.defineDataElements();
  }

  override render(): TemplateResult {
    const { dialog } = this.tables;
    const close = () => this.tables.show(undefined);
    const line = this.#loader.line();
    return html`
      <lab-dialog .heading=${text.data.chooseSample} ?open=${dialog === 'samples'} @dialog-close=${close}>
        ${dialog === 'samples' ? html`<lab-gallery></lab-gallery>${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.pasteTable} ?open=${dialog === 'paste'} @dialog-close=${close}>
        ${dialog === 'paste' ? html`<lab-paste></lab-paste>${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.howFileRead} ?open=${dialog === 'reading'} @dialog-close=${close}>
        ${dialog === 'reading' ? html`${this.#reading()}${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.theData} ?open=${dialog === 'preview'} @dialog-close=${close} wide>
        ${dialog === 'preview' ? html`${this.#preview()}${line}` : nothing}
      </lab-dialog>
    `;
  }

  #reading(): TemplateResult | typeof nothing {
    const source = this.tables.readable;
    if (!source || 'sample' in source) return nothing;
    return html`<lab-reading-settings .name=${source.name} .reading=${readingOf(source)}></lab-reading-settings>`;
  }

  #preview(): TemplateResult {
    return html`
      <lab-preview></lab-preview>
      <lab-changes slot="foot"></lab-changes>
    `;
  }
}
