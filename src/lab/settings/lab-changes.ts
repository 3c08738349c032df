/**
 * What has been changed and is not in the run yet, with the two ways on, or has been trained at once, with the way back. Stays
 * in sight at the foot of the settings.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** Start again with the settings as they are. */
    'run-apply': CustomEvent<undefined>;
    /** Put the settings back to those of the run. */
    'run-discard': CustomEvent<undefined>;
    /** Back to the settings before those that were trained at once. */
    'run-undo': CustomEvent<undefined>;
  }
}

export class LabChanges extends LitElement {
  @property({ type: Number }) changes = 0;
  /** Settings that cannot be trained. */
  @property({ type: Number }) problems = 0;
  /** Whether changes were trained at once, and there are settings to go back to. */
  @property({ type: Boolean }) undoable = false;

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
        padding: 2px 10px;
      }
    `,
  ];

  override render(): TemplateResult {
    if (this.changes === 0 && this.problems === 0 && this.undoable) return this.#undo();
    const words = this.problems > 0 ? problemsInWords(this.problems) : changesInWords(this.changes);
    return html`<div class="bar" ?hidden=${this.changes === 0 && this.problems === 0}>
      <p class="small">${words}</p>
      <button class="quiet" type="button" @click=${() => this.#say('run-discard')}>${text.settings.discard}</button>
      <button
        class="primary"
        type="button"
        title=${text.settings.startAgain}
        ?disabled=${this.problems > 0}
        @click=${() => this.#say('run-apply')}
      >
        ${text.common.restart}
      </button>
    </div>`;
  }

  #undo(): TemplateResult {
    return html`<div class="bar">
      <p class="small">${text.settings.trainedAtOnce}</p>
      <button class="quiet" type="button" @click=${() => this.#say('run-undo')}>${text.runs.undo}</button>
    </div>`;
  }

  #say(name: 'run-apply' | 'run-discard' | 'run-undo'): void {
    emit(this, name);
  }
}

function problemsInWords(problems: number): string {
  return problems === 1 ? text.settings.oneProblem : text.settings.problems(problems);
}

function changesInWords(changes: number): string {
  return changes === 1 ? text.settings.oneChange : text.settings.changes(changes);
}
