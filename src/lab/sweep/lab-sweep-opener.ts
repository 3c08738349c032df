/** The way to the dialog of sweeps, and in a line how the sweep is that trains behind it. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { SweepView } from './view.ts';

declare global {
  interface HTMLElementEventMap {
    /** The dialog is wanted. */
    'sweep-open': CustomEvent<undefined>;
  }
}

export class LabSweepOpener extends LitElement {
  /** Undefined until a sweep has been put together. */
  @property({ attribute: false }) view: SweepView | undefined;
  /** Whether there is a table to sweep on. */
  @property({ type: Boolean }) ready = false;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      p {
        flex: 1;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<button
        type="button"
        ?disabled=${!this.ready}
        @click=${() => emit(this, 'sweep-open')}
      >
        ${text.run.sweep.open}
      </button>
      <p class="small light number">${this.#words()}</p>`;
  }

  #words(): string {
    if (!this.view) return text.run.sweep.openHelp;
    const { state, progress, end } = this.view;
    if (state === 'starting' || (state === 'training' && !progress)) return text.run.sweep.states.starting;
    if (state === 'training' && progress) {
      return text.run.sweep.heldProgress({ ended: count(progress.ended), trials: count(progress.trials) });
    }
    if (state === 'stopping') return text.run.sweep.states.stopping;
    if (state === 'failed') return text.run.sweep.states.failed;
    return end ? text.run.sweep.states.done : text.run.sweep.openHelp;
  }
}
