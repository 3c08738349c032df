/** All activation functions to choose from, in a pop-up: the one that has the focus or the pointer is drawn with its slope. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type ActivationName, activationNames } from '../../spec/activations.ts';
import { text } from '../i18n/text.ts';
import { defineOnce } from '../ui/define-once.ts';
import { emit } from '../ui/emit.ts';
import { Loader } from '../ui/loader.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { activationCurve } from './activation-curve.ts';

const room = 8;

declare global {
  interface HTMLElementEventMap {
    /** Another function. */
    'activation-choose': CustomEvent<{ name: ActivationName }>;
  }
}

export class LabActivations extends LitElement {
  /** Undefined where the layers differ. */
  @property({ attribute: false }) value: ActivationName | undefined;
  /** Which layer it is for, in words. */
  @property() for = '';
  /** Whether it is not to be chosen. */
  @property({ type: Boolean }) fixed = false;

  /** The one that is looked at. */
  @state() private shown: ActivationName | undefined;
  @state() private open = false;
  readonly #loader = new Loader(this);
  @query('#choices') private choices!: HTMLElement;
  @query('button') private button!: HTMLButtonElement;

  static override styles = [
    base,
    buttons,
    css`
      button {
        width: 28px;
        min-height: 28px;
        padding: 0;
      }
      #choices {
        position: fixed;
        inset: auto;
        width: min(400px, calc(100vw - 16px));
        max-height: calc(100dvh - 16px);
        margin: 0;
        padding: 12px;
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow);
        overflow-y: auto;
      }
      .columns {
        display: grid;
        grid-template-columns: 96px minmax(0, 1fr);
        gap: 12px;
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }
      label {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 26px;
        padding: 0 4px;
        border-radius: var(--radius);
        font: var(--label);
        cursor: pointer;
      }
      label:hover,
      label.shown {
        background: var(--shade);
      }
      input {
        margin: 0;
        accent-color: var(--accent);
      }
      @media (max-width: 359px) {
        .columns {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const words = text.network.compareActivations(this.for);
    return html`
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${words}
        title=${words}
        popovertarget="choices"
        ?disabled=${this.fixed}
      >
        ${sketch(this.value ?? 'tanh')}
      </button>
      <div
        id="choices"
        popover
        role="dialog"
        aria-label=${text.network.activationsOf(this.for)}
        @beforetoggle=${this.#place}
        @toggle=${this.#toggled}
        @keydown=${this.#key}
      >
        ${this.open ? this.#columns() : nothing}
      </div>
    `;
  }

  #columns(): TemplateResult {
    const shown = this.shown ?? this.value ?? 'tanh';
    return html`<div class="columns">
      <fieldset aria-label=${text.network.activation}>
        ${activationNames.map(
          (name) => html`<label class=${name === shown ? 'shown' : ''} @pointerenter=${() => this.#show(name)}>
            <input
              type="radio"
              name="activation"
              value=${name}
              .checked=${name === this.value}
              @focus=${() => this.#show(name)}
              @change=${() => this.#choose(name)}
              @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.choices.hidePopover()}
            />
            ${name}
          </label>`,
        )}
      </fieldset>
      <div>${this.#loader.line()}<lab-activation-plot name=${shown}></lab-activation-plot></div>
    </div>`;
  }

  #show(name: ActivationName): void {
    this.shown = name;
  }

  #choose(name: ActivationName): void {
    this.shown = name;
    emit(this, 'activation-choose', { name });
  }

  /** Escape closes this, and not the sheet around it as well. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') event.stopPropagation();
  }

  /** Beside its button where there is room, and always whole on the screen. */
  #place(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    const { left, bottom, top } = this.button.getBoundingClientRect();
    const [width, height] = [Math.min(400, innerWidth - 2 * room), 340];
    const below = bottom + room + height <= innerHeight;
    this.choices.style.left = `${Math.max(room, Math.min(left, innerWidth - width - room))}px`;
    this.choices.style.top = `${below ? bottom + room : Math.max(room, Math.min(top - room - height, innerHeight - height - room))}px`;
  }

  async #toggled(event: ToggleEvent): Promise<void> {
    this.open = event.newState === 'open';
    this.shown = undefined;
    if (!this.open) return;
    void this.#load();
    await this.updateComplete;
    const inputs = [...this.choices.querySelectorAll('input')];
    (inputs.find(({ checked }) => checked) ?? inputs[0])?.focus();
  }

  /** Loaded when it is first opened. */
  async #load(): Promise<void> {
    const part = await this.#loader.load(() => import('./lab-activation-plot.ts'));
    if (part) defineOnce('lab-activation-plot', part.LabActivationPlot);
  }
}

function sketch(name: ActivationName): TemplateResult {
  const { z, value } = activationCurve(name, -3, 3, 25);
  const path = z.map((at, index) => `${index ? 'L' : 'M'}${8 + at * 2.4} ${9 - value[index] * 3.4}`).join('');
  return html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.5" />`}
  </svg>`;
}
