/** Train or pause, step, reset; and how far the run has come. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { count, duration, figure } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { type ReplayController, replayContext } from '../trainer/replay.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabToolbar extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: replayContext }) private readonly replay!: ReplayController;

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
          padding: 4px 8px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { state, canStep, heldBy, run, controls, latest } = this.trainer;
    const { label, score, standing } = this.replay.headline;
    const { epochs = 0 } = run?.trial.training ?? controls.form.trial.training ?? {};
    return html`
      <div class="bar" role="toolbar" aria-label=${text.common.trainingHeading}>
        <lab-train-button></lab-train-button>
        <button
          type="button"
          title=${text.run.stepTitle}
          aria-keyshortcuts="s"
          ?disabled=${!canStep || heldBy !== undefined}
          @click=${() => this.trainer.step()}
        >
          ${icon('step')} ${text.run.step}
        </button>
        <button
          type="button"
          title=${text.run.resetTitle}
          aria-keyshortcuts="r"
          ?disabled=${state === 'loading'}
          @click=${() => this.trainer.reset()}
        >
          ${icon('reset')} ${text.run.reset}
        </button>
        <dl class="numbers">
          <div class="epoch">
            <dt>${text.common.epoch}</dt>
            <dd>${count(this.replay.epoch)} <span class="of">/ ${count(epochs)}</span></dd>
          </div>
          <div class="score" title=${standing}>
            <dt>${text.common.validationMetric(label)}</dt>
            <dd>${figure(score)}</dd>
          </div>
          <div class="speed">
            <dt>${text.run.stepsPerSecond}</dt>
            <dd>${figure(latest?.steps_per_second ?? null)}</dd>
          </div>
          <div class="time">
            <dt>${text.run.elapsed}</dt>
            <dd>${duration(latest?.seconds ?? 0)}</dd>
          </div>
        </dl>
      </div>
    `;
  }

  /** On the primary action. */
  override focus(): void {
    this.renderRoot.querySelector('lab-train-button')?.focus();
  }
}
