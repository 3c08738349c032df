/** Of something worked out on demand: how far it has come and a way to end it, or after which epoch it holds. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Said } from '../../util/errors.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import type { Query } from '../trainer/query.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** To be worked out, again or for the first time. */
    'asked-start': CustomEvent<undefined>;
    /** To be ended. */
    'asked-cancel': CustomEvent<undefined>;
  }
}

export class LabAsked extends LitElement {
  /** The share that is done; undefined while nothing is worked out. */
  @property({ attribute: false }) share: number | undefined;
  /**
   * Epochs that were done when it began and when it ended; null where the model does not change, undefined where there is no
   * answer yet.
   */
  @property({ attribute: false }) epochs: [number, number] | null | undefined;
  /** Epochs that are done now. */
  @property({ type: Number }) epoch = 0;
  @property({ attribute: false }) problem: Said = '';

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 24px;
        font: var(--label);
      }
      progress {
        width: 120px;
      }
      button.quiet {
        font: inherit;
      }
    `,
  ];

  override render(): TemplateResult {
    if (this.share !== undefined) {
      return html`<progress max="1" .value=${this.share} aria-label=${modelViewsText().query.running}></progress>
        <span class="number light">${Math.round(100 * this.share)} %</span>
        ${this.#button('asked-cancel', text.common.cancel)}`;
    }
    const again = this.#isCurrent() ? '' : this.#button('asked-start', this.#startWords());
    if (this.problem) return html`<span class="problem" role="alert">${inLanguage(this.problem)}</span>${again}`;
    return html`<span class="number light">${this.#standing()}</span>${again}`;
  }

  /** Ending takes the place of beginning, and the other way round. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('button');
  }

  #isCurrent(): boolean {
    return this.epochs === null || this.epochs?.[1] === this.epoch;
  }

  #startWords(): string {
    return this.epochs ? modelViewsText().query.again : modelViewsText().query.start;
  }

  #standing(): string {
    if (!this.epochs) return '';
    const [from, to] = this.epochs.map(count);
    if (from === to) return text.common.afterEpoch(to);
    return modelViewsText().query.whileTrained({ from, to });
  }

  #button(event: 'asked-start' | 'asked-cancel', words: string): TemplateResult {
    return html`<button
      class="quiet"
      type="button"
      @click=${() => emit(this, event)}
    >
      ${words}
    </button>`;
  }
}

/** The element for one question. */
export function askedLine(asking: Query, epoch: number, start: () => void): TemplateResult {
  const { answer } = asking;
  return html`<lab-asked
    .share=${asking.share}
    .epochs=${answer && 'epochs' in answer ? answer.epochs : undefined}
    .epoch=${epoch}
    .problem=${asking.problem ?? ''}
    @asked-start=${start}
    @asked-cancel=${() => asking.cancel()}
  ></lab-asked>`;
}
