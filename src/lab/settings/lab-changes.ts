/**
 * What has been changed and is not in the run yet, with the two ways on, or has been trained at once, with the way back. Stays
 * in sight at the foot of the settings.
 */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { type DataController, tablesContext } from '../data/controller.ts';
import { text } from '../i18n/text.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabChanges extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  static override styles = [
    base,
    buttons,
    css`
      .bar {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 8px 20px;
        border-top: 1px solid var(--hairline);
        background: var(--accent-wash);
      }
      p {
        flex: 1;
      }
      button {
        min-height: 28px;
        padding: 2px 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { atOnce, controls } = this.trainer;
    const changes = controls.changes.size > 0 && !atOnce.due ? controls.changes.size : 0;
    const problems = controls.form.problems.size;
    const none = changes === 0 && problems === 0;
    if (none && atOnce.undoable && !this.tables.dialog) return this.#undo();
    const words = problems > 0 ? problemsInWords(problems) : changesInWords(changes);
    return html`<div class="bar" ?hidden=${none}>
      <p class="small">${words}</p>
      <button class="quiet" type="button" @click=${() => controls.restore()}>${text.settings.discard}</button>
      <button
        class="primary"
        type="button"
        title=${text.settings.startAgain}
        ?disabled=${problems > 0}
        @click=${() => this.tables.apply()}
      >
        ${text.common.restart}
      </button>
    </div>`;
  }

  #undo(): TemplateResult {
    return html`<div class="bar">
      <p class="small">${text.settings.trainedAtOnce}</p>
      <button class="quiet" type="button" @click=${() => this.trainer.atOnce.undo()}>${text.runs.undo}</button>
    </div>`;
  }
}

function problemsInWords(problems: number): string {
  return problems === 1 ? text.settings.oneProblem : text.settings.problems(problems);
}

function changesInWords(changes: number): string {
  return changes === 1 ? text.settings.oneChange : text.settings.changes(changes);
}
