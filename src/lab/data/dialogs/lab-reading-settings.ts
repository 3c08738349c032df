/** How a file is read, where a guess about it was wrong: every setting of that, and reading it again with them. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Field } from '../../../spec/fields.ts';
import { type ReadingInput, readingFields } from '../../../spec/reading-settings.ts';
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import { helpOf, labelOf } from '../../i18n/language.ts';
import { readingText, typedReading } from '../../shared/table-source.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base, buttons, fields } from '../../ui/styles/shared.ts';
import { type DataController, tablesContext } from '../controller.ts';

export class LabReadingSettings extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;
  /** As the file was read last. */
  @property({ attribute: false }) reading: ReadingInput = {};
  @property() name = '';

  static override styles = [
    base,
    buttons,
    fields,
    css`
      .facts {
        margin-bottom: 8px;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
        gap: 4px 40px;
      }
      .row {
        grid-template-columns: 140px 1fr;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        margin-top: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <p class="facts small light">
        ${this.name}: ${dataDialogsText().emptyIsGuessed}
      </p>
      <form @submit=${this.#submit}>
        <div class="grid">${readingFields.map((field) => this.#field(field))}</div>
        <div class="foot"><button class="primary" type="submit">${dataDialogsText().readItAgain}</button></div>
      </form>
    `;
  }

  #field(field: Field): TemplateResult {
    const { name } = field;
    const given = this.reading[name as keyof ReadingInput];
    const written = given === undefined ? '' : readingText(field, given);
    const choices = field.type === 'boolean' ? ['true', 'false'] : field.choices?.filter((choice) => choice.trim());
    return html`<div class="row">
      <div class="name"><label for=${name}>${labelOf(field, 'reading')}</label></div>
      <div class="control">
        ${
          choices
            ? html`<select id=${name} name=${name} aria-describedby="${name}-help">
                <option value="">${dataDialogsText().guessed}</option>
                ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === written}>${this.#shown(choice)}</option>`)}
              </select>`
            : html`<input
                id=${name}
                name=${name}
                type="text"
                inputmode=${field.type === 'integer' ? 'numeric' : 'text'}
                autocomplete="off"
                spellcheck="false"
                placeholder=${field.default === undefined ? dataDialogsText().guessed : String(field.default)}
                .value=${written}
                aria-describedby="${name}-help"
              />`
        }
      </div>
      <span class="unseen" id="${name}-help">${helpOf(field, 'reading')}.</span>
    </div>`;
  }

  #shown(choice: string): string {
    if (choice === 'true') return dataDialogsText().yes;
    return choice === 'false' ? dataDialogsText().no : choice;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const reading = typedReading(Array.from(data, ([name, text]): [string, string] => [name, String(text)]));
    this.tables.readAgain(reading);
  }
}
