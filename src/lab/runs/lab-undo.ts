/**
 * What was just deleted, and the way back. Goes away with the next thing that is done, or after a while in which nobody
 * points at it or moves to it by keyboard.
 */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { type RunsController, runsContext } from './controller.ts';

/** Milliseconds that it stays at least: long enough to read it, think, and come back with the pointer. */
const shownFor = 20_000;
/** What is done elsewhere is done with one of these. */
const controls = 'button, a, input, select, textarea, summary, [role=tab]';

export class LabUndo extends LabElement {
  @consume({ context: runsContext }) private readonly runs!: RunsController;
  /** Where the keyboard goes on when this is over. */
  @property({ attribute: false }) back: () => HTMLElement | null = () => null;

  /** What was shown last. */
  #shown = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    buttons,
    css`
      div {
        position: fixed;
        z-index: 15;
        bottom: calc(16px + env(safe-area-inset-bottom));
        left: 50%;
        display: flex;
        align-items: center;
        gap: 8px;
        max-width: calc(100vw - 32px);
        padding: 4px 8px 4px 16px;
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
        transform: translateX(-50%);
      }
      @media (max-width: 899px) {
        div {
          bottom: calc(72px + env(safe-area-inset-bottom));
        }
      }
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  /** What was deleted; empty where nothing was. */
  get #name(): string {
    return this.runs.deleted?.name ?? '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Before the page hears of it: what deletes another run puts that one here.
    document.addEventListener('click', this.#elsewhere, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('click', this.#elsewhere, { capture: true });
    clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    // The line that is read aloud is there before it has anything to say: what appears with its words goes unheard.
    return html`<p class="unseen" role="status">${this.#name ? text.runs.deleted(this.#name) : ''}</p>
      <div
        ?hidden=${!this.#name}
        @pointerenter=${this.#hold}
        @pointerleave=${this.#wait}
        @focusin=${this.#hold}
        @focusout=${this.#wait}
      >
      ${
        this.#name
          ? html`<p>${text.runs.deleted(this.#name)}</p>
              <button id="undo" class="quiet" type="button" @click=${() => this.runs.undo()}>${text.runs.undo}</button>
              <button class="quiet" type="button" aria-label=${text.common.dismiss} @click=${() => this.runs.forgetUndo()}>${icon('close')}</button>`
          : nothing
      }
    </div>`;
  }

  /** The button that was pressed is gone with its row: the keyboard goes on here. */
  override updated(): void {
    if (this.#name === this.#shown) return;
    this.#shown = this.#name;
    clearTimeout(this.#timer);
    if (!this.#name) return;
    this.renderRoot.querySelector<HTMLElement>('#undo')?.focus();
    this.#wait();
  }

  /** Somebody who came here by keyboard, or points here, is not hurried; the focus that a click left here is no reader. */
  #hold(): void {
    if (this.renderRoot.querySelector('div:hover, :focus-visible')) clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#name && !this.renderRoot.querySelector('div:hover, :focus-visible')) this.runs.forgetUndo();
    }, shownFor);
  }

  readonly #elsewhere = (event: Event): void => {
    const path = event.composedPath();
    if (!this.#name || path.includes(this)) return;
    if (path.some((place) => place instanceof Element && place.matches(controls))) this.runs.forgetUndo();
  };

  /** Here nothing is left. */
  focusAfter(): HTMLElement | null {
    return this.back();
  }
}
