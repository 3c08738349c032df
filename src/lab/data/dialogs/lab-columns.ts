/** The columns of a table side by side: what each is, holds and becomes, with its first rows below. Scrolls within itself. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ColumnType } from '../../../spec/data-settings.ts';
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import { inLanguage } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import type { ColumnPreview, TablePreview } from '../../protocol/preview.ts';
import { type TrainerController, trainerContext } from '../../trainer/controller.ts';
import { breakable } from '../../ui/breakable.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base, buttons, fields } from '../../ui/styles/shared.ts';
import { type ColumnChoice, columnChanges } from '../column-choice.ts';
import { fateWords, missingWords } from './column-text.ts';

/** More columns than this are a long way to scroll, and slow to draw. */
const mostColumns = 40;
const choices: ColumnType[] = ['number', 'boolean', 'category', 'date'];

export class LabColumns extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @property({ attribute: false }) preview!: TablePreview;

  @state() private all = false;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      .scroll {
        overflow: auto;
        /* On a low screen what stands around it is still in sight. */
        max-height: max(180px, min(46dvh, 480px, 100dvh - 432px));
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
      }
      table {
        border-collapse: separate;
        border-spacing: 0;
        font: var(--label);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 4px 12px;
        border-bottom: 1px solid var(--grid);
        text-align: left;
        vertical-align: top;
      }
      th {
        min-width: 152px;
        max-width: 200px;
        padding: 8px 12px;
        border-bottom-color: var(--hairline);
        font-weight: 400;
      }
      th:first-child,
      td:first-child {
        position: sticky;
        left: 0;
        min-width: 0;
        background: var(--raised);
        color: var(--ink-light);
        text-align: right;
      }
      th:first-child {
        vertical-align: bottom;
      }
      td {
        max-width: 200px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .out {
        color: var(--ink-light);
      }
      td.number {
        text-align: right;
      }
      .name {
        display: block;
        font: var(--text);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      select {
        margin: 4px 0 8px;
        font: var(--label);
      }
      .becomes {
        margin-top: 4px;
        overflow-wrap: anywhere;
      }
      .target .becomes {
        color: var(--accent);
      }
      .none {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    const { columns, head, name } = this.preview;
    const shown = this.all ? columns : this.#first(columns);
    const places = shown.map((column) => columns.indexOf(column));
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${dataDialogsText().columnsAndFirstRows(name)}>
        <table>
          <thead>
            <tr>
              <th scope="col">${dataDialogsText().rowHeading}</th>
              ${shown.map((column) => this.#column(column))}
            </tr>
          </thead>
          <tbody>
            ${head.map(
              ({ row, cells }) => html`<tr>
                <td>${row}</td>
                ${places.map((place) => this.#cell(columns[place], cells[place]))}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        shown.length < columns.length
          ? html`<button class="quiet" type="button" @click=${this.#showAll}>
            ${text.data.showAllColumns(columns.length)}
          </button>`
          : nothing
      }
    `;
  }

  /** After the options are there, since a select forgets a value it has no option for. */
  override updated(): void {
    for (const select of this.renderRoot.querySelectorAll('select')) select.value = this.#choice(select.name);
  }

  /** The first ones, and the target in any case. */
  #first(columns: readonly ColumnPreview[]): readonly ColumnPreview[] {
    if (columns.length <= mostColumns) return columns;
    return columns.filter(
      ({ name }, index) => index < mostColumns - 1 || name === this.trainer.controls.form.data.target,
    );
  }

  #column(column: ColumnPreview): TemplateResult {
    const { name, guess, type, why, fate } = column;
    const target = name === this.trainer.controls.form.data.target;
    const given = this.trainer.controls.form.data.types?.[name];
    const others = given && !choices.includes(given) ? [...choices, given] : choices;
    return html`<th scope="col" class=${target ? 'target' : fate?.kind === 'out' ? 'out' : ''}>
      <span class="name">${breakable(name)}</span>
      <select
        name=${name}
        aria-label=${dataDialogsText().whatColumnIs(name)}
        ?disabled=${this.trainer.controls.isFixed('data.types')}
        title=${type === guess ? inLanguage(why) : ''}
        @change=${(event: Event) => this.#choose(name, (event.target as HTMLSelectElement).value as ColumnChoice)}
      >
        <option value="">${text.data.types[guess]}</option>
        ${others.filter((other) => other !== guess).map((other) => html`<option value=${other}>${text.data.types[other]}</option>`)}
        ${target ? nothing : html`<option value="ignore">${dataDialogsText().ignore}</option>`}
      </select>
      <lab-distribution .column=${column}></lab-distribution>
      <p class="becomes">${fate ? fateWords(fate) : nothing}</p>
      <p class=${column.missing === 0 ? 'none' : ''}>${missingWords(column)}</p>
    </th>`;
  }

  #cell({ fate, type }: ColumnPreview, text: string): TemplateResult {
    const out = fate?.kind === 'out' ? 'out' : '';
    const side = type === 'number' || type === 'integer' ? 'number' : '';
    return html`<td class="${out} ${side}" title=${text.length > 24 ? text : nothing}>
      ${text === '' ? html`<span class="none">–</span>` : text}
    </td>`;
  }

  #choice(name: string): string {
    if (this.trainer.controls.form.data.ignore?.includes(name)) return 'ignore';
    const given = this.trainer.controls.form.data.types?.[name];
    const guess = this.preview.columns.find((column) => column.name === name)?.guess;
    return given === undefined || given === guess ? '' : given;
  }

  #choose(name: string, choice: ColumnChoice): void {
    this.trainer.controls.changeAll(columnChanges(this.trainer.controls.form.data, name, choice));
  }

  #showAll(): void {
    this.all = true;
  }
}
