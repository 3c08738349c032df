/** What the model leans on: how much worse it does when one column is shuffled, worked out when somebody looks. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ColumnImportance, Importance } from '../../train/explain/importance.ts';
import { shortNames } from '../charts/clip.ts';
import { markStyles } from '../charts/marks.ts';
import { paletteOf } from '../charts/palette.ts';
import type { Still } from '../charts/pen.ts';
import { TipController } from '../charts/tip-controller.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';
import { count, figure } from '../shared/format.ts';
import { Query, type QueryClient } from '../trainer/query.ts';
import { emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { askedLine } from './lab-asked.ts';
import { rowsNameOf } from './rows-name.ts';

/** Of a name beside its bar. */
const mostLetters = 19;

export class LabImportance extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  /** The run that is asked about. */
  @property({ type: Number }) run = 0;
  @property({ type: Number }) epoch = 0;
  /** Whether the run has ended. */
  @property({ type: Boolean }) ended = false;
  @property() target = '';
  /** Whether it is of something else than the open run. */
  @property({ type: Boolean }) apart = false;

  readonly #asking = new Query(this);
  readonly #tip = new TipController(this);
  #told: Importance | undefined;

  static override styles = [
    base,
    viewStyles,
    markStyles,
    css`
      :host {
        position: relative;
      }
      .list {
        overflow-y: auto;
        padding: 0 4px;
        scrollbar-width: thin;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(72px, 24%) minmax(0, 1fr) 124px;
        align-items: center;
        gap: 12px;
        min-height: 30px;
      }
      .name {
        overflow: hidden;
        text-align: right;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .value {
        text-align: right;
        font: var(--label);
        white-space: nowrap;
      }
      .track {
        position: relative;
        height: 14px;
        border-left: 1px solid var(--border);
        margin-left: calc(100% * var(--zero));
      }
      .bar {
        position: absolute;
        inset: 0 auto;
        left: min(0%, var(--at));
        width: max(var(--at), calc(-1 * var(--at)));
        border-radius: 0 2px 2px 0;
        background: var(--model);
      }
      .whisker {
        position: absolute;
        top: 6.5px;
        left: var(--from);
        width: var(--width);
        height: 1px;
        background: var(--ink);
      }
      .whisker::before,
      .whisker::after {
        content: '';
        position: absolute;
        top: -3px;
        left: 0;
        width: 1px;
        height: 7px;
        background: var(--ink);
      }
      .whisker::after {
        right: 0;
        left: auto;
      }
      .axis {
        margin: 6px 0 0;
        font: var(--label);
        overflow-wrap: anywhere;
      }
      @media (max-width: 899px) {
        .row {
          grid-template-columns: minmax(0, 1fr) 124px;
          gap: 2px 8px;
          margin-bottom: 8px;
        }
        .name {
          grid-column: 1 / -1;
          text-align: left;
        }
      }
    `,
  ];

  override updated(changed: PropertyValues<this>): void {
    const importance = this.#importance;
    if (importance && importance !== this.#told) {
      emit(this, 'columns-rank', { columns: importance.columns.map(({ column }) => column) });
    }
    this.#told = importance;
    if (!changed.has('run')) {
      // An answer of parameters that were still moving says nothing of those that are kept.
      if (changed.has('ended') && this.ended && this.#asking.begun) this.#start();
      return;
    }
    this.#asking.forget();
    // Looking is asking; but a run that has hardly begun has nothing to say, and one that follows waits to be asked.
    if (changed.get('run') === undefined) this.#start();
  }

  override render(): TemplateResult {
    const importance = this.#importance;
    return html`
      <header>
        <div class="key">
          ${askedLine(this.#asking, this.epoch, () => this.#start())}
        </div>
        <lab-table
          .caption=${modelViewsText().permutationImportance}
          .head=${[modelViewsText().column, this.#axis(), modelViewsText().sd]}
          .rows=${() => (importance?.columns ?? []).map(({ column, mean, sd }) => [column, this.#size(mean), this.#size(sd)])}
          plot="importance"
          ?apart=${this.apart}
          .still=${importance && (() => this.#still(importance))}
        ></lab-table>
      </header>
      <div class="box list" role="region" tabindex="0" aria-label=${this.#summary(importance)}>
        ${importance ? this.#rows(importance) : html`<p class="empty">${this.#emptyWords()}</p>`}
      </div>
      ${this.#tip.render()}
    `;
  }

  get #importance(): Importance | undefined {
    const { answer } = this.#asking;
    return answer?.kind === 'importance' ? answer.importance : undefined;
  }

  #rows(importance: Importance): TemplateResult {
    const { columns, rows, repeats, set } = importance;
    const low = Math.min(0, ...columns.map(({ mean, sd }) => mean - sd));
    const high = Math.max(1e-12, ...columns.map(({ mean, sd }) => mean + sd));
    const rowsName = rowsNameOf(set);
    // Shares of the part of the track that lies right of zero.
    const at = (value: number) => `${((100 * value) / high).toFixed(2)}%`;
    const names = shortNames(
      columns.map(({ column }) => column),
      mostLetters,
    );
    const row = ({ column, mean, sd }: ColumnImportance, index: number) => html`<div class="row">
      ${this.#name(column, names[index])}
      <div class="track" .style="--zero: ${-low / (high - low)}">
        <div class="bar" .style="--at: ${at(mean)}"></div>
        <div class="whisker" .style="--from: ${at(mean - sd)}; --width: ${at(2 * sd)}"></div>
      </div>
      <span class="value number">${this.#words(mean)} <span class="light">± ${this.#words(sd)}</span></span>
    </div>`;
    return html`${columns.map(row)}
      <p class="axis">
        ${this.#axis()}
        <span class="light">
          ${modelViewsText().importanceFacts({ rows: count(rows), rowsName, repeats: count(repeats), metric: this.#metric(), baseline: figure(importance.baseline) })}
        </span>
      </p>`;
  }

  /** One that is shortened is whole where it is pointed at, or has the focus. */
  #name(whole: string, name: string): TemplateResult {
    if (name === whole) return html`<span class="name">${name}</span>`;
    const show = (event: Event) => this.#tip.show(event, [whole]);
    const hide = () => this.#tip.hide();
    return html`<span class="name" tabindex="0" @pointerenter=${show} @focus=${show} @pointerleave=${hide} @blur=${hide}>
      <span aria-hidden="true">${name}</span><span class="unseen">${whole}</span>
    </span>`;
  }

  #metric(): string {
    return this.#importance?.metric === 'accuracy' ? text.common.accuracy : 'RMSE';
  }

  /** What the bars measure. */
  #axis(): string {
    if (!this.#importance) return modelViewsText().importance;
    if (this.#importance.metric === 'accuracy') return modelViewsText().accuracyLost;
    return modelViewsText().rmseAdded(this.target);
  }

  #words(value: number): string {
    return figure(this.#size(value), this.#importance?.metric === 'accuracy' ? 2 : 3);
  }

  async #still({ columns }: Importance): Promise<Still> {
    const { importanceStill } = await import('./drawings/importance-drawing.ts');
    return importanceStill(paletteOf(this), columns, this.#axis(), (value) => this.#words(value));
  }

  /** Of accuracy in percentage points. */
  #size(value: number): number {
    return this.#importance?.metric === 'accuracy' ? 100 * value : value;
  }

  #summary(importance: Importance | undefined): string {
    if (!importance) return modelViewsText().noImportanceYet;
    const first = importance.columns.slice(0, 3).map(({ column, mean }) => `${column} ${this.#words(mean)}`);
    return modelViewsText().importanceSummary({
      columns: count(importance.columns.length),
      axis: this.#axis(),
      first: first.join(', '),
    });
  }

  #emptyWords(): string {
    return this.#asking.share === undefined ? modelViewsText().importanceHelp : modelViewsText().importanceRunning;
  }

  #start(): void {
    void this.#asking.start(this.asker, { kind: 'importance' });
  }
}
