/** The one primary action: train, or pause. Its width does not change with its words. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import type { LabState } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** Train or pause. */
    'run-toggle': CustomEvent<undefined>;
  }
}

export class LabTrainButton extends LitElement {
  @property() state: LabState = 'loading';
  /** Whether training begins a new run. */
  @property({ type: Boolean }) restarts = false;
  /** Whether a setting has to be mended first. */
  @property({ type: Boolean }) blocked = false;
  /** Whether it waits for a sweep or a fit to end. */
  @property({ type: Boolean }) held = false;
  /** Whether another action is the primary one. */
  @property({ type: Boolean }) secondary = false;

  static override styles = [
    base,
    buttons,
    css`
      button {
        width: 128px;
        min-height: 36px;
      }
    `,
  ];

  override render(): TemplateResult {
    const running = this.state === 'running';
    return html`<button
      class=${this.secondary ? '' : 'primary'}
      type="button"
      title=${this.#title()}
      aria-keyshortcuts="Space"
      ?disabled=${this.blocked || this.held}
      @click=${() => emit(this, 'run-toggle')}
    >
      ${icon(running ? 'pause' : 'play')} ${this.#words()}
    </button>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  #title(): string {
    if (this.held) return text.run.held;
    if (this.blocked && this.state !== 'loading') return text.run.mendSettings;
    return text.run.withSpaceKey(this.#words());
  }

  #words(): string {
    if (this.state === 'running') return text.run.pause;
    if (this.state === 'ready' || this.state === 'loading') return text.run.train;
    if (this.state === 'paused') return this.restarts ? text.common.restart : text.run.train;
    return text.run.trainAgain;
  }
}
