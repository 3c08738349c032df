/** Parallel coordinates of a sweep: which values the good combinations have in common. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { longWords, variedOf, wordOf } from '../../html/swept.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { labelOf } from '../i18n/language.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { type Cell, count } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { differingPaths } from './curves.ts';
import { fieldAt } from './draft.ts';
import { pictureHeader } from './lab-sweep.styles.ts';
import { type NamedSetting, type Parallel, parallelOf } from './parallel.ts';
import { drawParallel } from './parallel-drawing.ts';
import { type PrimaryMetric, primaryMetric } from './view.ts';

export class LabParallel extends LitElement {
  @property({ attribute: false }) plan!: SweepPlan;
  @property({ attribute: false }) leaders: readonly LeaderboardEntry[] = [];
  @property({ attribute: false }) selected: number | undefined;

  @query('lab-plot') private plot!: LabPlot;
  #settings: NamedSetting[] = [];
  #metric!: PrimaryMetric;
  #parallel!: Parallel;

  static override styles = [
    base,
    pictureHeader,
    css`
      :host {
        /* Labels lie on a wash of what is behind the plot. */
        --paper: var(--raised);
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .scroller {
        flex: 1;
        min-height: 0;
        overflow-x: auto;
        overflow-y: hidden;
        scrollbar-width: thin;
      }
      .plot {
        position: relative;
        height: 100%;
      }
    `,
  ];

  override willUpdate(): void {
    this.#settings = differingPaths(this.plan.cells).map((path) => {
      const field = fieldAt(path);
      return { path, title: labelOf(field, 'trial'), log: field.scale === 'log' };
    });
    this.#metric = primaryMetric(this.plan);
    this.#parallel = parallelOf(this.plan, this.leaders, this.#settings, this.#metric);
  }

  override render(): TemplateResult {
    const { axes } = this.#parallel;
    return html`
      <header>
        <slot></slot>
        <p class="small light number">${this.#about()}</p>
        <lab-table
          .caption=${sweepText().combinationsBestFirst}
          .head=${[...axes.map(({ title }) => title), sweepText().standardDeviation, 'n']}
          .rows=${() => this.#tableRows()}
          plot="parallel"
          apart
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="scroller">
        <div class="plot" .style="min-width: ${axes.length * 60}px">
          <lab-plot
            picks
            .label=${this.#summary()}
            .of=${[this.plan, this.leaders, this.selected]}
            .draw=${(surface: Surface) => drawParallel(surface, this.#parallel, this.selected)}
            .selected=${this.selected}
            @plot-pick=${this.#pick}
          ></lab-plot>
        </div>
      </div>
    `;
  }

  #about(): string {
    const { left } = this.#parallel;
    const about = sweepText().parallelAbout(this.#metric.title);
    return left > 0 ? `${about}; ${sweepText().withoutScore(left)}` : about;
  }

  #summary(): string {
    const { axes, cells } = this.#parallel;
    const titles = axes.map(({ title }) => title).join(', ');
    const summary = sweepText().parallelSummary({ combinations: count(cells.length), axes: titles });
    const [best] = this.leaders;
    return best
      ? `${summary} ${sweepText().bestCombinationSoFar(longWords(best.settings, variedOf(this.leaders)))}`
      : summary;
  }

  #tableRows(): Cell[][] {
    return this.leaders.map((leader) => {
      const spread = this.#metric.of(leader);
      const values = this.#settings.map(({ path }) => wordOf(leader.settings[path]));
      return [...values, spread?.mean, spread && spread.n > 1 ? spread.sd : undefined, leader.n];
    });
  }

  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    const [cell] = reading.behind?.() ?? [];
    if (cell !== undefined) emit(this, 'cell-select', cell);
  }
}
