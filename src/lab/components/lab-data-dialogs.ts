/** The dialogs about data: samples, pasting, and the table itself. They lie over the whole page, whatever its width. */
import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { DataDialog } from '../data-controller.ts';
import type { Thumbnail } from '../messages.ts';

/** @event dialog-close (of lab-dialog) The person is done with it. */
export class LabDataDialogs extends LitElement {
  @property() dialog: DataDialog | undefined;
  @property({ attribute: false }) thumbnails: readonly Thumbnail[] = [];
  /** The name of the sample that is open. */
  @property() sample = '';

  static override styles = css`
    :host {
      display: contents;
    }
  `;

  override render(): TemplateResult {
    const { dialog } = this;
    return html`
      <lab-dialog .heading=${msg('Samples')} ?open=${dialog === 'samples'}>
        ${dialog === 'samples' ? html`<lab-gallery .thumbnails=${this.thumbnails} .current=${this.sample}></lab-gallery>` : nothing}
      </lab-dialog>
      <lab-dialog .heading=${msg('Paste a table')} ?open=${dialog === 'paste'}>
        ${dialog === 'paste' ? html`<lab-paste></lab-paste>` : nothing}
      </lab-dialog>
    `;
  }
}
