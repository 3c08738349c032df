/** The table as it will be trained on: its columns, what is doubtful about it, and every setting of how it is used. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { mergeNotices } from '../../../data/table/notices.ts';
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import { inLanguage } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { type FormField, formFields, valueAt } from '../../shared/form.ts';
import { type TrainerController, trainerContext } from '../../trainer/controller.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base, buttons } from '../../ui/styles/shared.ts';
import { type DataController, tablesContext } from '../controller.ts';
import { columnsInWords, rowsInWords } from '../data-text.ts';

const entryAt = (path: string) => formFields.find((entry) => entry.path === path) as FormField;
const targetEntries = [
  'data.target',
  'data.task',
  'data.target_transform',
  'data.clip_predictions',
  'data.class_weights',
].map(entryAt);
const splitEntries = ['data.split.seed', 'data.split.stratify', 'data.split.group', 'data.split.time'].map(entryAt);
const inputEntries = [
  'data.numeric',
  'data.scaling',
  'data.impute',
  'data.missing_indicator',
  'data.max_levels',
  'data.merge_spellings',
  'data.weights',
].map(entryAt);
/** More are shown when they are asked for. */
const fewNotices = 4;

export class LabPreview extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  static override styles = [
    base,
    buttons,
    css`
      .facts {
        margin-bottom: 8px;
      }
      lab-notices {
        margin-bottom: 12px;
      }
      .wait {
        display: grid;
        place-items: center;
        height: min(46dvh, 320px);
      }
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
        gap: 8px 40px;
        margin-top: 16px;
      }
      h3 {
        margin-bottom: 2px;
        font: var(--text);
        font-weight: 600;
      }
      .problem {
        margin-bottom: 8px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { preview, readable } = this.tables;
    const { data } = this.trainer;
    const problem = preview?.problem ?? '';
    return html`
      <p class="facts small light number">
        ${data ? `${data.name}: ${rowsInWords(data.rows)}, ${columnsInWords(data.columns.length)}` : nothing}
        ${
          readable
            ? html`<button class="quiet" type="button" @click=${this.#readAgain}>${text.data.readInAnotherWay}</button>`
            : nothing
        }
      </p>
      <p class="problem" role="alert" ?hidden=${!problem}>${inLanguage(problem)}</p>
      ${
        preview
          ? html`<lab-notices .notices=${mergeNotices(data?.notices ?? [], preview.warnings)} .most=${fewNotices}></lab-notices>`
          : nothing
      }
      ${
        preview
          ? html`<lab-columns .preview=${preview}></lab-columns>`
          : html`<p class="wait light">${dataDialogsText().lookingAtEveryCell}</p>`
      }
      <div class="groups">
        <section>
          <h3>${dataDialogsText().whatIsPredicted}</h3>
          ${targetEntries.map((entry) => this.#field(entry))}
        </section>
        <section>
          <h3>${dataDialogsText().whichRowsTrain}</h3>
          <lab-split></lab-split>
          ${splitEntries.map((entry) => this.#field(entry))}
        </section>
        <section>
          <h3>${dataDialogsText().scalingAndGaps}</h3>
          ${inputEntries.map((entry) => this.#field(entry))}
        </section>
      </div>
    `;
  }

  #field(entry: FormField): TemplateResult {
    const { path } = entry;
    const { applied, controls } = this.trainer;
    const { form, changes } = controls;
    return html`<lab-field
      data-path=${path}
      .entry=${entry}
      .choices=${this.#choices(path)}
      .value=${valueAt(form, path)}
      .problem=${form.problems.get(path) ?? ''}
      ?changed=${changes.has(path)}
      .applied=${applied ? valueAt(applied, path) : undefined}
    ></lab-field>`;
  }

  /** Settings that name a column offer those there are. */
  #choices(path: string): readonly string[] | undefined {
    const { data, controls } = this.trainer;
    const { form } = controls;
    const names = data?.columns ?? [];
    if (path === 'data.target') return names;
    const others = names.filter((name) => name !== form.data.target);
    if (path === 'data.split.group') return ['', ...others];
    if (path === 'data.split.time' || path === 'data.weights') {
      const types = path === 'data.weights' ? ['number', 'integer', 'boolean'] : ['date', 'number', 'integer'];
      const columns = this.tables.preview?.columns ?? [];
      const value = valueAt(form, path);
      return [
        '',
        ...others.filter(
          (name) => name === value || types.includes(columns.find((one) => one.name === name)?.type ?? ''),
        ),
      ];
    }
    return undefined;
  }

  #readAgain(): void {
    this.tables.show('reading');
  }
}
