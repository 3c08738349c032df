/** The way to the lesson in which something can be seen. */
import { html, type TemplateResult } from 'lit';
import { type Text, text } from '../i18n/text.ts';
import { emit } from './emit.ts';

declare global {
  interface HTMLElementEventMap {
    /** A lesson of the page is to begin. */
    'lesson-start': CustomEvent<{ name: string }>;
  }
}

export type LessonName = keyof Text['lessons']['titles'];

export function lessonLink(name: LessonName): TemplateResult {
  const start = ({ currentTarget }: Event) => emit(currentTarget as HTMLElement, 'lesson-start', { name });
  return html`<button class="quiet small lesson" type="button" @click=${start}>${text.lessons.seeLesson(text.lessons.titles[name])}</button>`;
}
