/** The leaderboard of a sweep as it stands: combinations by the mean over their trials, each with how sure that is. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { countTies, isTie, plusMinus, range, shortWords, tieMark, wordOf } from '../../html/swept.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { labelOf } from '../i18n/language.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { differingPaths } from './curves.ts';
import { fieldAt } from './draft.ts';
import { metricLabel, primaryMetric, type Ranking } from './view.ts';

/** More rows would not be read; the files have all. */
const mostRows = 100;
const barWidth = 96;

declare global {
  interface HTMLElementEventMap {
    /** A combination was chosen. */
    'cell-select': CustomEvent<number>;
  }
}

export class LabLeaders extends LitElement {
  @property({ attribute: false }) plan!: Ranking & Pick<SweepPlan, 'cells'>;
  @property({ attribute: false }) leaders: readonly LeaderboardEntry[] = [];
  /** Paths of the settings that vary. */
  @property({ attribute: false }) varied: readonly string[] = [];
  @property({ attribute: false }) selected: number | undefined;
  /** Whether all have ended. */
  @property({ type: Boolean }) ended = false;

  static override styles = [
    base,
    css`
      :host {
        position: relative;
        min-height: 0;
        overflow: auto;
        scrollbar-width: thin;
      }
      .ties {
        position: sticky;
        left: 0;
        margin-bottom: 4px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      th,
      td {
        padding: 4px 12px 4px 0;
        text-align: left;
        font-weight: 400;
      }
      @media (max-width: 899px) {
        th,
        td {
          padding-right: 8px;
        }
      }
      .setting {
        white-space: normal;
        overflow-wrap: break-word;
      }
      thead th {
        white-space: normal;
        vertical-align: bottom;
        position: sticky;
        z-index: 1;
        top: 0;
        background: var(--raised);
        font: var(--label);
        color: var(--ink-light);
        box-shadow: inset 0 -1px var(--hairline);
      }
      .rank {
        width: 60px;
      }
      .rank label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        font: inherit;
        color: inherit;
        cursor: pointer;
      }
      input {
        width: 14px;
        height: 14px;
        margin: 0;
        accent-color: var(--accent);
      }
      tbody tr {
        cursor: pointer;
      }
      tbody tr:hover {
        background: var(--shade);
      }
      tbody tr.chosen {
        background: var(--accent-wash);
      }
      .score {
        min-width: 120px;
        color: var(--validation-text);
      }
      .score.train {
        color: var(--ink);
      }
      .test {
        color: var(--test-text);
      }
      .diverged {
        color: var(--error-text);
      }
      svg {
        display: block;
        overflow: visible;
      }
    `,
  ];

  override render(): TemplateResult {
    const { set, name, title } = primaryMetric(this.plan);
    const tested = this.ended && this.leaders.some(({ metrics }) => metrics.test[name]);
    const shown = this.leaders.slice(0, mostRows);
    const span = spanOf(shown, set, name);
    const bootstrapped = shown[0]?.metrics[set][name]?.interval === 'bootstrap';
    // While trials train, they stand at different epochs.
    const varied = this.#varied();
    const ties = countTies(this.ended ? this.leaders : []);
    return html`
      ${ties.compared > 0 ? html`<p class="ties small light">${sweepText().ties({ ...ties, mark: tieMark })}</p>` : nothing}
      <table>
        <caption class="unseen">${sweepText().leaderboard}</caption>
        <thead>
          <tr>
            <th scope="col" class="rank"><span class="unseen">${sweepText().rank}</span></th>
            ${varied.map((path) => html`<th scope="col">${labelOf(fieldAt(path), 'trial')}</th>`)}
            <th scope="col" title=${sweepText().meanAndSd}>${title}</th>
            <th
              scope="col"
              title=${sweepText().meanOverFolds}
            >
              ${bootstrapped ? sweepText().bootstrapIntervalTitle : sweepText().tIntervalTitle}
            </th>
            <th scope="col" title=${sweepText().trialsTitle}>n</th>
            ${tested ? html`<th scope="col">${sweepText().testMetric(metricLabel(name))}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            ({ cell }) => cell,
            (leader, index) => this.#row(leader, index, varied, set, name, span, tested),
          )}
        </tbody>
      </table>
      ${
        this.leaders.length > shown.length
          ? html`<p class="small light">${sweepText().bestOfLeaders({ shown: mostRows, all: count(this.leaders.length) })}</p>`
          : nothing
      }
    `;
  }

  /** What all combinations have alike tells none of them from another. */
  #varied(): readonly string[] {
    const differing = differingPaths(this.plan.cells);
    return differing.length > 0 ? this.varied.filter((path) => differing.includes(path)) : this.varied;
  }

  #row(
    leader: LeaderboardEntry,
    index: number,
    varied: readonly string[],
    set: 'validation' | 'train',
    name: string,
    span: [number, number],
    tested: boolean,
  ): TemplateResult {
    const { cell, settings, n, diverged, halved, metrics } = leader;
    const spread = metrics[set][name];
    const choose = () => emit(this, 'cell-select', cell);
    return html`<tr class=${cell === this.selected ? 'chosen' : ''} data-cell=${cell} @click=${choose}>
      <td class="rank">
        <label>
          <input
            type="radio"
            name="leader"
            aria-label=${shortWords(settings)}
            .checked=${cell === this.selected}
            @change=${choose}
          />
          ${index + 1} ${this.ended && isTie(leader) ? tie() : nothing}
        </label>
      </td>
      ${varied.map((path) => html`<td class="setting">${wordOf(settings[path])}</td>`)}
      <td class="score ${set}">${plusMinus(spread)}</td>
      <td title=${spread && spread.n > 1 ? range(spread) : ''}>${spread ? bar(spread, span) : ''}</td>
      <td>
        ${n}${diverged > 0 ? html` <span class="diverged">${sweepText().divergedTrials(diverged)}</span>` : nothing}${
          halved > 0 ? html` <span class="light">${sweepText().outEarly}</span>` : nothing
        }
      </td>
      ${tested ? html`<td class="test">${plusMinus(metrics.test[name])}</td>` : nothing}
    </tr>`;
  }
}

function tie(): TemplateResult {
  const words = sweepText().tie;
  return html`<span class="light" role="img" aria-label=${words} title=${words}>${tieMark}</span>`;
}

type Spread = LeaderboardEntry['metrics']['validation'][string];

/** What the bars span: those of the better three quarters, so that one that went wrong does not hide the others. */
function spanOf(leaders: readonly LeaderboardEntry[], set: 'validation' | 'train', name: string): [number, number] {
  const spreads = leaders
    .flatMap(({ metrics }) => metrics[set][name] ?? [])
    .filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const better = spreads.slice(0, Math.max(2, Math.ceil(spreads.length * 0.75)));
  const low = Math.min(...better.map((spread) => spread.low));
  const high = Math.max(...better.map((spread) => spread.high));
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

/** The mean as a dot on its interval. */
function bar({ low, high, mean }: Spread, [from, to]: [number, number]): TemplateResult | typeof nothing {
  if (!Number.isFinite(mean)) return nothing;
  const at = (value: number) => 4 + (barWidth - 8) * Math.min(1.04, Math.max(-0.04, (value - from) / (to - from)));
  return html`<svg width=${barWidth} height="12" aria-hidden="true">
    ${svg`<line x1=${at(low)} x2=${at(high)} y1="6" y2="6" stroke="currentColor" opacity="0.5" stroke-width="2" />
    <circle cx=${at(mean)} cy="6" r="3.5" fill="currentColor" />`}
  </svg>`;
}
