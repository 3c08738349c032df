/** A sweep on the queue: how far it is, the scores of its trials, its leaderboard. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { longWords, plusMinus, range, variedOf } from '../../html/swept.ts';
import { mostLeaders, type SweepStatus } from '../../sweep/queue-status.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { count, duration, roughDuration } from '../shared/format.ts';
import { primaryMetric } from '../sweep/view.ts';
import type { EventOf } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import type { ShownWork } from './controller.ts';
import { watchedStyles } from './lab-watch.styles.ts';
import { standing } from './standing.ts';

export class LabWatchedSweep extends LitElement {
  @property({ attribute: false }) work!: ShownWork & { status: SweepStatus };
  /** Of the queue. */
  @property() version = '';

  /** The combination that was chosen; the best where none was. */
  @state() private chosen: number | undefined;
  #leaders: LeaderboardEntry[] = [];
  /** Combinations by name. */
  #names: ReadonlyMap<number, string> = new Map();

  static override styles = [
    base,
    watchedStyles,
    css`
      lab-trial-scores {
        flex: 3 1 0;
        min-height: 200px;
        max-height: 440px;
      }
      lab-leaders {
        flex: 3 1 0;
        min-height: 120px;
      }
      .chosen {
        padding-top: 8px;
        border-top: 1px solid var(--hairline);
      }
      strong {
        font-weight: 600;
      }
      @media (max-width: 899px) {
        lab-trial-scores {
          flex: none;
          height: 320px;
        }
        lab-leaders {
          flex: none;
          max-height: 420px;
        }
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('work') as ShownWork | undefined;
    if (before && before.id !== this.work.id) this.chosen = undefined;
    if (!changed.has('work')) return;
    this.#leaders = leadersOf(this.work.status);
    const varied = variedOf(this.#leaders);
    this.#names = new Map(this.#leaders.map(({ cell, settings }) => [cell, longWords(settings, varied)]));
  }

  override render(): TemplateResult {
    const { status } = this.work;
    const { metric, varied, combinations } = status;
    const plan = { cells: [], deciding: metric ?? { name: '', large: false }, validated: metric?.set !== 'train' };
    const title = metric ? primaryMetric(plan).title : '';
    const leader = this.#leaders.find(({ cell }) => cell === this.chosen) ?? this.#leaders.at(0);
    const select = ({ detail }: EventOf<'cell-select'>) => {
      this.chosen = detail;
    };
    return html`
      ${standing(this.work, this.#standingWords(), this.version)}
      <lab-trial-scores
        .status=${status}
        .metric=${title}
        .names=${this.#names}
        .selected=${leader?.cell}
        @cell-select=${select}
      ></lab-trial-scores>
      ${
        leader
          ? html`<p class="chosen number">
                <strong>${this.#which(leader)}: ${this.#names.get(leader.cell)}</strong>
                <span class="light small">${figuresOf(leader, plan)}</span>
              </p>
              <lab-leaders
                .plan=${plan}
                .leaders=${this.#leaders}
                .varied=${varied}
                .selected=${leader.cell}
                @cell-select=${select}
              ></lab-leaders>`
          : nothing
      }
      ${
        this.#leaders.length < combinations && leader
          ? html`<p class="small light number">
              ${this.#shownOf(combinations)}
            </p>`
          : nothing
      }
    `;
  }

  #shownOf(combinations: number): string {
    const { length } = this.#leaders;
    const of = { shown: count(length), all: count(combinations) };
    return length < mostLeaders ? watchText().someCombinations(of) : watchText().bestCombinations(of);
  }

  #which({ cell }: LeaderboardEntry): string {
    if (cell !== this.#leaders[0].cell) return sweepText().chosen;
    return this.work.status.state === 'done' ? sweepText().best : sweepText().bestSoFar;
  }

  #standingWords(): string {
    const { diverged } = this.work.status;
    return diverged > 0
      ? `${this.#progressWords()} ${sweepText().someDiverged(count(diverged))}`
      : this.#progressWords();
  }

  #progressWords(): string {
    const { ended, trials, epochs, of_epochs, seconds, seconds_left: left, state } = this.work.status;
    const time = duration(seconds);
    if (state === 'done') return watchText().done({ trials: count(trials), time });
    const facts = {
      ended: count(ended),
      trials: count(trials),
      epoch: count(Math.floor(epochs / Math.max(1, trials))),
      epochs: count(of_epochs / Math.max(1, trials)),
      time,
    };
    if (left === null || this.work.away) return sweepText().progress(facts);
    return sweepText().progressAndLeft({ ...facts, left: roughDuration(left) });
  }
}

/** As a leaderboard has them; JSON has no NaN. */
export function leadersOf({ leaders, metric }: SweepStatus): LeaderboardEntry[] {
  const sure = (value: number | null) => value ?? Number.NaN;
  return leaders.map(({ score, ...leader }) => {
    const { mean, sd, low, high } = score;
    const spread = { ...score, mean: sure(mean), sd: sure(sd), low: sure(low), high: sure(high) };
    const none = { train: {}, validation: {}, test: {} };
    const metrics = metric ? { ...none, [metric.set]: { [metric.name]: spread } } : none;
    return { ...leader, metrics, versus_best: null };
  });
}

function figuresOf(leader: LeaderboardEntry, plan: Parameters<typeof primaryMetric>[0]): string {
  const metric = primaryMetric(plan);
  const spread = metric.of(leader);
  const mean = `${metric.title} ${plusMinus(spread)}`;
  const facts = { mean, interval: spread ? range(spread) : '', trials: leader.n };
  return {
    t: () => sweepText().tInterval(facts),
    bootstrap: () => sweepText().bootstrapInterval(facts),
    none: () => mean,
  }[spread?.interval ?? 'none']();
}
