/** The one primary action: train, or pause. Its width does not change with its words. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabTrainButton extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

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
    const { state, ownTable, blocked, heldBy } = this.trainer;
    const running = state === 'running';
    return html`<button
      class=${ownTable ? '' : 'primary'}
      type="button"
      title=${this.#title()}
      aria-keyshortcuts="Space"
      ?disabled=${blocked || heldBy !== undefined}
      @click=${() => this.trainer.toggle()}
    >
      ${icon(running ? 'pause' : 'play')} ${this.#words()}
    </button>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  #title(): string {
    const { state, blocked, heldBy } = this.trainer;
    if (heldBy) return text.run.held;
    if (blocked && state !== 'loading') return text.run.mendSettings;
    return text.run.withSpaceKey(this.#words());
  }

  #words(): string {
    const { state, restarts } = this.trainer;
    if (state === 'running') return text.run.pause;
    if (state === 'ready' || state === 'loading') return text.run.train;
    if (state === 'paused') return restarts ? text.common.restart : text.run.train;
    return text.run.trainAgain;
  }
}
