/** Every run as a row of a table: sorted, filtered, compared, and opened again. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { runTableText } from '../i18n/en/later/run-table.ts';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import { seedGroups, seedsIn } from '../runs/compare.ts';
import type { Row } from '../runs/order.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { type Column, filtered, type Group, groupsOf, type Sorting, sorted, writtenIn } from './columns.ts';
import { runTableStyles } from './lab-run-table.styles.ts';
import { bestOf, toldOf } from './row-words.ts';
import { noneSelected, selectionActions } from './selection-actions.ts';
import type { StoredRuns } from './stored.ts';

/** Rows of a group that are drawn at first; more on request. */
const firstRows = 100;

declare global {
  interface HTMLElementEventMap {
    /** Its settings are what a sweep begins with. */
    'run-base': CustomEvent<{ id: string }>;
  }
}

export class LabRunTable extends LitElement {
  /** Newest first. */
  @property({ attribute: false }) runs: StoredRun[] = [];
  /** Of sweeps that are kept, which are rows like runs. */
  @property({ attribute: false }) trials: readonly StoredRun[] = [];
  @property({ attribute: false }) names = new Map<string, string>();
  /** Of groups of seeds, by the ids of their runs. */
  @property({ attribute: false }) groupNames = new Map<string, string>();
  /** The run that the page shows. */
  @property() current = '';
  @property({ attribute: false }) stored!: StoredRuns;

  @state() private open = false;
  @state() private wanted = '';
  @state() private grouped = false;
  @state() private comparing = false;
  @state() private sorting: ReadonlyMap<string, Sorting> = new Map();
  @state() private shown: ReadonlyMap<string, number> = new Map();
  /** Ids of rows, in the order in which they were chosen. */
  @state() private chosen: readonly string[] = [];
  #groups: Group[] = [];
  #severalSeeds = false;

  static override styles = [base, buttons, fields, runTableStyles];

  show(): void {
    this.open = true;
    this.comparing = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (
      !this.open ||
      !['open', 'runs', 'trials', 'grouped'].some((name) => (changed as Map<string, unknown>).has(name))
    )
      return;
    this.#severalSeeds = seedGroups(this.runs).some((group) => seedsIn(group.runs) > 1);
    this.#groups = groupsOf([...this.runs, ...this.trials], this.grouped && this.#severalSeeds);
    const ids = new Set(this.#groups.flatMap(({ rows }) => rows.map(({ id }) => id)));
    if (!this.chosen.every((id) => ids.has(id))) this.chosen = this.chosen.filter((id) => ids.has(id));
  }

  override render(): TemplateResult {
    const rows = this.#chosenRows();
    const comparing = this.comparing && rows.length > 1;
    const heading = comparing ? runTableText().comparison(count(rows.length)) : runTableText().title;
    return html`<lab-dialog
      full
      ?open=${this.open}
      .heading=${heading}
      @dialog-close=${() => {
        this.open = false;
      }}
    >
      ${this.open ? (comparing ? this.#comparison(rows) : this.#table()) : nothing}
      ${this.open ? html`<footer slot="foot">${comparing ? this.#back() : this.#actions(rows)}</footer>` : nothing}
    </lab-dialog>`;
  }

  #table(): TemplateResult {
    const groups = this.#groups.map((group) => ({
      group,
      rows: filtered(group, this.wanted, (row) => this.#nameOf(row)),
    }));
    const all = groups.reduce((sum, { group }) => sum + group.rows.length, 0);
    const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    return html`
      <div class="tools">
        <label for="filter">${runTableText().filter}</label>
        <input
          id="filter"
          type="text"
          placeholder=${runTableText().filterHelp}
          .value=${this.wanted}
          @input=${(event: Event) => {
            this.wanted = (event.target as HTMLInputElement).value;
          }}
        />
        <span class="small light number" role="status">
          ${this.wanted.trim() ? runTableText().shown({ shown: count(shown), all: count(all) }) : ''}
        </span>
        ${this.#severalSeeds ? this.#grouping() : nothing}
      </div>
      ${all === 0 ? html`<p class="light">${text.runs.noRunsYet}</p>` : nothing}
      ${all > 0 && shown === 0 ? html`<p class="light">${runTableText().noneMatches}</p>` : nothing}
      ${repeat(
        groups.filter(({ rows }) => rows.length > 0),
        ({ group }) => group.key,
        ({ group, rows }) => this.#group(group, rows),
      )}
    `;
  }

  #grouping(): TemplateResult {
    return html`<label class="grouping">
      <input
        type="checkbox"
        .checked=${this.grouped}
        @change=${(event: Event) => {
          this.grouped = (event.target as HTMLInputElement).checked;
        }}
      />
      ${text.runs.oneRowForSeeds}
    </label>`;
  }

  #group(group: Group, rows: Row[]): TemplateResult {
    const { key, columns, table, target } = group;
    const sorting = this.sorting.get(key);
    const column = columns.find((known) => known.key === sorting?.column);
    const inOrder = sorted(rows, column, sorting?.largestFirst ?? false);
    const most = this.shown.get(key) ?? firstRows;
    const title = runTableText().tableAndTarget({ table, target });
    const seen = inOrder.slice(0, most);
    const texts = columns.map((known) => writtenIn(known, seen));
    const best = new Map(columns.map((metric) => [metric.key, bestOf(metric, rows)]));
    return html`<section>
      <h3>${title} <span class="light number">${count(group.rows.length)}</span></h3>
      <div class="scroller" role="region" tabindex="0" aria-label=${title}>
        <table>
          <thead>
            <tr>
              <td></td>
              <th scope="col">${runTableText().run}</th>
              ${columns.map((known) => this.#head(key, known, sorting))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              seen,
              ({ id }) => id,
              (row, index) =>
                this.#row(
                  row,
                  columns,
                  best,
                  texts.map((column) => column[index]),
                ),
            )}
          </tbody>
        </table>
      </div>
      ${
        inOrder.length > most
          ? html`<button
              class="quiet"
              type="button"
              @click=${() => {
                this.shown = new Map([...this.shown, [key, most + 5 * firstRows]]);
              }}
            >
              ${runTableText().showMoreOf(count(inOrder.length))}
            </button>`
          : nothing
      }
    </section>`;
  }

  #head(group: string, column: Column, sorting: Sorting | undefined): TemplateResult {
    const { key, kind, label, title, largestFirst } = column;
    const by = sorting?.column === key;
    const order = by ? (sorting.largestFirst ? 'descending' : 'ascending') : 'none';
    const next = { column: key, largestFirst: by ? !sorting.largestFirst : largestFirst };
    return html`<th scope="col" class=${kind} aria-sort=${order}>
      <button
        type="button"
        title=${title || nothing}
        @click=${() => {
          this.sorting = new Map([...this.sorting, [group, next]]);
        }}
      >
        ${label}<span aria-hidden="true">${by ? (sorting.largestFirst ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>`;
  }

  #row(
    row: Row,
    columns: Column[],
    best: ReadonlyMap<string, number | undefined>,
    texts: readonly string[],
  ): TemplateResult {
    const { id, runs } = row;
    const [run] = runs;
    const name = this.#nameOf(row);
    const on = this.chosen.includes(id);
    const current = runs.some((known) => known.id === this.current);
    const told = toldOf(row, current);
    const choose = (event: Event) => {
      if (!(event.target as Element).closest('button, input')) this.#choose(id, !on);
    };
    const cell = (column: Column, index: number) => {
      const value = column.value(row);
      const isBest = value !== undefined && value === best.get(column.key);
      const number = column.kind !== 'setting' || typeof value === 'number';
      return html`<td class="${number ? 'figure' : ''} ${isBest ? 'best' : ''}">${texts[index]}</td>`;
    };
    return html`<tr class=${on ? 'chosen' : ''} @click=${choose}>
      <td>
        <input
          type="checkbox"
          aria-label=${runTableText().select(name)}
          .checked=${on}
          @change=${() => this.#choose(id, !on)}
        />
      </td>
      <th scope="row">
        ${
          this.#openable(row)
            ? html`<button class="name" type="button" title=${runTableText().openRun} @click=${() => this.#openRun(run, false)}>${name}</button>`
            : html`<span class="name">${name}</span>`
        }
        ${told ? html`<span class="small light">${told}</span>` : nothing}
      </th>
      ${columns.map(cell)}
    </tr>`;
  }

  #actions(rows: Row[]): TemplateResult {
    const [
      {
        runs: [run],
      } = { runs: [] },
    ] = rows;
    const newest = this.#newestPair();
    if (rows.length === 0) {
      return noneSelected(newest && (() => this.#compare(newest)));
    }
    const table = this.runs.find(({ id }) => id === this.current)?.table.key;
    return selectionActions(rows, rows.length === 1 && this.#openable(rows[0]), table, {
      compare: () => {
        this.comparing = true;
      },
      clear: () => {
        this.chosen = [];
      },
      overlay: () => this.#overlay(rows),
      open: (play) => this.#openRun(run, play),
      sweep: () => this.#leave(() => emit(this, 'run-base', { id: run.id })),
      take: () => this.#leave(() => emit(this, 'run-take', { id: run.id })),
      save: () => emit(this, 'run-export', { id: run.id, file: 'model' }),
      export: () => emit(this, 'run-export', { id: run.id, file: 'formats' }),
      remove: () => this.#remove(rows),
    });
  }

  #comparison(rows: Row[]): TemplateResult {
    return html`<lab-compared
      .rows=${rows}
      .names=${rows.map((row) => this.#nameOf(row))}
      .stored=${this.stored}
    ></lab-compared>`;
  }

  #back(): TemplateResult {
    return html`<button
      type="button"
      @click=${() => {
        this.comparing = false;
      }}
    >
      ${runTableText().back}
    </button>`;
  }

  /** Of the open run's table: what is compared most. */
  #newestPair(): Row[] | undefined {
    const isOpen = ({ runs }: Row) => runs.some(({ id }) => id === this.current);
    const { rows } = this.#groups.find((group) => group.rows.some(isOpen)) ?? this.#groups[0] ?? { rows: [] };
    const newest = rows.filter(({ runs }) => !runs[0].sweep).slice(0, 2);
    return newest.length > 1 ? newest : undefined;
  }

  #compare(rows: Row[]): void {
    this.chosen = rows.map(({ id }) => id);
    this.comparing = true;
  }

  #nameOf({ runs }: Row): string {
    if (runs[0].sweep) return runs[0].sweep.name;
    return (runs.length > 1 ? this.groupNames : this.names).get(runs[0].id) ?? '';
  }

  #chosenRows(): Row[] {
    const rows = this.#groups.flatMap((group) => group.rows);
    return this.chosen.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  }

  /** One run that neither this tab nor another has open. */
  #openable({ runs }: Row): boolean {
    const [run] = runs;
    return !run.sweep && runs.length === 1 && run.id !== this.current && !run.elsewhere;
  }

  #choose(id: string, on: boolean): void {
    this.chosen = on ? [...this.chosen, id] : this.chosen.filter((other) => other !== id);
  }

  #openRun({ id }: StoredRun, play: boolean): void {
    this.#leave(() => emit(this, 'run-open', { id, play }));
  }

  #overlay(rows: Row[]): void {
    this.#leave(() => {
      for (const { id } of rows) emit(this, 'run-overlay', { id, on: true });
    });
  }

  /** The way back is in the page, where it can be pressed. */
  #remove(rows: Row[]): void {
    const ids = rows.flatMap(({ runs }) => runs.map(({ id }) => id));
    const name = rows.map((row) => this.#nameOf(row)).join('; ');
    this.#leave(() => emit(this, 'run-remove', { ids, name }));
  }

  /** What is done shows in the page. */
  #leave(act: () => void): void {
    this.open = false;
    this.chosen = [];
    act();
  }
}
