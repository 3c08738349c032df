/** The network: its layers drawn and edited, the activation, and how many parameters that makes. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { layerShapes, parameterCount } from '../../engine/parameters.ts';
import { type Form, type FormField, formFields, type LegalForm, legalForm } from '../form.ts';
import { count } from '../format.ts';
import { icon } from '../icons.ts';
import { base, buttons } from '../styles/shared.ts';

const hiddenPath = 'trial.model.hidden';
/** More layers than this are edited as a list; their buttons would not fit. */
const mostSteppers = 4;
/** Sizes that the buttons step through. */
const sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 150, 192, 256, 384, 512, 768, 1024];

export class LabNetwork extends LitElement {
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();
  @property({ type: Number }) inputs = 1;
  @property({ type: Number }) outputs = 1;

  static override styles = [
    base,
    buttons,
    css`
      .steppers {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        margin-bottom: 8px;
        text-align: center;
      }
      .stepper {
        display: flex;
        justify-content: center;
      }
      .stepper button {
        width: 24px;
        min-height: 24px;
        padding: 0;
        border-color: transparent;
        color: var(--ink-light);
      }
      .stepper button:hover:not(:disabled) {
        color: var(--ink);
      }
      .layers {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
        margin-top: 4px;
      }
      .buttons {
        display: flex;
      }
    `,
  ];

  override render(): TemplateResult {
    const entries = ['trial.model.hidden', 'trial.model.activation'].map(
      (path) => formFields.find((entry) => entry.path === path) as FormField,
    );
    const legal = this.#hidden();
    return html`
      <h2>Network</h2>
      <lab-network-diagram .units=${[this.inputs, ...legal, this.outputs]}></lab-network-diagram>
      ${this.#steppers(legal)}
      <lab-fields .entries=${entries} .form=${this.form} .applied=${this.applied} .changes=${this.changes}></lab-fields>
      <div class="layers">
        <span class="small light number" id="parameters">${this.#parameters()}</span>
        <div class="buttons">
          <button
            class="quiet small"
            type="button"
            aria-label="Remove the last hidden layer"
            ?disabled=${legal.length === 0}
            @click=${() => this.#set(legal.slice(0, -1))}
          >
            ${icon('minus', 12)} Layer
          </button>
          <button
            class="quiet small"
            type="button"
            aria-label="Add a hidden layer"
            ?disabled=${legal.length >= 64}
            @click=${() => this.#set([...legal, legal.at(-1) ?? 16])}
          >
            ${icon('plus', 12)} Layer
          </button>
        </div>
      </div>
    `;
  }

  #steppers(hidden: readonly number[]): TemplateResult | typeof nothing {
    if (hidden.length === 0 || hidden.length > mostSteppers) return nothing;
    const stepper = (units: number, index: number) => html`<div class="stepper">
      <button
        type="button"
        aria-label="Fewer units in hidden layer ${index + 1}"
        ?disabled=${units <= 1}
        @click=${() => this.#setUnits(index, sizes.findLast((size) => size < units) ?? 1)}
      >
        ${icon('minus', 12)}
      </button>
      <button
        type="button"
        aria-label="More units in hidden layer ${index + 1}"
        @click=${() => this.#setUnits(index, sizes.find((size) => size > units) ?? units * 2)}
      >
        ${icon('plus', 12)}
      </button>
    </div>`;
    return html`<div class="steppers"><span></span>${hidden.map(stepper)}<span></span></div>`;
  }

  /** The layers of the form where they are legal, else those of the run. */
  #hidden(): number[] {
    if (this.form.problems.has(hiddenPath)) return this.applied?.trial.model.hidden ?? [];
    return (this.form.trial.model?.hidden ?? []) as number[];
  }

  #parameters(): string {
    const trial = (legalForm(this.form) ?? this.applied)?.trial;
    if (!trial) return '';
    const model = { ...trial.model, hidden: this.#hidden() };
    return `${count(parameterCount(layerShapes(model, this.inputs, this.outputs)))} parameters`;
  }

  #setUnits(index: number, units: number): void {
    this.#set(this.#hidden().map((before, other) => (other === index ? units : before)));
  }

  #set(value: number[]): void {
    const detail = { path: hiddenPath, value };
    this.dispatchEvent(new CustomEvent('setting-change', { detail, bubbles: true, composed: true }));
  }
}
