/** What of a link cannot be had as it says, and what to do about it. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { printable, quotable } from '../../util/bounded.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { lessonsContext } from '../lessons/context.ts';
import type { LessonController } from '../lessons/controller.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base } from '../ui/styles/shared.ts';

export class LabLinked extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: lessonsContext }) private readonly lessons!: LessonController;

  static override styles = [
    base,
    css`
      div {
        margin-bottom: 12px;
        padding: 8px 12px;
        border-left: 3px solid var(--accent);
        background: var(--accent-wash);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { missing: file, problems = [], unrepeated = false } = this.trainer.linked ?? {};
    const missing = file && printable(quotable(file));
    if (!missing && problems.length === 0 && !unrepeated) return nothing;
    return html`<div role="status">
      ${missing ? html`<p>${this.lessons.lesson ? text.runs.lessonNeedsFile(missing) : text.runs.linkNeedsFile(missing)}</p>` : nothing}
      ${problems.length > 0 ? html`<p>${text.runs.linkLeftOut(problems.map(inLanguage).join('; '))}</p>` : nothing}
      ${unrepeated ? html`<p>${text.runs.changedAtUnknownSteps}</p>` : nothing}
    </div>`;
  }
}
