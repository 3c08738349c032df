/** A fit on the queue: how far it is, and its score as packs come. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { FitProgress } from '../../fit/fit.ts';
import type { Metrics } from '../../model/metrics.ts';
import type { FitStatus } from '../../sweep/queue-status.ts';
import { fitText } from '../i18n/en/later/fit.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { count, duration, figure, roughDuration } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import type { ShownWork } from './controller.ts';
import { watchedStyles } from './lab-watch.styles.ts';
import { standing } from './standing.ts';
import { scoreName } from './work-text.ts';

export class LabWatchedFit extends LitElement {
  @property({ attribute: false }) work!: ShownWork & { status: FitStatus };
  /** Of the queue. */
  @property() version = '';

  static override styles = [
    base,
    watchedStyles,
    css`
      .score strong {
        font-weight: 600;
      }
      lab-score-curve {
        max-height: 440px;
      }
      @media (max-width: 899px) {
        lab-score-curve {
          flex: none;
          height: 320px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { status } = this.work;
    const { metric, best, linear, baseline, of_seconds, seconds } = status;
    return html`
      ${standing(this.work, this.#words(), this.version)}
      ${
        best === null
          ? nothing
          : html`<p class="score number">
              <strong>${fitText().heldOut(scoreName(status))}: ${figure(best)}</strong>
              <span class="light small">${fitText().beside({ linear: figure(linear), baseline: figure(baseline) })}</span>
            </p>`
      }
      ${
        metric
          ? html`<lab-score-curve
              .progress=${progressOf(status)}
              .task=${metric.name === 'rmse' ? 'regression' : 'multiclass'}
              .seconds=${of_seconds ?? seconds}
            ></lab-score-curve>`
          : nothing
      }
    `;
  }

  #words(): string {
    const { state, seconds, seconds_left: left, networks, members } = this.work.status;
    if (networks === 0) return watchText().fitBegins;
    const time = duration(seconds);
    const trained = fitText().trained({ networks: count(networks), members: count(members) });
    if (state === 'done') return watchText().fitDone({ trained, time });
    if (left === null || this.work.away) return watchText().fitStands({ trained, time });
    return watchText().fitStandsAndLeft({ trained, time, left: roughDuration(left) });
  }
}

/** As the curve of the best model has it. */
function progressOf({ points, metric, linear, baseline, networks, members }: FitStatus): FitProgress[] {
  const metrics = (score: number | null) => ({ [metric?.name ?? '']: score ?? Number.NaN }) as unknown as Metrics;
  const beside = { linear: linear === null ? null : metrics(linear), baseline: metrics(baseline), networks, members };
  return points.seconds.map((seconds, index) => ({ seconds, metrics: metrics(points.score[index]), ...beside }));
}
