/** One setting that a sweep varies, and what over: some of its choices, typed values, or a range in steps or to draw from. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { wordOf } from '../../html/swept.ts';
import type { Field } from '../../spec/fields.ts';
import type { Said } from '../../util/errors.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { helpOf, inLanguage, labelOf } from '../i18n/language.ts';
import { typed } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { type ChoicesVariation, fieldAt, listed, type RangeVariation, type Variation, valuesOf } from './draft.ts';
import type { SweepCommand } from './view.ts';

export class LabVary extends LitElement {
  @property({ attribute: false }) variation!: Variation;
  /** Whether values are drawn at random. */
  @property({ type: Boolean }) drawn = false;
  /** Why it cannot be trained. */
  @property({ attribute: false }) problem: Said = '';

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        padding: 8px 0 12px;
        border-top: 1px solid var(--hairline);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
      }
      .head span {
        flex: 1;
        cursor: help;
      }
      .head select {
        width: auto;
        height: 24px;
        font: var(--label);
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 16px;
      }
      .choices label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        font: var(--text);
        color: var(--ink);
        cursor: pointer;
      }
      .range {
        display: grid;
        grid-template-columns: 1fr 1fr 56px 76px;
        gap: 6px;
      }
      .range.drawn {
        grid-template-columns: 1fr 1fr 116px;
      }
      .range select {
        padding: 2px 20px 2px 6px;
      }
      .values {
        margin-top: 4px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render(): TemplateResult {
    const { path, kind } = this.variation;
    const field = fieldAt(path);
    const label = labelOf(field, 'trial');
    const number = field.type === 'integer' || field.type === 'number';
    return html`<div role="group" aria-label=${label}>
      <div class="head">
        <span title=${helpOf(field, 'trial')}>${label}</span>
        ${number && kind !== 'choices' ? this.#kindSelect(label) : nothing}
        <button
          class="quiet"
          type="button"
          aria-label=${sweepText().doNotVary(label)}
          title=${sweepText().doNotVary(label)}
          @click=${() => this.#say({ do: 'remove', path })}
        >
          ${icon('close', 12)}
        </button>
      </div>
      ${this.#control(field, label)}
      <p class="problem" role="alert" ?hidden=${!this.problem}>${inLanguage(this.problem)}</p>
    </div>`;
  }

  #control(field: Field, label: string): TemplateResult {
    const { variation } = this;
    if (variation.kind === 'choices') return this.#choices(variation, field);
    if (variation.kind === 'range') return this.#range(variation, label);
    return html`<input
      type="text"
      aria-label=${sweepText().valuesOf(label)}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${this.problem ? 'true' : 'false'}
      .value=${variation.text}
      @change=${(event: Event) => this.#change({ ...variation, text: textOf(event) })}
    />
    ${field.path === 'model.hidden' ? html`<p class="values small light">${sweepText().hiddenHelp}</p>` : nothing}`;
  }

  #kindSelect(label: string): TemplateResult {
    return html`<select
      aria-label=${sweepText().howVaries(label)}
      .value=${this.variation.kind}
      @change=${(event: Event) => this.#turnInto(textOf(event))}
    >
      <option value="values" ?selected=${this.variation.kind === 'values'}>${sweepText().values}</option>
      <option value="range" ?selected=${this.variation.kind === 'range'}>${sweepText().range}</option>
    </select>`;
  }

  #choices(variation: ChoicesVariation, field: Field): TemplateResult {
    const { values } = variation;
    const all = field.choices ?? ['false', 'true'];
    const toggled = (choice: string, on: boolean) =>
      all.filter((known) => (known === choice ? on : values.includes(known)));
    return html`<div class="choices">
      ${all.map(
        (choice) => html`<label>
          <input
            type="checkbox"
            .checked=${values.includes(choice)}
            @change=${(event: Event) =>
              this.#change({ ...variation, values: toggled(choice, (event.target as HTMLInputElement).checked) })}
          />
          ${choice}
        </label>`,
      )}
    </div>`;
  }

  #range(range: RangeVariation, label: string): TemplateResult {
    const input = (name: 'from' | 'to' | 'steps', words: string) => html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      title=${words}
      aria-label=${`${label}: ${words}`}
      aria-invalid=${this.problem ? 'true' : 'false'}
      .value=${range[name]}
      @change=${(event: Event) => this.#change({ ...range, [name]: textOf(event) })}
    />`;
    const { drawn } = this;
    const found = valuesOf(range);
    return html`<div class=${drawn ? 'range drawn' : 'range'}>
        ${input('from', sweepText().from)} ${input('to', sweepText().to)}
        ${drawn ? nothing : input('steps', sweepText().steps)}
        <select
          aria-label=${`${label}: ${sweepText().scale}`}
          @change=${(event: Event) => this.#change({ ...range, scale: textOf(event) as RangeVariation['scale'] })}
        >
          <option value="log" ?selected=${range.scale === 'log'}>${drawn ? sweepText().logUniform : sweepText().log}</option>
          <option value="linear" ?selected=${range.scale === 'linear'}>${drawn ? sweepText().uniform : sweepText().linear}</option>
        </select>
      </div>
      <p class="values small light number">${'values' in found && !drawn ? found.values.map(wordOf).join(', ') : ''}</p>`;
  }

  /** The same values as a list, or a range from the first to the last. */
  #turnInto(kind: string): void {
    const found = valuesOf(this.variation);
    const values = 'values' in found ? found.values : [];
    const { path } = this.variation;
    if (kind === 'values')
      this.#change({ path, kind: 'values', text: values.map(typed).join(listed(fieldAt(path)) ? '; ' : ', ') });
    else {
      const numbers = values.filter((value) => typeof value === 'number');
      const [from, to] = [Math.min(...numbers), Math.max(...numbers)].map((value) =>
        Number.isFinite(value) ? value : 0,
      );
      const scale = fieldAt(path).scale === 'log' && from > 0 ? 'log' : 'linear';
      const steps = String(Math.max(2, numbers.length));
      this.#change({ path, kind: 'range', from: String(from), to: String(to), steps, scale });
    }
  }

  #change(variation: Variation): void {
    this.#say({ do: 'change', variation });
  }

  #say(detail: SweepCommand): void {
    emit(this, 'sweep-command', detail);
  }
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
