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
import { filtered, type Group, groupsOf, type Sorting } from './columns.ts';
import { groupTable, isOpenable } from './group-table.ts';
import { runTableStyles } from './lab-run-table.styles.ts';
import { noneSelected, selectionActions } from './selection-actions.ts';
import type { StoredRuns } from './stored.ts';

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
    const { chosen, current } = this;
    const { key } = group;
    const [sorting, most] = [this.sorting.get(key), this.shown.get(key)];
    return groupTable(
      { group, rows, sorting, most, chosen, current, nameOf: (row) => this.#nameOf(row) },
      {
        sort: (next) => {
          this.sorting = new Map([...this.sorting, [key, next]]);
        },
        show: (rows) => {
          this.shown = new Map([...this.shown, [key, rows]]);
        },
        choose: (id, on) => {
          this.chosen = on ? [...this.chosen, id] : this.chosen.filter((other) => other !== id);
        },
        open: (run) => this.#openRun(run, false),
      },
    );
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
    return selectionActions(rows, rows.length === 1 && isOpenable(rows[0], this.current), table, {
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
