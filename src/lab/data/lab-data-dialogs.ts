/** The dialogs about data: samples, pasting, and the table itself. They lie over the whole page, whatever its width. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import type { Source, TableView, Thumbnail } from '../protocol/messages.ts';
import type { TablePreview } from '../protocol/preview.ts';
import type { LegalForm } from '../protocol/settings.ts';
import type { Form } from '../shared/form.ts';
import { readingOf } from '../shared/table-source.ts';
import { Loader } from '../ui/loader.ts';
import type { DataDialog } from './controller.ts';

export class LabDataDialogs extends LitElement {
  @property() dialog: DataDialog | undefined;
  @property({ attribute: false }) thumbnails: readonly Thumbnail[] = [];
  /** The name of the sample that is open. */
  @property() sample = '';
  /** What may be read in another way; undefined for a sample. */
  @property({ attribute: false }) readable: Source | undefined;
  @property({ attribute: false }) preview: TablePreview | undefined;
  @property({ attribute: false }) data: TableView | undefined;
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();

  #loading = false;
  readonly #loader = new Loader(this);

  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** What a dialog holds is upgraded once its elements are there. */
  override updated(): void {
    if (!this.dialog || this.#loading) return;
    this.#loading = true;
    void this.#load();
  }

  async #load(): Promise<void> {
    const part = await this.#loader.load(() => import('./elements.ts'));
    part?.defineDataElements();
  }

  override render(): TemplateResult {
    const { dialog } = this;
    const line = this.#loader.line();
    return html`
      <lab-dialog .heading=${text.data.chooseSample} ?open=${dialog === 'samples'}>
        ${dialog === 'samples' ? html`<lab-gallery .thumbnails=${this.thumbnails} .current=${this.sample}></lab-gallery>${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.pasteTable} ?open=${dialog === 'paste'}>
        ${dialog === 'paste' ? html`<lab-paste></lab-paste>${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.howFileRead} ?open=${dialog === 'reading'}>
        ${dialog === 'reading' ? html`${this.#reading()}${line}` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${text.data.theData} ?open=${dialog === 'preview'} wide>
        ${dialog === 'preview' ? html`${this.#preview()}${line}` : nothing}
      </lab-dialog>
    `;
  }

  #reading(): TemplateResult | typeof nothing {
    const source = this.readable;
    if (!source || 'sample' in source) return nothing;
    return html`<lab-reading-settings .name=${source.name} .reading=${readingOf(source)}></lab-reading-settings>`;
  }

  #preview(): TemplateResult {
    return html`
      <lab-preview
        .preview=${this.preview}
        ?readable=${this.readable !== undefined}
        .data=${this.data}
        .form=${this.form}
        .applied=${this.applied}
        .changes=${this.changes}
      ></lab-preview>
      <lab-changes slot="foot" .changes=${this.changes.size} .problems=${this.form.problems.size}></lab-changes>
    `;
  }
}
