/** One column of a row that a model is asked about: a number with a slider, a choice, or a date as text. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { numbersOf } from '../../data/table/columns.ts';
import { columnLabel } from '../../data/table/quantity.ts';
import type { Said } from '../../util/errors.ts';
import { predictionText } from '../i18n/en/later/prediction.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { PredictField } from '../protocol/predict.ts';
import { figure } from '../shared/format.ts';
import { breakable } from '../ui/breakable.ts';
import { emit } from '../ui/emit.ts';
import { base, fields } from '../ui/styles/shared.ts';
import type { PredictCommand } from './view.ts';

/** A value that no training row had. */
const another = '\u2026';
const sliderSteps = 200;
/** More letters do not fit beside a control in two lines. */
const longName = 24;

export class LabPredictField extends LitElement {
  @property({ attribute: false }) field!: PredictField;
  /** What is typed; empty is missing. */
  @property() text = '';
  /** Why it cannot be used. */
  @property({ attribute: false }) problem: Said = '';

  static override styles = [
    base,
    fields,
    css`
      .row {
        grid-template-columns: minmax(72px, 104px) 1fr;
      }
      label {
        overflow-wrap: anywhere;
      }
      /* A long name has a line of its own. */
      .row.long {
        grid-template-columns: 1fr;
        gap: 0;
        margin-top: 4px;
      }
      .control {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      input[type='range'] + input {
        flex: none;
        width: 84px;
      }
      .said {
        margin: -2px 0 4px;
      }
    `,
  ];

  override render(): TemplateResult {
    const said = this.problem ? '' : this.#said();
    const label = columnLabel(this.field);
    return html`<div class="row ${label.length > longName ? 'long' : ''}">
        <label for="control">${breakable(label)}</label>
        <div class="control">${this.#control()}</div>
      </div>
      ${said ? html`<p class="said small light" id="said">${said}</p>` : nothing}
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${inLanguage(this.problem)}</p>`;
  }

  /** After the options are there, since a select forgets a value it has no option for. */
  override updated(): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = this.text;
  }

  #control(): TemplateResult {
    const { field } = this;
    if (field.kind === 'category') return this.#select([...field.levels, another]);
    if (field.kind === 'boolean') return this.#select([field.falsehood, field.truth]);
    return html`${field.kind === 'number' && field.low < field.high ? this.#slider(field) : nothing}
      <input
        id="control"
        type="text"
        inputmode=${field.kind === 'number' ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck="false"
        placeholder=${field.kind === 'date' ? field.format : predictionText().missing}
        aria-describedby="said problem"
        aria-invalid=${this.problem ? 'true' : 'false'}
        .value=${this.text}
        @input=${this.#typed}
      />`;
  }

  #select(choices: readonly string[]): TemplateResult {
    return html`<select id="control" aria-describedby="said problem" @change=${this.#typed}>
      ${choices.map((choice) => html`<option value=${choice}>${choice === another ? predictionText().anotherValue : choice}</option>`)}
      <option value="">${predictionText().missing}</option>
    </select>`;
  }

  #slider(field: Extract<PredictField, { kind: 'number' }>): TemplateResult {
    const { low, high, whole, column } = field;
    const step = whole ? Math.max(1, Math.round((high - low) / sliderSteps)) : (high - low) / sliderSteps;
    const value = typedNumber(this.text);
    return html`<input
      type="range"
      min=${low}
      max=${high}
      step=${step}
      aria-label=${text.common.sliderOf(column)}
      aria-valuetext=${this.text || predictionText().missing}
      .value=${String(this.text.trim() === '' || Number.isNaN(value) ? field.missing.value : value)}
      @input=${(event: Event) => {
        const moved = Number((event.target as HTMLInputElement).value);
        this.#say(String(whole ? Math.round(moved) : Number(moved.toPrecision(4))));
      }}
    />`;
  }

  /** What the model makes of something that is missing or that it has not seen. */
  #said(): string {
    const { field } = this;
    const typed = this.text.trim();
    if (field.kind === 'number') {
      if (typed === '') {
        const taken = figure(field.missing.value);
        return field.missing.indicator
          ? predictionText().missingTakesAndTold(taken)
          : predictionText().missingTakes(taken);
      }
      const value = typedNumber(typed);
      if (value >= field.low && value <= field.high) return '';
      return predictionText().outsideRange({ low: figure(field.low), high: figure(field.high) });
    }
    if (field.kind === 'date') return typed === '' ? predictionText().missingTakes(field.missing) : '';
    if (field.kind === 'boolean') return typed === '' ? predictionText().missingTakes(field.missing) : '';
    if (typed === '') {
      return field.missing === null
        ? predictionText().missingNoKnownValue
        : predictionText().missingTakes(field.missing);
    }
    if (typed !== another) return '';
    return field.other ? predictionText().countsAsRare : predictionText().noKnownValue;
  }

  readonly #typed = (event: Event): void => this.#say((event.target as HTMLInputElement | HTMLSelectElement).value);

  #say(text: string): void {
    const detail: PredictCommand = { do: 'type', column: this.field.column, text };
    emit(this, 'predict-command', detail);
  }
}

/** The number that was typed, with a unit or without; NaN where it is none. */
function typedNumber(text: string): number {
  return numbersOf({ name: '', kind: 'text', codes: Uint32Array.of(1), levels: [text] })[0];
}
