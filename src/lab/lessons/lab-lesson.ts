/** The step of the lesson that is being followed: what is set up, what to look at, and the way on. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { lessonText } from '../i18n/en/later/lesson.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { lessonsContext } from './context.ts';
import type { LessonController } from './controller.ts';
import { goalInWords } from './goal.ts';
import { inPageLanguage } from './words.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-lesson': LabLesson;
  }
}

export class LabLesson extends LabElement {
  @consume({ context: lessonsContext }) private readonly lessons!: LessonController;

  static override styles = [
    base,
    buttons,
    css`
      section {
        margin-top: 12px;
        padding: 8px 0 12px 12px;
        border-left: 3px solid var(--accent);
      }
      .head,
      .ways {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }
      .head span {
        flex: 1;
      }
      .close {
        width: 28px;
        min-height: 28px;
        padding: 0;
        border-color: transparent;
        color: var(--ink-light);
      }
      h2 {
        font: var(--text);
        font-weight: 600;
      }
      p {
        max-width: 76ch;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .ways {
        margin-top: 6px;
      }
      .ways button {
        min-height: 28px;
        padding: 2px 12px;
      }
      .goal {
        font-weight: 600;
      }
      .ways button.quiet {
        padding: 2px 6px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { lesson, step: at, waiting } = this.lessons;
    if (!lesson) return nothing;
    const { title, steps } = lesson;
    const step = steps[at];
    const next = steps[at + 1];
    return html`<section aria-label=${lessonText().lesson}>
      <div class="head">
        <span class="small light number">${inPageLanguage(title)} · ${lessonText().stepOf({ step: at + 1, steps: steps.length })}</span>
        <button class="close" type="button" aria-label=${lessonText().closeLesson} @click=${() => this.lessons.close()}>
          ${icon('close', 12)}
        </button>
      </div>
      <div aria-live="polite">
        <h2>${inPageLanguage(step.title)}</h2>
        <p>${inPageLanguage(step.text)}</p>
        ${step.try ? html`<p class="light">${inPageLanguage(step.try)}</p>` : nothing}
        ${step.wait ? html`<p class="goal">${this.#goal(goalInWords(step.wait))}</p>` : nothing}
      </div>
      <div class="ways">
        <button type="button" ?disabled=${at === 0} @click=${() => this.lessons.go(at - 1)}>${lessonText().back}</button>
        <button type="button" ?disabled=${!next || waiting} @click=${() => this.lessons.go(at + 1)}>
          ${next ? lessonText().nextStep(inPageLanguage(next.title)) : lessonText().next}
        </button>
        <button class="quiet" type="button" @click=${() => this.lessons.go(at)}>${lessonText().setUpAgain}</button>
      </div>
    </section>`;
  }

  #goal(goal: string): string {
    return this.lessons.waiting ? lessonText().goal(goal) : lessonText().goalReached(goal);
  }
}
