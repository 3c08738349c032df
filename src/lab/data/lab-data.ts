/** The table: another one to open, what this one is and what was taken for granted, the column to predict. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { mergeNotices } from '../../data/table/notices.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { TableView } from '../protocol/messages.ts';
import { type FormField, formFields } from '../shared/form.ts';
import { count } from '../shared/format.ts';
import { tableFiles } from '../shared/table-source.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { type DataController, type DataDialog, tablesContext } from './controller.ts';
import { assumedInWords, columnsInWords, keptInWords, rowsInWords } from './data-text.ts';

const targetField = formFields.find(({ path }) => path === 'data.target') as FormField;
/** More are shown when they are asked for. */
const mostNotices = 2;

export class LabData extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: tablesContext }) private readonly tables!: DataController;

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
    const { data, fileProblem } = this.trainer;
    const { sample, reading, readable } = this.tables;
    const own = data !== undefined && !sample;
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
      <p class="problem" id="problem" role="alert" ?hidden=${!fileProblem}>${inLanguage(fileProblem ?? '')}</p>
      ${
        fileProblem && readable
          ? html`<button class="quiet again" type="button" @click=${() => this.#ask('reading')}>${text.data.readInAnotherWay}</button>`
          : nothing
      }
      ${own ? nothing : html`<lab-samples></lab-samples>`}
      ${reading && data ? html`<lab-reading .reading=${reading}></lab-reading>` : nothing}
      ${data ? this.#facts(data) : this.#place()}
    `;
  }

  /** Asks for a file; on behalf of what somebody has just pressed. */
  pick(): void {
    this.picker.click();
  }

  /** As tall as what will stand here, so that nothing moves when it comes. */
  #place(): TemplateResult {
    const awaited = this.trainer.linked?.missing;
    return html`<div class="place">
      <div class="title"><p class="name">${awaited || text.data.readingTable}</p></div>
      <p class="small light" ?hidden=${!awaited}>${text.data.notOpenedYet}</p>
    </div>`;
  }

  #facts(data: TableView): TemplateResult {
    const { train, validation, test } = data.sets;
    const { applied, controls } = this.trainer;
    const { form, changes } = controls;
    const { kept, sample, preview } = this.tables;
    return html`
      <div class="title">
        <p class="name">${data.name}</p>
        <button class="quiet" type="button" @click=${() => this.#ask('preview')}>${text.data.lookAtData}</button>
      </div>
      <div class="facts small light number">
        <p>${rowsInWords(data.rows)}, ${columnsInWords(data.columns.length)}</p>
        <p>${text.data.splitRows({ train: count(train), validation: count(validation), test: count(test) })}</p>
        <p id="assumed">${assumedInWords(data)}</p>
        ${kept.length > 0 ? html`<p>${keptInWords(kept)}</p>` : nothing}
      </div>
      <lab-notices .notices=${mergeNotices(data.notices, preview?.warnings ?? [])} .most=${mostNotices}></lab-notices>
      ${
        sample?.generate && sample.made
          ? html`<lab-generator .kind=${sample.generate.kind} .settings=${sample.made}></lab-generator>`
          : nothing
      }
      <lab-field
        data-path="data.target"
        .entry=${targetField}
        .choices=${data.columns}
        .value=${form.data.target}
        .problem=${form.problems.get('data.target') ?? ''}
        ?fixed=${controls.isFixed('data.target')}
        ?changed=${changes.has('data.target') && !controls.isFixed('data.target')}
        .applied=${applied?.data.target}
      ></lab-field>
    `;
  }

  /** The table that was read, or stopped being read, has taken its place. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('button');
  }

  #ask(dialog: DataDialog): void {
    this.tables.show(dialog);
  }

  #chosen(): void {
    const file = this.picker.files?.[0];
    // The same file may be chosen again after it was mended.
    this.picker.value = '';
    if (file) void this.tables.openFile(file);
  }
}
