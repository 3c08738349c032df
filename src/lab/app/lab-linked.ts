/** What of a link cannot be had as it says, or is not done before a person says so, and what to do about it. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { printable, quotable } from '../../util/bounded.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { lessonsContext } from '../lessons/context.ts';
import type { LessonController } from '../lessons/controller.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { bytesWords } from '../trainer/memory.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabLinked extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: lessonsContext }) private readonly lessons!: LessonController;

  static override styles = [
    base,
    buttons,
    css`
      div {
        margin-bottom: 12px;
        padding: 8px 12px;
        border-left: 3px solid var(--accent);
        background: var(--accent-wash);
        overflow-wrap: anywhere;
      }
      button {
        margin-top: 8px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { missing: file, problems = [], unrepeated = false } = this.trainer.linked ?? {};
    const { asks, replanned } = this.trainer;
    const missing = file && printable(quotable(file));
    if (!missing && problems.length === 0 && !unrepeated && !asks && !replanned) return nothing;
    return html`<div role="status">
      ${missing ? html`<p>${this.lessons.lesson ? text.runs.lessonNeedsFile(missing) : text.runs.linkNeedsFile(missing)}</p>` : nothing}
      ${problems.length > 0 ? html`<p>${text.runs.linkLeftOut(problems.map(inLanguage).join('; '))}</p>` : nothing}
      ${replanned ? html`<p>${text.runs.otherPlan(inLanguage(replanned))}</p>` : nothing}
      ${asks ? this.#asks(asks.bytes) : nothing}
      ${unrepeated ? html`<p>${text.runs.changedAtUnknownSteps}</p>` : nothing}
    </div>`;
  }

  #asks(bytes: number): TemplateResult {
    return html`
      <p>${text.runs.asksMemory(bytesWords(bytes))}</p>
      <button type="button" id="allow" ?disabled=${this.trainer.blocked} @click=${() => this.trainer.allow()}>
        ${icon('play')} ${text.runs.trainAfterAll(bytesWords(bytes))}
      </button>
    `;
  }
}
