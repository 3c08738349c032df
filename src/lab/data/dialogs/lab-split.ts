/** How many of the rows train, validate and test: a bar of the three shares, and sliders for the two that are held back. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import { text } from '../../i18n/text.ts';
import type { FormPath } from '../../shared/form.ts';
import { type TrainerController, trainerContext } from '../../trainer/controller.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base, fields } from '../../ui/styles/shared.ts';

const mostHeldBack = 50;
const step = 5;

export class LabSplit extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    fields,
    css`
      .bar {
        display: flex;
        gap: 2px;
        height: 8px;
        margin: 6px 0 4px;
      }
      .bar span {
        border-radius: 2px;
        background: var(--hairline);
      }
      .train {
        background: var(--model) !important;
      }
      .validation {
        background: var(--validation) !important;
      }
      .test {
        background: var(--test-text) !important;
      }
      .row {
        grid-template-columns: 104px 1fr 44px;
      }
      .value {
        font: var(--label);
        text-align: right;
      }
    `,
  ];

  override render(): TemplateResult {
    const { train, validation, test } = this.#shares();
    const rest = Math.max(0, 100 - train - validation - test);
    const part = (name: string, share: number) =>
      share > 0 ? html`<span class=${name} .style="flex: ${share}"></span>` : nothing;
    return html`
      <div class="bar" aria-hidden="true">
        ${part('train', train)} ${part('validation', validation)} ${part('test', test)} ${part('rest', rest)}
      </div>
      <div class="row">
        <span class="label">${text.common.trainingHeading}</span>
        <span></span>
        <span class="value number">${train} %</span>
      </div>
      ${this.#slider('validation', dataDialogsText().validationPart, validation)} ${this.#slider('test', dataDialogsText().testPart, test)}
    `;
  }

  #slider(name: 'validation' | 'test', label: string, share: number): TemplateResult {
    return html`<div class="row">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        type="range"
        min="0"
        max=${mostHeldBack}
        step=${step}
        aria-valuetext="${share} %"
        .value=${String(share)}
        @input=${(event: Event) => this.#move(name, Number((event.target as HTMLInputElement).value))}
      />
      <span class="value number">${share} %</span>
    </div>`;
  }

  /** In percent. */
  #shares(): { train: number; validation: number; test: number } {
    const { train = 0, validation = 0, test = 0 } = this.trainer.controls.form.data.split ?? {};
    const percent = (share: number) => Math.round(1000 * share) / 10;
    return { train: percent(train), validation: percent(validation), test: percent(test) };
  }

  /** Training takes what the others leave. At least one step remains for it. */
  #move(name: 'validation' | 'test', share: number): void {
    const shares = this.#shares();
    const other = name === 'validation' ? shares.test : shares.validation;
    const held = Math.min(share, 100 - step - other);
    const next = { [name]: held, train: Math.round(10 * (100 - held - other)) / 10 };
    const changes = Object.entries(next).map(([key, value]) => ({
      path: `data.split.${key}` as FormPath,
      value: value / 100,
    }));
    this.trainer.controls.changeAll(changes);
  }
}
