/** The table: what it is, how it is split, another one to open, the column to predict. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { type Form, type FormField, formFields, type LegalForm } from '../form.ts';
import { count, counted } from '../format.ts';
import { icon } from '../icons.ts';
import type { TableView } from '../messages.ts';
import { base, buttons } from '../styles/shared.ts';

const targetField = formFields.find(({ path }) => path === 'data.target') as FormField;

/** @event file-open A file was chosen: `{ file }`. */
export type FileOpen = CustomEvent<{ file: File }>;

export class LabData extends LitElement {
  @property({ attribute: false }) data: TableView | undefined;
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();
  /** Name of the first table, while it is being read. */
  @property() reading = '';
  /** Why the last file was not opened. */
  @property() problem = '';

  @query('input[type=file]') private picker!: HTMLInputElement;

  static override styles = [
    base,
    buttons,
    css`
      .head {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
      }
      .name {
        margin-top: 4px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .facts {
        margin-bottom: 4px;
      }
      .notice {
        margin-top: 4px;
      }
      .place {
        height: 92px;
      }
      .problem {
        margin: 4px 0;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <div class="head">
        <h2>Data</h2>
        <button class="quiet" type="button" aria-describedby="problem" @click=${() => this.picker.click()}>
          ${icon('open')} Open CSV
        </button>
        <input type="file" accept=".csv,.tsv,.txt,text/csv" hidden @change=${this.#chosen} />
      </div>
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      ${this.data ? this.#facts(this.data) : this.#place()}
    `;
  }

  /** As tall as what will stand here, so that nothing moves when it comes. */
  #place(): TemplateResult {
    return html`<div class="place">
      <p class="name">${this.reading}</p>
      <p class="small light">${this.reading ? 'Reading' : 'No table is open'}</p>
    </div>`;
  }

  #facts(data: TableView): TemplateResult {
    const { train, validation, test } = data.sets;
    return html`
      <p class="name">${data.name}</p>
      <div class="facts small light number">
        <p>${counted(data.rows, 'row')}, ${columnsInWords(data.columns)}</p>
        <p>${count(train)} to train, ${count(validation)} to validate, ${count(test)} to test</p>
        ${data.notices.map((notice) => html`<p class="notice">${notice}</p>`)}
      </div>
      <lab-field
        data-path="data.target"
        .entry=${targetField}
        .choices=${data.columns}
        .value=${this.form.data.target}
        .problem=${this.form.problems.get('data.target') ?? ''}
        ?changed=${this.changes.has('data.target')}
        .applied=${this.applied?.data.target}
      ></lab-field>
    `;
  }

  #chosen(): void {
    const file = this.picker.files?.[0];
    // The same file may be chosen again after it was mended.
    this.picker.value = '';
    if (file) {
      this.dispatchEvent(new CustomEvent('file-open', { detail: { file }, bubbles: true, composed: true }));
    }
  }
}

function columnsInWords(columns: readonly string[]): string {
  const names = columns.length <= 6 ? columns : [...columns.slice(0, 5), '…'];
  return `${counted(columns.length, 'column')}: ${names.join(', ')}`;
}
