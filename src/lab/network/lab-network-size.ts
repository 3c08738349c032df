/** How much of a network there is: parameters, about how much memory, and the plan that trains it. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type LayerShape, parameterCount } from '../../engine/parameters.ts';
import type { Trial } from '../../spec/settings.ts';
import { text } from '../i18n/text.ts';
import type { EngineView } from '../protocol/messages.ts';
import { count } from '../shared/format.ts';
import { bytesWords, memoryOf } from '../trainer/memory.ts';
import { base } from '../ui/styles/shared.ts';

export class LabNetworkSize extends LitElement {
  @property({ attribute: false }) trial: Trial | undefined;
  @property({ attribute: false }) layers: readonly LayerShape[] = [];
  /** Of the table, in all sets. */
  @property({ type: Number }) rows = 0;
  /** Of the run. */
  @property({ attribute: false }) engine: EngineView | undefined;
  /** Whether the run has another network. */
  @property({ type: Boolean }) changed = false;

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 2px;
        margin-top: 6px;
        font: var(--label);
        font-variant-numeric: tabular-nums;
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <span id="parameters">${this.trial ? text.network.parameters(count(parameterCount(this.layers))) : ''}</span>
      <span id="memory">${this.trial && this.rows > 0 ? this.#memory(this.trial) : ''}</span>
      <span id="plan">${this.engine ? this.#plan(this.engine) : ''}</span>
    `;
  }

  #memory(trial: Trial): string {
    const { parameters, optimizer, data } = memoryOf(trial, this.layers, this.rows);
    return text.network.memory({
      bytes: bytesWords(parameters + optimizer + data),
      parameters: bytesWords(parameters),
      optimizer: bytesWords(optimizer),
      data: bytesWords(data),
    });
  }

  /** Engines on the CPU have but one; what a GPU takes is settled by measurement when it starts. */
  #plan({ kind, plan }: EngineView): string {
    return kind === 'webgpu' && this.changed ? text.network.planChosenAnew(plan) : text.network.plan(plan);
  }
}
