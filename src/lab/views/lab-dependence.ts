/** What the model makes of one column: its mean answer when the column is set to a value in every row. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Dependence } from '../../train/importance.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/model-views.ts';
import { text } from '../i18n/text.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { Query, type QueryClient } from '../trainer/query.ts';
import { base, fields } from '../ui/styles/shared.ts';
import { keyBelow, viewStyles } from '../ui/styles/view.ts';
import { drawDependence } from './dependence-drawing.ts';
import { askedLine } from './lab-asked.ts';

export class LabDependence extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  /** The run that is asked about. */
  @property({ type: Number }) run = 0;
  @property({ type: Number }) epoch = 0;
  /** Whether the run has ended. */
  @property({ type: Boolean }) ended = false;
  @property() target = '';
  @property({ attribute: false }) columns: string[] = [];
  /** Whether the target is classes, whose probabilities are drawn. */
  @property({ type: Boolean }) probabilities = false;

  @state() private column = '';
  @query('lab-plot') private plot!: LabPlot;
  readonly #asking = new Query(this);

  static override styles = [
    base,
    fields,
    viewStyles,
    keyBelow,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      select {
        width: auto;
        max-width: min(320px, 56vw);
        min-width: 96px;
      }
    `,
  ];

  override willUpdate(): void {
    if (!this.columns.includes(this.column)) this.column = this.columns[0] ?? '';
  }

  override updated(changed: PropertyValues): void {
    const first = changed.has('run') && changed.get('run') === undefined;
    if (changed.has('run') || !this.column) this.#asking.forget();
    // An answer of parameters that were still moving says nothing of those that are kept.
    const settled = changed.has('ended') && this.ended && this.#asking.begun;
    if (first || settled || changed.has('column')) this.#start();
  }

  override render(): TemplateResult {
    const dependence = this.#dependence;
    return html`
      <header>
        <label>
          ${modelViewsText().column}
          <select title=${this.column} @change=${this.#choose}>
            ${this.columns.map((name) => html`<option value=${name} ?selected=${name === this.column}>${name}</option>`)}
          </select>
        </label>
        <div class="key">
          ${askedLine(this.#asking, this.epoch, () => this.#start())}
          <span class="light number">${dependence ? this.#rowsWords(dependence) : ''}</span>
        </div>
        <lab-table
          .caption=${modelViewsText().dependenceOn(this.column)}
          .head=${[this.column, ...(dependence?.curves.map(({ name }) => name) ?? [])]}
          .rows=${() => this.#tableRows()}
          plot=${`dependence-${this.column}`}
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary(dependence)}
          .of=${[dependence, this.column, this.#axis()]}
          .draw=${(surface: Surface) => drawDependence(surface, dependence, { x: this.column, y: this.#axis() })}
        ></lab-plot>
      </div>
    `;
  }

  get #dependence(): Dependence | undefined {
    const { answer } = this.#asking;
    return answer?.kind === 'dependence' && answer.dependence.column === this.column ? answer.dependence : undefined;
  }

  #axis(): string {
    return this.probabilities
      ? modelViewsText().meanProbability(this.target)
      : modelViewsText().meanPredicted(this.target);
  }

  #rowsWords({ rows, set, curves }: Dependence): string {
    const name = set === 'train' ? text.common.trainingRows : text.common.validationRows;
    return curves.length > 2
      ? modelViewsText().meanOver({ rows: count(rows), rowsName: name })
      : modelViewsText().meanOverAndBand({ rows: count(rows), rowsName: name });
  }

  #summary(dependence: Dependence | undefined): string {
    if (!dependence) return modelViewsText().noDependenceYet(this.column);
    const [from, to] = [this.#placeName(dependence, 0), this.#placeName(dependence, dependence.at.length - 1)];
    const ways = dependence.curves.map(({ name, mean }) =>
      modelViewsText().goesFromTo({ name, first: figure(mean[0]), last: figure(mean.at(-1)) }),
    );
    return modelViewsText().dependenceSummary({
      axis: this.#axis(),
      column: this.column,
      from,
      to,
      ways: ways.join('; '),
    });
  }

  #placeName({ at, labels }: Dependence, index: number): string {
    return labels?.[index] ?? figure(at[index]);
  }

  #tableRows(): Cell[][] {
    const dependence = this.#dependence;
    if (!dependence) return [];
    return Array.from(dependence.at, (_, index) => [
      dependence.labels?.[index] ?? dependence.at[index],
      ...dependence.curves.map(({ mean }) => mean[index]),
    ]);
  }

  #choose(event: Event): void {
    this.column = (event.target as HTMLSelectElement).value;
  }

  #start(): void {
    if (this.column) void this.#asking.start(this.asker, { kind: 'dependence', column: this.column });
  }
}
