/** The model that the next run goes on from, with what that means and the way back; or the one that the run went on from. */
import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { DataSettings } from '../../spec/data-settings.ts';
import { printable, quotable } from '../../util/bounded.ts';
import { baseModelText } from '../i18n/en/later/base-model.ts';
import { inLanguage } from '../i18n/language.ts';
import { withData } from '../shared/form.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabBaseModel extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  /** Whether it is about the run that is shown, and only said. */
  @property({ type: Boolean }) run = false;

  static override styles = [
    base,
    buttons,
    css`
      div {
        padding: 8px 12px;
        border-left: 3px solid var(--accent);
        background: var(--accent-wash);
      }
      p {
        overflow-wrap: anywhere;
      }
      .keeps {
        margin: 2px 0 4px;
      }
      button.quiet {
        margin-left: -6px;
      }
      .of-run {
        margin-bottom: 8px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { controls } = this.trainer;
    if (this.run) return this.#ofRun();
    const { from, problems } = controls.form;
    if (!from) return nothing;
    const problem = problems.get('from');
    return html`<div role="group" aria-label=${baseModelText().goesOnFrom(from.name)}>
      <p>${baseModelText().goesOnFrom(from.name)}</p>
      <p class="keeps small light">${baseModelText().keeps}</p>
      <p class="problem" role="alert" ?hidden=${!problem}>${inLanguage(problem ?? '')}</p>
      <button class="quiet small" type="button" @click=${this.#beginAnew}>${baseModelText().beginAnew}</button>
    </div>`;
  }

  /** Of a link that does not hold the model it says so. */
  #ofRun(): TemplateResult | typeof nothing {
    const { applied, linked } = this.trainer;
    if (applied?.from)
      return html`<p class="of-run small light">${baseModelText().runGoesOnFrom(applied.from.name)}</p>`;
    if (linked?.from === undefined) return nothing;
    return html`<div class="of-run" role="status">
      <p>${baseModelText().ofLink(printable(quotable(linked.from)))}</p>
    </div>`;
  }

  /** With the settings as they are. */
  #beginAnew(): void {
    const { controls } = this.trainer;
    const { from: _, ...form } = controls.form;
    controls.replace(withData(form, form.data as DataSettings));
  }
}
