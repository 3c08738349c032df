/** What the model makes of one column: its mean answer when the column is set to a value in every row. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { fileRow, type RowNumbering } from '../../data/table/table.ts';
import type { Dependence } from '../../train/explain/dependence.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { Query, type QueryClient } from '../trainer/query.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base, fields } from '../ui/styles/shared.ts';
import { keyBelow, viewStyles } from '../ui/styles/view.ts';
import { drawDependence, showsRows } from './drawings/dependence-drawing.ts';
import { askedLine } from './lab-asked.ts';
import { rowsNameOf } from './rows-name.ts';

declare global {
  interface HTMLElementEventMap {
    /** It is known which columns matter to the model: most of all first. */
    'columns-rank': CustomEvent<{ columns: readonly string[] }>;
  }
}

export class LabDependence extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  /** The run that is asked about. */
  @property({ type: Number }) run = 0;
  @property({ type: Number }) epoch = 0;
  /** Whether the run has ended. */
  @property({ type: Boolean }) ended = false;
  @property() target = '';
  /** Whether it is of something else than the open run: its rows may be of another table, and are not listed. */
  @property({ type: Boolean }) apart = false;
  @property({ attribute: false }) columns: readonly string[] = [];
  /** Columns that are known to matter, most of all first. */
  @property({ attribute: false }) ranked: readonly string[] = [];
  /** Whether the target is classes, whose probabilities are drawn. */
  @property({ type: Boolean }) probabilities = false;

  /** How rows are numbered in the file. */
  @property({ attribute: false }) numbering: RowNumbering | undefined;

  @state() private column = '';
  /** Whether single rows are drawn. */
  @state() private single = true;
  @query('lab-plot') private plot!: LabPlot;
  readonly #asking = new Query(this);
  readonly #ranking = new Query(this);
  /** The column was chosen by hand. */
  #chosen = false;
  /** The column that was asked about last. */
  #asked = '';

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
      .single {
        align-items: baseline;
        white-space: nowrap;
      }
      .single input {
        align-self: center;
      }
      select {
        width: auto;
        max-width: min(320px, 56vw);
        min-width: 96px;
      }
      /* What does not fit beside the controls goes below them, and is not squeezed. */
      .key {
        flex-basis: 280px;
      }
    `,
  ];

  override willUpdate(): void {
    if (this.columns.includes(this.column)) return;
    this.#chosen = false;
    this.column = this.#names()[0] ?? '';
  }

  override updated(changed: PropertyValues): void {
    const first = changed.has('run') && changed.get('run') === undefined;
    if (changed.has('run') || !this.column) {
      this.#asking.forget();
      this.#ranking.forget();
    }
    // An answer of parameters that were still moving says nothing of those that are kept.
    const settled = changed.has('ended') && this.ended && this.#asking.begun;
    const another = changed.has('column') && this.column !== this.#asked;
    if (!first && !settled && !another) return;
    const known = this.#chosen || this.columns.length < 2 || this.ranked.some((name) => this.columns.includes(name));
    if (known) this.#start();
    else void this.#rank();
  }

  /** What matters most comes first; what is not known to matter follows in the table's order. */
  #names(): string[] {
    const known = this.ranked.filter((name) => this.columns.includes(name));
    return [...known, ...this.columns.filter((name) => !known.includes(name))];
  }

  /** Finds out which column matters most, and asks about that one. */
  async #rank(): Promise<void> {
    const { columns } = this;
    await this.#ranking.start(this.asker, { kind: 'importance' });
    if (!this.isConnected || columns !== this.columns) return;
    const { answer } = this.#ranking;
    if (answer?.kind === 'importance') {
      this.ranked = answer.importance.columns.map(({ column }) => column);
      emit(this, 'columns-rank', { columns: this.ranked });
      if (!this.#chosen) this.column = this.#names()[0];
    }
    this.#start();
  }

  override render(): TemplateResult {
    const dependence = this.#dependence;
    return html`
      <header>
        <label>
          ${modelViewsText().column}
          <select title=${this.column} @change=${this.#choose}>
            ${this.#names().map((name) => html`<option value=${name} ?selected=${name === this.column}>${name}</option>`)}
          </select>
        </label>
        ${
          dependence && showsRows(dependence)
            ? html`<label class="single"><input type="checkbox" .checked=${this.single} @change=${this.#switch} /> ${modelViewsText().singleRows}</label>`
            : ''
        }
        <div class="key">
          ${askedLine(this.#ranking.share === undefined ? this.#asking : this.#ranking, this.epoch, () => this.#start())}
          <span class="light number">${dependence ? this.#rowsWords(dependence) : ''}</span>
        </div>
        <lab-table
          .caption=${modelViewsText().dependenceOn(this.column)}
          .head=${this.#head()}
          .rows=${() => this.#tableRows()}
          plot=${`dependence-${this.column}`}
          ?apart=${this.apart}
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary(dependence)}
          .of=${[dependence, this.column, this.#axis(), this.single, this.numbering]}
          .draw=${(surface: Surface) => drawDependence(surface, dependence, { x: this.column, y: this.#axis() }, this.#lines())}
          ?picks=${!this.apart && this.#shown !== undefined}
          @plot-pick=${this.#pick}
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
    const name = rowsNameOf(set);
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
    const said = modelViewsText().dependenceSummary({
      axis: this.#axis(),
      column: this.column,
      from,
      to,
      ways: ways.join('; '),
    });
    return [said, ...this.#rowsSummary()].join(' ');
  }

  /** Between which changes the lines of single rows lie, where they are drawn. */
  #rowsSummary(): string[] {
    const { curves = [], individuals, at } = this.#shown ?? {};
    return curves.map(({ name, individual }) => {
      const places = at?.length ?? 0;
      const changes = Array.from(
        individuals ?? [],
        (_, line) => individual[(line + 1) * places - 1] - individual[line * places],
      );
      const [low, high] = [Math.min(...changes), Math.max(...changes)].map((change) => figure(change));
      return modelViewsText().singleRowsSummary({ rows: count(changes.length), name, low, high });
    });
  }

  #placeName({ at, labels }: Dependence, index: number): string {
    return labels?.[index] ?? figure(at[index]);
  }

  /** Of which single rows are drawn. */
  get #shown(): Dependence | undefined {
    const dependence = this.#dependence;
    return this.single && dependence && showsRows(dependence) ? dependence : undefined;
  }

  #lines() {
    return this.#shown && { numbering: this.numbering };
  }

  #head(): string[] {
    const curves = this.#dependence?.curves.map(({ name }) => name) ?? [];
    const rows = Array.from(this.#shown?.individuals ?? [], (row) => this.#rowWords(row));
    const many = curves.length > 1;
    const single = this.#shown ? curves.flatMap((name) => rows.map((row) => (many ? `${name}, ${row}` : row))) : [];
    return [this.column, ...curves, ...single];
  }

  #rowWords(row: number): string {
    return text.views.row(String(this.numbering ? fileRow(this.numbering, row) : row + 1));
  }

  #switch(event: Event): void {
    this.single = (event.target as HTMLInputElement).checked;
  }

  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    const places = reading.behind?.();
    if (places && !this.apart) emit(this, 'rows-choose', { what: reading.lines[0], places, more: [] });
  }

  #tableRows(): Cell[][] {
    const dependence = this.#dependence;
    if (!dependence) return [];
    return Array.from(dependence.at, (_, index) => [
      dependence.labels?.[index] ?? dependence.at[index],
      ...dependence.curves.map(({ mean }) => mean[index]),
      ...(this.#shown?.curves ?? []).flatMap(({ individual }) =>
        Array.from(dependence.individuals, (_, line) => individual[line * dependence.at.length + index]),
      ),
    ]);
  }

  #choose(event: Event): void {
    this.#chosen = true;
    this.#ranking.cancel();
    this.column = (event.target as HTMLSelectElement).value;
  }

  #start(): void {
    this.#asked = this.column;
    if (this.column) void this.#asking.start(this.asker, { kind: 'dependence', column: this.column });
  }
}
