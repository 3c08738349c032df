/** The lessons to choose from, behind one quiet line at the top of the settings. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { Loader } from '../ui/loader.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { lessonsContext } from './context.ts';
import type { LessonController } from './controller.ts';
import type { BuiltIn } from './find.ts';
import { inPageLanguage } from './words.ts';

declare global {
  interface HTMLElementEventMap {
    /** The founding report is asked for: its dialog lies over the page, as a sheet that closes would hide it. */
    'founding-open': CustomEvent<undefined>;
  }
}

export class LabLessons extends LabElement {
  @consume({ context: lessonsContext }) private readonly followed!: LessonController;

  /** Loaded when the list is first opened. */
  @state() private lessons: readonly BuiltIn[] | undefined;

  readonly #loader = new Loader(this);

  @query('details') private details!: HTMLDetailsElement;

  static override styles = [
    base,
    buttons,
    css`
      summary {
        min-height: 24px;
        color: var(--accent);
        font: var(--label);
        line-height: 24px;
        cursor: pointer;
      }
      ol {
        margin: 2px 0 0;
        padding: 0;
        list-style: none;
      }
      button {
        justify-content: start;
        width: 100%;
        min-height: 28px;
        padding: 2px 8px;
        border-color: transparent;
        text-align: left;
        white-space: normal;
      }
      button[aria-current] {
        background: var(--accent-wash);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<details @toggle=${this.#load}>
      <summary>${text.lessons.title}</summary>
      ${this.#loader.line()}
      <ol>
        ${this.lessons?.map(
          ({ name, lesson }) => html`<li>
            <button type="button" aria-current=${this.followed.name === name ? 'step' : nothing} @click=${() => this.#start(name)}>
              ${inPageLanguage(lesson.title)}
            </button>
          </li>`,
        )}
        <li>
          <button type="button" @click=${() => emit(this, 'founding-open')}>${text.lessons.foundingReport}</button>
        </li>
      </ol>
    </details>`;
  }

  async #load(): Promise<void> {
    if (this.lessons) return;
    const loaded = await this.#loader.load(() => import('./elements.ts'));
    this.lessons = loaded?.builtIn;
  }

  #start(name: string): void {
    this.details.open = false;
    void this.followed.start(name);
  }
}
