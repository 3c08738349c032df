/** One setting: its label, help, unit, control, mark while it is not in the run yet, and what is wrong with it. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ColumnType } from '../../spec/data-settings.ts';
import { type Field, parseField } from '../../spec/fields.ts';
import type { Said } from '../../util/errors.ts';
import { helpOf, inLanguage, labelOf, unitOf } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { FormField, FormPath } from '../shared/form.ts';
import { typed } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { positionOf, valueAtPosition } from '../ui/slider-scale.ts';
import { base, fields } from '../ui/styles/shared.ts';
import { effectWords, rangeWords } from './field-facts.ts';
import type { NamedColumn } from './lab-column-types.ts';

const sliderSteps = 200;
/** A choice of more letters than this needs some of its label's room. */
const longWord = 18;

declare global {
  interface HTMLElementEventMap {
    /** A value to be checked and kept. */
    'setting-change': CustomEvent<{ path: FormPath; value: unknown }>;
    /** Back to what the run has. */
    'setting-restore': CustomEvent<{ path: FormPath }>;
    /** Somebody looks at a setting: it has the focus or the pointer (`passing`: perhaps on its way elsewhere), or its name was tapped. */
    'setting-look': CustomEvent<{ path: FormPath; passing?: boolean }>;
  }
}

export class LabField extends LitElement {
  @property({ attribute: false }) entry!: FormField;
  @property({ attribute: false }) value: unknown;
  /** The sentence of the check. */
  @property({ attribute: false }) problem: Said = '';
  /** Whether it follows from the model that the run goes on from. */
  @property({ type: Boolean }) fixed = false;
  /** Whether the run has another value, and which. */
  @property({ type: Boolean, reflect: true }) changed = false;
  @property({ attribute: false }) applied: unknown;
  /** Why the run could not take on the value as it trains. */
  @property({ attribute: false }) refusal: Said = '';
  /** Instead of the field's own choices. */
  @property({ attribute: false }) choices: readonly string[] | undefined;
  /** Of the open table, for a field that says something of each. */
  @property({ attribute: false }) columns: readonly NamedColumn[] = [];

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
      @container (max-width: 319px) {
        .row.long {
          grid-template-columns: minmax(64px, max-content) 1fr;
        }
      }
      /* The label stands beside the first line of the control, which has the whole width below. */
      .row.tall {
        align-items: start;
      }
      .row.tall .name {
        z-index: 1;
        grid-area: 1 / 1;
        min-height: 32px;
      }
      .row.tall .control {
        grid-area: 1 / 1 / auto / -1;
      }
      lab-column-types {
        flex: 1;
        min-width: 0;
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
      .refusal {
        color: var(--ink-light);
      }
      :host([changed]) label {
        color: var(--ink);
      }
    `,
  ];

  override render(): TemplateResult {
    const { field } = this.entry;
    const choices = field.type === 'choices' ? undefined : (this.choices ?? field.choices);
    const unit = unitOf(field, this.#part);
    const facts = [helpOf(field, this.#part), rangeWords(field), effectWords(this.entry.path)].filter(Boolean);
    return html`
      <div
        class="row ${field.type === 'choices' ? 'tall' : ''} ${choices && typed(this.value).length > longWord ? 'long' : ''}"
        @focusin=${this.#look}
        @pointerenter=${this.#look}
        @click=${this.#look}
      >
        <div class="name">
          <label for="control">${labelOf(field, this.#part)}</label>
          ${this.#mark()}
        </div>
        <div class="control">
          ${this.#control()} ${unit ? html`<span class="unit" id="unit">${unit}</span>` : nothing}
        </div>
      </div>
      <span class="unseen" id="help">${facts.join('. ')}.</span>
      <p class="problem refusal light" ?hidden=${!this.refusal}>${inLanguage(this.refusal)}</p>
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${this.#said()}</p>
    `;
  }

  /** After the options are there, since a select forgets a value it has no option for. */
  override updated(changed: PropertyValues<this>): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = typed(this.value);
    // Below a field at the edge of the list, it would go unseen.
    if (changed.has('problem') && this.problem && this.matches(':focus-within')) {
      this.renderRoot.querySelector('#problem')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** The path that the sentence begins with is said by its place, below the setting's name. */
  #said(): string {
    const path = `${this.entry.path.slice(this.entry.path.indexOf('.') + 1)}: `;
    const sentence = inLanguage(this.problem);
    if (!sentence.startsWith(path)) return sentence;
    // A word, and not the name of a file.
    return sentence
      .slice(path.length)
      .replace(/^\p{Ll}+(?=[ ,;:])/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  }

  #mark(): TemplateResult | typeof nothing {
    if (!this.changed) return nothing;
    const had = typed(this.applied) || (this.entry.field.optional ? text.common.off : text.settings.nothing);
    const words = this.refusal
      ? `${inLanguage(this.refusal)} ${text.settings.goBackTo(had)}`
      : text.settings.notInRunGoBack(had);
    return html`<button class="mark" type="button" title=${words} aria-label=${words} @click=${this.#restore}></button>`;
  }

  #control(): TemplateResult {
    const { field } = this.entry;
    if (field.type === 'choices') return this.#types(field);
    const choices = this.choices ?? field.choices;
    if (choices) return this.#select(choices);
    if (field.type === 'boolean') {
      return html`<input
        id="control"
        type="checkbox"
        .checked=${this.value === true}
        ?disabled=${this.fixed}
        aria-describedby="help"
        @change=${(event: Event) => this.#emit((event.target as HTMLInputElement).checked)}
      />`;
    }
    const explored = Array.isArray(this.value) ? undefined : field.explore;
    return html`${explored ? this.#slider(explored) : nothing}${this.#text()}`;
  }

  #select(choices: readonly string[]): TemplateResult {
    // A list with a value for each hidden layer comes from elsewhere and stands as it is.
    const several = Array.isArray(this.value) ? [typed(this.value)] : [];
    return html`<select
      id="control"
      ?disabled=${this.fixed}
      aria-describedby="help problem"
      aria-invalid=${this.problem ? 'true' : 'false'}
      @change=${(event: Event) => this.#emit(this.#chosen((event.target as HTMLSelectElement).value))}
    >
      ${[...choices, ...several].map((choice) => html`<option value=${choice}>${choice === '' ? text.settings.none : choice}</option>`)}
    </select>`;
  }

  /** A choice for each column. */
  #types({ choices = [] }: Field): TemplateResult {
    return html`<lab-column-types
      id="control"
      role="group"
      aria-label=${labelOf(this.entry.field, this.#part)}
      ?fixed=${this.fixed}
      .columns=${this.columns}
      .types=${this.value as Record<string, ColumnType>}
      .choices=${choices as ColumnType[]}
      ?invalid=${!!this.problem}
      @types-change=${({ detail }: EventOf<'types-change'>) => this.#emit(detail.types)}
    ></lab-column-types>`;
  }

  #text(): TemplateResult {
    const { type, perLayer, optional } = this.entry.field;
    return html`<input
      id="control"
      type="text"
      ?disabled=${this.fixed}
      inputmode=${type === 'integer' ? 'numeric' : type === 'number' && !perLayer ? 'decimal' : 'text'}
      autocomplete="off"
      spellcheck="false"
      aria-describedby="unit help problem"
      aria-invalid=${this.problem ? 'true' : 'false'}
      placeholder=${optional ? text.common.off : nothing}
      .value=${typed(this.value)}
      @change=${(event: Event) => this.#emit(this.#parsed((event.target as HTMLInputElement).value))}
    />`;
  }

  #slider(range: [number, number]): TemplateResult {
    const { field } = this.entry;
    const scale = { range, log: field.scale === 'log', integer: field.type === 'integer', zero: takesZero(field) };
    return html`<input
      class="slider"
      type="range"
      ?disabled=${this.fixed}
      min="0"
      max=${sliderSteps}
      aria-label=${text.common.sliderOf(labelOf(field, this.#part))}
      aria-valuetext=${typed(this.value)}
      .value=${String(positionOf(this.value, scale) * sliderSteps)}
      @input=${(event: Event) =>
        this.#emit(valueAtPosition(Number((event.target as HTMLInputElement).value) / sliderSteps, scale))}
    />`;
  }

  /** Nothing, where a field is optional, is off. */
  #parsed(text: string): unknown {
    const { field } = this.entry;
    return field.optional && text.trim() === '' ? undefined : parseField(field, text);
  }

  #chosen(choice: string): unknown {
    if (choice === '' && this.entry.field.optional) return undefined;
    return this.entry.field.perLayer ? parseField(this.entry.field, choice) : choice;
  }

  #emit(value: unknown): void {
    emit(this, 'setting-change', { path: this.entry.path, value });
  }

  #restore(): void {
    emit(this, 'setting-restore', { path: this.entry.path });
  }

  /** The mark goes away with the change. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#control');
  }

  #look({ type }: Event): void {
    emit(this, 'setting-look', { path: this.entry.path, passing: type === 'pointerenter' });
  }

  get #part(): 'trial' | 'data' {
    return this.entry.path.startsWith('data.') ? 'data' : 'trial';
  }
}

function takesZero({ minimum, aboveMinimum }: Field): boolean {
  return minimum === 0 && !aboveMinimum;
}
