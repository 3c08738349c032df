/** Train or pause, step, reset; and how far the run has come. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { count, duration, figure } from '../shared/format.ts';
import type { LabState } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** Train one epoch. */
    'run-step': CustomEvent<undefined>;
    /** Back to epoch 0. */
    'run-reset': CustomEvent<undefined>;
  }
}

export class LabToolbar extends LitElement {
  @property() state: LabState = 'loading';
  /** Whether the primary action begins a new run. */
  @property({ type: Boolean }) restarts = false;
  @property({ type: Boolean }) blocked = false;
  /** Whether it all waits for a sweep or a fit to end. */
  @property({ type: Boolean }) held = false;
  /** Whether another action is the primary one. */
  @property({ type: Boolean }) secondary = false;
  @property({ type: Number }) epoch = 0;
  @property({ type: Number }) epochs = 0;
  @property({ type: Number }) seconds = 0;
  /** Of the validation rows; shown where the results are out of sight. */
  @property({ attribute: false }) score: number | undefined;
  /** Of which epoch the score is. */
  @property() standing = '';
  @property() scoreName = 'RMSE';
  @property({ attribute: false }) speed: number | null = null;

  static override styles = [
    base,
    buttons,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .numbers {
        display: flex;
        flex: 1;
        justify-content: flex-end;
        gap: 24px;
        margin: 0;
      }
      .numbers div {
        text-align: right;
      }
      dt {
        font: var(--label);
        color: var(--ink-light);
      }
      dd {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .of {
        color: var(--ink-light);
      }
      .epoch {
        min-width: 88px;
      }
      .speed {
        min-width: 72px;
      }
      .time {
        min-width: 80px;
      }
      .score {
        display: none;
      }
      @media (max-width: 899px) {
        lab-train-button {
          display: none;
        }
        .numbers {
          gap: 16px;
        }
        .score {
          display: block;
        }
      }
      @media (max-width: 480px) {
        .time,
        .speed {
          display: none;
        }
        .epoch {
          min-width: 64px;
        }
        .bar button {
          padding: 5px 8px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const steppable = this.state === 'ready' || this.state === 'paused' || this.state === 'running';
    return html`
      <div class="bar" role="toolbar" aria-label=${text.common.trainingHeading}>
        <lab-train-button .state=${this.state} ?restarts=${this.restarts} ?blocked=${this.blocked} ?held=${this.held} ?secondary=${this.secondary}></lab-train-button>
        <button
          type="button"
          title=${text.run.stepTitle}
          aria-keyshortcuts="s"
          ?disabled=${!steppable || this.held}
          @click=${() => this.#say('run-step')}
        >
          ${icon('step')} ${text.run.step}
        </button>
        <button
          type="button"
          title=${text.run.resetTitle}
          aria-keyshortcuts="r"
          ?disabled=${this.state === 'loading'}
          @click=${() => this.#say('run-reset')}
        >
          ${icon('reset')} ${text.run.reset}
        </button>
        <dl class="numbers">
          <div class="epoch">
            <dt>${text.common.epoch}</dt>
            <dd>${count(this.epoch)} <span class="of">/ ${count(this.epochs)}</span></dd>
          </div>
          <div class="score" title=${this.standing}>
            <dt>${text.common.validationMetric(this.scoreName)}</dt>
            <dd>${figure(this.score)}</dd>
          </div>
          <div class="speed">
            <dt>${text.run.stepsPerSecond}</dt>
            <dd>${figure(this.speed)}</dd>
          </div>
          <div class="time">
            <dt>${text.run.elapsed}</dt>
            <dd>${duration(this.seconds)}</dd>
          </div>
        </dl>
      </div>
    `;
  }

  /** On the primary action. */
  override focus(): void {
    this.renderRoot.querySelector('lab-train-button')?.focus();
  }

  #say(name: 'run-step' | 'run-reset'): void {
    emit(this, name);
  }
}
