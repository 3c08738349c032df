/** What each column of the table is: as the cells say, or as a person says. The control of the setting `types`. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ColumnType } from '../../spec/data-settings.ts';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { itemsChanged } from '../ui/equality.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';

/** A column of the open table. */
export interface NamedColumn {
  name: string;
  /** What its cells say; absent while nobody has looked at them. */
  guess?: ColumnType;
}

/** More rows are drawn when they are asked for. */
const firstRows = 40;

declare global {
  interface HTMLElementEventMap {
    /** The types that are said, by column. */
    'types-change': CustomEvent<{ types: Record<string, ColumnType> }>;
  }
}

export class LabColumnTypes extends LitElement {
  @property({ attribute: false, hasChanged: itemsChanged }) columns: readonly NamedColumn[] = [];
  /** Those that are said; the others are guessed. */
  @property({ attribute: false }) types: Readonly<Record<string, ColumnType>> = {};
  /** Legal values of each. */
  @property({ attribute: false }) choices: readonly ColumnType[] = [];
  @property({ type: Boolean }) invalid = false;
  /** Whether they are not to be chosen. */
  @property({ type: Boolean }) fixed = false;

  @state() private all = false;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      summary {
        margin-left: 112px;
        line-height: 32px;
        overflow: hidden;
        color: var(--accent);
        text-overflow: ellipsis;
        white-space: nowrap;
        cursor: pointer;
      }
      :host([invalid]) summary {
        color: var(--error-text);
      }
      .scroll {
        position: relative;
        max-height: 264px;
        padding: 0 2px 4px;
        overflow-y: auto;
        scrollbar-width: thin;
      }
      .row {
        grid-template-columns: minmax(0, 1fr) minmax(104px, 48%);
      }
      label {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .said label {
        color: var(--ink);
        font-weight: 600;
      }
    `,
  ];

  override render(): TemplateResult {
    const shown = this.all ? this.columns : this.columns.slice(0, firstRows);
    return html`<details ?open=${this.invalid}>
      <summary>${this.#summary()}</summary>
      <div class="scroll">
        ${shown.map((column, index) => this.#row(column, index))}
        ${
          shown.length < this.columns.length
            ? html`<button class="quiet" type="button" @click=${this.#showAll}>
                ${text.data.showAllColumns(count(this.columns.length))}
              </button>`
            : ''
        }
      </div>
    </details>`;
  }

  /** After the options are there, since a select forgets a value it has no option for. */
  override updated(_: PropertyValues): void {
    for (const select of this.renderRoot.querySelectorAll('select')) {
      const said = this.#said(select.name);
      select.value = this.columns.find(({ name }) => name === select.name)?.guess === said ? '' : (said ?? '');
    }
  }

  /** "zip: category, born: date" */
  #summary(): string {
    const said = Object.entries(this.types).map(([name, type]) => `${name}: ${text.data.types[type]}`);
    return said.length > 0 ? said.join(', ') : text.data.asCellsSay;
  }

  #row({ name, guess }: NamedColumn, index: number): TemplateResult {
    return html`<div class="row ${this.#said(name) === undefined ? '' : 'said'}">
      <label for="type-${index}" title=${name}>${name}</label>
      <select id="type-${index}" name=${name} ?disabled=${this.fixed} @change=${(event: Event) => this.#choose(name, event.target as HTMLSelectElement)}>
        <option value="">${guess ? text.data.types[guess] : text.data.asCellsSay}</option>
        ${this.choices.filter((type) => type !== guess).map((type) => html`<option value=${type}>${text.data.types[type]}</option>`)}
      </select>
    </div>`;
  }

  #said(name: string): ColumnType | undefined {
    return Object.hasOwn(this.types, name) ? this.types[name] : undefined;
  }

  #choose(name: string, { value }: HTMLSelectElement): void {
    const { [name]: _, ...others } = this.types;
    const types = value === '' ? others : { ...others, [name]: value as ColumnType };
    emit(this, 'types-change', { types });
  }

  #showAll(): void {
    this.all = true;
  }
}
