/** One setting: its label, help, unit, control, mark while it is not in the run yet, and what is wrong with it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { parseField } from '../../spec/fields.ts';
import type { FormField, FormPath } from '../form.ts';
import { typed } from '../format.ts';
import { base, fields } from '../styles/shared.ts';
import { positionOf, valueAtPosition } from './slider-scale.ts';

/** @event setting-change A value to be checked and kept. */
export type SettingChange = CustomEvent<{ path: FormPath; value: unknown }>;
/** @event setting-restore Back to what the run has. */
export type SettingRestore = CustomEvent<{ path: FormPath }>;

const sliderSteps = 200;

export class LabField extends LitElement {
  @property({ attribute: false }) entry!: FormField;
  @property({ attribute: false }) value: unknown;
  /** The sentence of the check. */
  @property() problem = '';
  /** Whether the run has another value, and which. */
  @property({ type: Boolean, reflect: true }) changed = false;
  @property({ attribute: false }) applied: unknown;
  /** Instead of the field's own choices. */
  @property({ attribute: false }) choices: readonly string[] | undefined;

  static override styles = [
    base,
    fields,
    css`
      label {
        cursor: help;
      }
      .name,
      .control {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
      }
      .name {
        gap: 2px;
      }
      :host {
        container-type: inline-size;
      }
      @container (max-width: 259px) {
        .slider {
          display: none;
        }
        .control .slider + input[type='text'] {
          flex: 1;
        }
      }
      .slider + input[type='text'] {
        flex: none;
        width: 76px;
      }
      .unit {
        flex: none;
        font: var(--label);
        color: var(--ink-light);
      }
      .mark {
        position: relative;
        flex: none;
        width: 16px;
        height: 16px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: transparent;
        cursor: pointer;
      }
      .mark::before {
        content: '';
        position: absolute;
        inset: 5px;
        border-radius: 50%;
        background: var(--accent);
      }
      .mark:hover {
        background: var(--accent-wash);
      }
      .problem {
        margin: 0 0 6px;
      }
      :host([changed]) label {
        color: var(--ink);
      }
    `,
  ];

  override render(): TemplateResult {
    const { field } = this.entry;
    return html`
      <div class="row">
        <div class="name">
          <label for="control" title=${field.help}>${field.label}</label>
          ${this.#mark()}
        </div>
        <div class="control">
          ${this.#control()} ${field.unit ? html`<span class="unit" id="unit">${field.unit}</span>` : nothing}
        </div>
      </div>
      <span class="unseen" id="help">${field.help}</span>
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
    `;
  }

  /** After the options are there, since a select forgets a value it has no option for. */
  override updated(): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = String(this.value);
  }

  #mark(): TemplateResult | typeof nothing {
    if (!this.changed) return nothing;
    const words = `Not in the run yet: it has ${typed(this.applied)}. Go back to that.`;
    return html`<button class="mark" type="button" title=${words} aria-label=${words} @click=${this.#restore}></button>`;
  }

  #control(): TemplateResult {
    const { field } = this.entry;
    const choices = this.choices ?? field.choices;
    if (choices) return this.#select(choices);
    if (field.type === 'boolean') {
      return html`<input
        id="control"
        type="checkbox"
        .checked=${this.value === true}
        aria-describedby="help"
        @change=${(event: Event) => this.#emit((event.target as HTMLInputElement).checked)}
      />`;
    }
    return html`${field.explore ? this.#slider(field.explore) : nothing}${this.#text()}`;
  }

  #select(choices: readonly string[]): TemplateResult {
    return html`<select
      id="control"
      aria-describedby="help problem"
      aria-invalid=${this.problem ? 'true' : 'false'}
      @change=${(event: Event) => this.#emit((event.target as HTMLSelectElement).value)}
    >
      ${choices.map((choice) => html`<option value=${choice}>${choice}</option>`)}
    </select>`;
  }

  #text(): TemplateResult {
    const { type } = this.entry.field;
    return html`<input
      id="control"
      type="text"
      inputmode=${type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : 'text'}
      autocomplete="off"
      spellcheck="false"
      aria-describedby="unit help problem"
      aria-invalid=${this.problem ? 'true' : 'false'}
      .value=${typed(this.value)}
      @change=${(event: Event) => this.#emit(parseField(this.entry.field, (event.target as HTMLInputElement).value))}
    />`;
  }

  #slider(range: [number, number]): TemplateResult {
    const { field } = this.entry;
    const scale = { range, log: field.scale === 'log', integer: field.type === 'integer' };
    return html`<input
      class="slider"
      type="range"
      min="0"
      max=${sliderSteps}
      aria-label="${field.label}, slider"
      aria-valuetext=${typed(this.value)}
      .value=${String(positionOf(this.value, scale) * sliderSteps)}
      @input=${(event: Event) =>
        this.#emit(valueAtPosition(Number((event.target as HTMLInputElement).value) / sliderSteps, scale))}
    />`;
  }

  #emit(value: unknown): void {
    const detail = { path: this.entry.path, value };
    this.dispatchEvent(new CustomEvent('setting-change', { detail, bubbles: true, composed: true }));
  }

  #restore(): void {
    const detail = { path: this.entry.path };
    this.dispatchEvent(new CustomEvent('setting-restore', { detail, bubbles: true, composed: true }));
  }
}
