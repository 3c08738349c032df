/** What a person should know, the most serious first, each with a button that mends it where one setting does. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Notice, type NoticeFix, sortNotices } from '../../data/table/notices.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { itemsChanged } from '../ui/equality.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { fixWords, isBeyondChoice, isDone } from './notice-fix.ts';

declare global {
  interface HTMLElementEventMap {
    /** The advice of a notice is taken. */
    'notice-fix': CustomEvent<{ fix: NoticeFix }>;
  }
}

export class LabNotices extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @property({ attribute: false, hasChanged: itemsChanged }) notices: readonly Notice[] = [];
  /** So many are shown at first, and all that are critical. */
  @property({ type: Number }) most = Number.POSITIVE_INFINITY;

  /** Whether they are in the order in which they are to be read, the first in the size of text. */
  @property({ type: Boolean }) ranked = false;

  @state() private every = false;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        flex: none;
      }
      :host([hidden]) {
        display: none;
      }
      ul {
        font: var(--label);
        list-style: none;
      }
      li {
        padding: 2px 0 2px 12px;
        border-left: 3px solid var(--hairline);
        overflow-wrap: anywhere;
      }
      li + li {
        margin-top: 6px;
      }
      li.info {
        color: var(--ink-light);
      }
      li.warning {
        border-left-color: var(--border);
      }
      li.critical {
        padding: 6px 8px 6px 12px;
        border-left-color: var(--error);
        background: var(--error-wash);
        color: var(--ink);
      }
 :host([ranked]) li:first-child {
        padding: 0;
        border: 0;
        color: var(--ink);
        font: var(--text);
      }
      button.quiet {
        display: block;
        margin-left: -2px;
        padding: 0 2px;
        font: inherit;
        line-height: 24px;
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      .done {
        color: var(--ink-light);
      }
    `,
  ];

  /** Without anything to say it takes no room, nor a gap between its neighbours. */
  override updated(): void {
    this.toggleAttribute('hidden', this.notices.length === 0);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.notices.length === 0) return nothing;
    const sorted = this.ranked ? this.notices : sortNotices(this.notices);
    const shown = this.every
      ? sorted
      : sorted.filter(({ severity }, index) => index < this.most || severity === 'critical');
    const more = sorted.length - shown.length;
    return html`<ul aria-label=${text.data.toLookAt}>
      ${shown.map((notice) => this.#notice(notice))}
      ${
        more > 0
          ? html`<li class="info"><button class="quiet" type="button" @click=${this.#showEvery}>${text.data.showMore(count(more))}</button></li>`
          : nothing
      }
    </ul>`;
  }

  #notice(notice: Notice): TemplateResult {
    const { severity, fix } = notice;
    return html`<li class=${severity}>
      <span class="unseen">${text.data.severity[severity]}: </span>${inLanguage(notice)} ${fix ? this.#fix(fix) : nothing}
    </li>`;
  }

  #fix(fix: NoticeFix): TemplateResult | typeof nothing {
    const { form } = this.trainer.controls;
    if (isBeyondChoice(form, fix)) return nothing;
    if (isDone(form, fix)) return html`<span class="done">${text.data.doneInSettings}</span>`;
    return html`<button class="quiet" type="button" @click=${() => this.#take(fix)}>${fixWords(fix)}</button>`;
  }

  /** The button gives way to a word. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('button');
  }

  #take(fix: NoticeFix): void {
    emit(this, 'notice-fix', { fix });
  }

  #showEvery(): void {
    this.every = true;
  }
}
