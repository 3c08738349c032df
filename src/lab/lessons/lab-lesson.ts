/** The step of the lesson that is being followed: what is set up, what to look at, and the way on. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { lessonText } from '../i18n/en/lesson.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { goalInWords } from './goal.ts';
import type { Lesson } from './read.ts';
import { inPageLanguage } from './words.ts';

declare global {
  interface HTMLElementEventMap {
    /** Another step is to be set up, or the same again. */
    'lesson-step': CustomEvent<{ step: number }>;
    /** Enough of it. */
    'lesson-close': CustomEvent<undefined>;
  }
  interface HTMLElementTagNameMap {
    'lab-lesson': LabLesson;
  }
}

export class LabLesson extends LitElement {
  @property({ attribute: false }) lesson: Lesson | undefined;
  /** From 0. */
  @property({ type: Number }) step = 0;
  /** Whether the step's goal has not been reached. */
  @property({ type: Boolean }) waiting = false;

  static override styles = [
    base,
    buttons,
    css`
      section {
        margin-top: 12px;
        padding: 8px 0 10px 12px;
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
        padding: 2px 10px;
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
    if (!this.lesson) return nothing;
    const { title, steps } = this.lesson;
    const step = steps[this.step];
    const next = steps[this.step + 1];
    return html`<section aria-label=${lessonText().lesson}>
      <div class="head">
        <span class="small light number">${inPageLanguage(title)} · ${lessonText().stepOf({ step: this.step + 1, steps: steps.length })}</span>
        <button class="close" type="button" aria-label=${lessonText().closeLesson} @click=${() => emit(this, 'lesson-close')}>
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
        <button type="button" ?disabled=${this.step === 0} @click=${() => this.#go(this.step - 1)}>${lessonText().back}</button>
        <button type="button" ?disabled=${!next || this.waiting} @click=${() => this.#go(this.step + 1)}>
          ${next ? lessonText().nextStep(inPageLanguage(next.title)) : lessonText().next}
        </button>
        <button class="quiet" type="button" @click=${() => this.#go(this.step)}>${lessonText().setUpAgain}</button>
      </div>
    </section>`;
  }

  #goal(goal: string): string {
    return this.waiting ? lessonText().goal(goal) : lessonText().goalReached(goal);
  }

  #go(step: number): void {
    emit(this, 'lesson-step', { step });
  }
}
