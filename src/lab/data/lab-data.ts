/** The table: another one to open, what this one is and what was taken for granted, the column to predict. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { GenerateSettings } from '../../data/prepare/generate.ts';
import { mergeNotices, type Notice } from '../../data/table/notices.ts';
import type { Said } from '../../util/errors.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { TableView, Thumbnail } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { type Form, type FormField, type FormPath, formFields } from '../shared/form.ts';
import { count } from '../shared/format.ts';
import type { SampleInfo } from '../shared/samples.ts';
import { tableFiles } from '../shared/table-source.ts';
import { emit } from '../ui/emit.ts';
import { contentsChanged, itemsChanged } from '../ui/equality.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { DataDialog, ReadingState } from './controller.ts';
import { assumedInWords, columnsInWords, keptInWords, rowsInWords } from './data-text.ts';

const targetField = formFields.find(({ path }) => path === 'data.target') as FormField;
/** More are shown when they are asked for. */
const mostNotices = 2;

declare global {
  interface HTMLElementEventMap {
    /** A file was chosen. */
    'file-open': CustomEvent<{ file: File }>;
    /** A dialog about data is wanted. */
    'data-dialog': CustomEvent<{ dialog: DataDialog }>;
  }
}

export class LabData extends LitElement {
  @property({ attribute: false }) data: TableView | undefined;
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();
  /** The table that is being read. */
  @property({ attribute: false }) reading: ReadingState | undefined;
  /** The sample that is open, with the settings its formula was given. */
  @property({ attribute: false, hasChanged: contentsChanged }) sample:
    | (SampleInfo & { made?: GenerateSettings })
    | undefined;
  @property({ attribute: false }) thumbnails: readonly Thumbnail[] = [];
  /** Settings that came along from the table before. */
  @property({ attribute: false }) kept: readonly FormPath[] = [];
  /** What is doubtful about the table, where it has been looked at. */
  @property({ attribute: false, hasChanged: itemsChanged }) warnings: readonly Notice[] = [];
  /** The file that a link asks for and that has to be opened by hand; empty where none is awaited. */
  @property() awaited = '';
  /** Why the last file was not opened. */
  @property({ attribute: false }) problem: Said = '';
  /** Whether it can be read in another way. */
  @property({ type: Boolean }) readable = false;

  @query('input[type=file]') private picker!: HTMLInputElement;

  static override styles = [
    base,
    buttons,
    css`
      .head,
      .title {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 8px;
      }
      .head {
        flex-wrap: wrap;
        row-gap: 0;
      }
      .ways {
        display: flex;
        margin-left: auto;
      }
      .ways :last-child {
        margin-right: -6px;
      }
      .name {
        min-width: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .title {
        margin-top: 8px;
      }
      .title button {
        flex: none;
        margin-right: -6px;
      }
      .again {
        margin-left: -6px;
      }
      lab-reading {
        margin-top: 8px;
      }
      .facts {
        margin-bottom: 4px;
        overflow-wrap: anywhere;
      }
      .facts p + p {
        margin-top: 2px;
      }
      .place {
        height: 132px;
      }
      .problem {
        margin: 4px 0;
      }
      lab-samples {
        margin-top: 8px;
      }
      lab-notices {
        margin: 8px 0;
      }
    `,
  ];

  override render(): TemplateResult {
    const own = this.data !== undefined && !this.sample;
    return html`
      <div class="head">
        <h2>${text.common.data}</h2>
        <div class="ways">
          ${own ? html`<button class="quiet" type="button" @click=${() => this.#ask('samples')}>${text.data.chooseSample}</button>` : nothing}
          <button class="quiet" type="button" aria-describedby="problem" @click=${() => this.pick()}>
            ${text.data.openFile}
          </button>
          <button class="quiet" type="button" @click=${() => this.#ask('paste')}>${text.data.paste}</button>
        </div>
        <input type="file" accept=${tableFiles} hidden @change=${this.#chosen} />
      </div>
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${inLanguage(this.problem)}</p>
      ${
        this.problem && this.readable
          ? html`<button class="quiet again" type="button" @click=${() => this.#ask('reading')}>${text.data.readInAnotherWay}</button>`
          : nothing
      }
      ${own ? nothing : html`<lab-samples .thumbnails=${this.thumbnails} .current=${this.sample?.name ?? ''}></lab-samples>`}
      ${this.reading && this.data ? html`<lab-reading .reading=${this.reading}></lab-reading>` : nothing}
      ${this.data ? this.#facts(this.data) : this.#place()}
    `;
  }

  /** Asks for a file; on behalf of what somebody has just pressed. */
  pick(): void {
    this.picker.click();
  }

  /** As tall as what will stand here, so that nothing moves when it comes. */
  #place(): TemplateResult {
    return html`<div class="place">
      <div class="title"><p class="name">${this.awaited || text.data.readingTable}</p></div>
      <p class="small light" ?hidden=${!this.awaited}>${text.data.notOpenedYet}</p>
    </div>`;
  }

  #facts(data: TableView): TemplateResult {
    const { train, validation, test } = data.sets;
    return html`
      <div class="title">
        <p class="name">${data.name}</p>
        <button class="quiet" type="button" @click=${() => this.#ask('preview')}>${text.data.lookAtData}</button>
      </div>
      <div class="facts small light number">
        <p>${rowsInWords(data.rows)}, ${columnsInWords(data.columns.length)}</p>
        <p>${text.data.splitRows({ train: count(train), validation: count(validation), test: count(test) })}</p>
        <p id="assumed">${assumedInWords(data)}</p>
        ${this.kept.length > 0 ? html`<p>${keptInWords(this.kept)}</p>` : nothing}
      </div>
      <lab-notices .notices=${mergeNotices(data.notices, this.warnings)} .form=${this.form} .most=${mostNotices}></lab-notices>
      ${
        this.sample?.generate && this.sample.made
          ? html`<lab-generator .kind=${this.sample.generate.kind} .settings=${this.sample.made}></lab-generator>`
          : nothing
      }
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

  /** The table that was read, or stopped being read, has taken its place. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('button');
  }

  #ask(dialog: DataDialog): void {
    emit(this, 'data-dialog', { dialog });
  }

  #chosen(): void {
    const file = this.picker.files?.[0];
    // The same file may be chosen again after it was mended.
    this.picker.value = '';
    if (file) {
      emit(this, 'file-open', { file });
    }
  }
}
