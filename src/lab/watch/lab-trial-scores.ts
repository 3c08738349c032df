/** The chart of a sweep's trials as they end. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { SweepStatus } from '../../sweep/queue-status.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { pictureHeader } from '../sweep/lab-sweep.styles.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { countBeyond, drawScores, type TrialScores } from './scores-drawing.ts';

export class LabTrialScores extends LitElement {
  @property({ attribute: false }) status!: SweepStatus;
  /** What the score is called. */
  @property() metric = '';
  /** Combinations by name; those that are not on the leaderboard have none. */
  @property({ attribute: false }) names: ReadonlyMap<number, string> = new Map();
  /** The combination that is chosen. */
  @property({ attribute: false }) selected: number | undefined;

  @query('lab-plot') private plot!: LabPlot;

  static override styles = [
    base,
    pictureHeader,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .box {
        position: relative;
        flex: 1;
        min-height: 0;
      }
      .own {
        margin-right: 16px;
      }
      .own::before {
        content: '';
        display: inline-block;
        width: 7px;
        height: 7px;
        margin-right: 6px;
        border-radius: 50%;
        background: var(--model);
      }
      .own.train::before {
        background: var(--ink);
      }
      .empty {
        position: absolute;
        inset: 40% 16px auto;
        text-align: center;
      }
    `,
  ];

  override render(): TemplateResult {
    const { score } = this.status.points;
    return html`
      <header>
        <h2>${watchText().scores}</h2>
        <p class="small light number">
          ${score.length > 0 ? html`<span class="own ${this.#scores().validated ? '' : 'train'}">${watchText().chosenTrials}</span>` : nothing}
          ${this.#about()}
        </p>
        <lab-table
          .caption=${watchText().scores}
          .head=${[watchText().trialsEnded, this.metric, watchText().combination]}
          .rows=${() => this.#rows()}
          plot="queue-scores"
          apart
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          picks
          .label=${this.#summary()}
          .of=${[this.status.points, this.status.ended, this.metric, this.selected]}
          .draw=${(surface: Surface) => this.#draw(surface)}
          @plot-pick=${this.#pick}
        ></lab-plot>
        ${score.length === 0 ? html`<p class="empty light">${watchText().scoresEmpty}</p>` : nothing}
      </div>
    `;
  }

  #scores(): TrialScores {
    const { points, ended: all, metric } = this.status;
    const { set = 'validation', large = false } = metric ?? {};
    return { ...points, all, large, validated: set === 'validation', selected: this.selected };
  }

  #draw(surface: Surface) {
    return drawScores(surface, this.#scores(), {
      trials: watchText().trialsEnded,
      metric: this.metric,
      best: watchText().best,
      of: (cell) => this.#nameOf(cell),
      endedAs: watchText().endedAs,
    });
  }

  #nameOf(cell: number): string {
    return this.names.get(cell) ?? `${watchText().combination} ${count(cell + 1)}`;
  }

  /** What is left out of the picture. */
  #about(): string {
    const { points, ended, diverged } = this.status;
    const shown = points.score.length;
    if (shown === 0) return '';
    const beyond = countBeyond(this.#scores());
    return [
      ...(shown < ended - diverged ? [watchText().onlySome({ shown: count(shown), ended: count(ended) })] : []),
      ...(beyond > 0 ? [watchText().beyond(beyond)] : []),
    ].join('; ');
  }

  #summary(): string {
    const { best, ended } = this.status;
    if (best === null) return watchText().scoresEmpty;
    return watchText().scoresSummary({ metric: this.metric, trials: count(ended), best: figure(best) });
  }

  #rows(): Cell[][] {
    const { ended, score, cell } = this.status.points;
    return ended.map((at, index) => [at, score[index], this.#nameOf(cell[index])]);
  }

  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    const [cell] = reading.behind?.() ?? [];
    if (cell !== undefined) emit(this, 'cell-select', cell);
  }
}
