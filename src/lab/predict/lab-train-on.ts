/** The way to a run that goes on from the model that answers, and that the next run does. */
import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { baseModelText } from '../i18n/en/later/base-model.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** The next run is to go on from the model that answers. */
    'train-on': CustomEvent<undefined>;
  }
}

export class LabTrainOn extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    buttons,
    css`
      button {
        padding: 2px 0;
      }
      p:not(:empty) {
        margin: 2px 0 4px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { applied, controls } = this.trainer;
    const { from } = controls.form;
    const next = from && from.key !== applied?.from?.key ? baseModelText().nextRun(from.name) : '';
    return html`<button class="quiet small" type="button" @click=${() => emit(this, 'train-on')}>${baseModelText().trainOn}</button>
      <p class="small light" role="status">${next}</p>`;
  }
}
