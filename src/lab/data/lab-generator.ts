/** Sliders of a sample made by a formula: how many rows, how noisy, and which draw. Each move makes and trains it anew. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GenerateSettings, GeneratorName } from '../../data/prepare/generate.ts';
import { text } from '../i18n/text.ts';
import { LabElement } from '../ui/lab-element.ts';
import { positionOf, type SliderScale, valueAtPosition } from '../ui/slider-scale.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { type DataController, tablesContext } from './controller.ts';
import { noiseInWords, rowsInWords } from './data-text.ts';

const steps = 100;

export class LabGenerator extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;
  @property() kind!: GeneratorName;
  @property({ attribute: false }) settings!: GenerateSettings;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      .value {
        flex: none;
        width: 96px;
        font: var(--label);
        color: var(--ink-light);
        text-align: right;
      }
      .draw .value {
        width: auto;
      }
      .control {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        min-width: 0;
      }
      .row {
        grid-template-columns: 64px 1fr;
      }
      button.quiet {
        margin-left: -6px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { rows, noise, seed } = this.settings;
    return html`
      ${this.#slider('rows', text.data.rowsSlider, rows, rowsScale(this.kind), rowsInWords(rows))}
      ${this.#slider('noise', text.data.noise, noise, noiseScale(this.kind), noiseInWords(this.kind, noise))}
      <div class="row draw">
        <span class="label">${text.data.draw}</span>
        <div class="control">
          <button class="quiet" type="button" @click=${() => this.#change({ seed: (seed + 1) % 2 ** 32 })}>
            ${text.data.otherPoints}
          </button>
          <span class="value number">${text.data.seed} ${seed}</span>
        </div>
      </div>
    `;
  }

  #slider(name: 'rows' | 'noise', label: string, value: number, scale: SliderScale, words: string): TemplateResult {
    const moved = (event: Event) => {
      const at = valueAtPosition(Number((event.target as HTMLInputElement).value) / steps, scale);
      this.#change({ [name]: name === 'rows' ? Math.max(scale.range[0], Number(at.toPrecision(2))) : at });
    };
    return html`<div class="row">
      <label for=${name}>${label}</label>
      <div class="control">
        <input
          id=${name}
          type="range"
          min="0"
          max=${steps}
          aria-valuetext=${words}
          .value=${String(Math.round(positionOf(value, scale) * steps))}
          @input=${moved}
        />
        <span class="value number">${words}</span>
      </div>
    </div>`;
  }

  #change(detail: Partial<GenerateSettings>): void {
    this.tables.regenerate(detail);
  }
}

/** As far as a sample still looks like itself. */
const noises: Record<GeneratorName, [number, number]> = {
  curve: [0, 1],
  or: [0, 0.5],
  xor: [0, 0.5],
  spirals: [0, 1],
  moons: [0, 0.6],
  circles: [0, 0.4],
  blobs: [0.2, 6],
};

function noiseScale(kind: GeneratorName): SliderScale {
  return { range: noises[kind], log: false, integer: false, zero: noises[kind][0] === 0 };
}

function rowsScale(kind: GeneratorName): SliderScale {
  return { range: [kind === 'or' || kind === 'xor' ? 4 : 20, 20_000], log: true, integer: true, zero: false };
}
