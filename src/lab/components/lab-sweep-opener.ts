/** The way to the dialog of sweeps, and in a line how the sweep is that trains behind it. */
import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { count } from '../format.ts';
import { base, buttons } from '../styles/shared.ts';
import type { SweepView } from '../sweep-controller.ts';

/** @event sweep-open The dialog is wanted. */
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
        @click=${() => this.dispatchEvent(new CustomEvent('sweep-open', { bubbles: true, composed: true }))}
      >
        ${msg('Sweep…')}
      </button>
      <p class="small light number">${this.#words()}</p>`;
  }

  #words(): string {
    if (!this.view) return msg('Many combinations at once, with seeds');
    const { state, progress, end } = this.view;
    if (state === 'starting' || (state === 'training' && !progress)) return msg('The sweep starts.');
    if (state === 'training' && progress) {
      return msg(str`${count(progress.ended)} of ${count(progress.trials)} trials ended; the single run is held.`);
    }
    if (state === 'stopping') return msg('The sweep is being ended.');
    if (state === 'failed') return msg('The sweep failed.');
    return end ? msg('The sweep is done.') : msg('Many combinations at once, with seeds');
  }
}
