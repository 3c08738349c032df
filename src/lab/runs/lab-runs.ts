/** Every run that was trained, those of other tabs too: a list to sort, a leaderboard over seeds, and what is kept. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { text } from '../i18n/text.ts';
import type { StorageState, StoredRun } from '../protocol/runs.ts';
import { scoresOf } from '../run/scores.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { contentsChanged } from '../ui/equality.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { seedGroups, seedsIn } from './compare.ts';
import { ordered, type Row, rowsOf, type SortKey } from './order.ts';

/** What the page knows better than what is kept: the run that is open, as it is this moment. */
export type OpenRun = Pick<StoredRun, 'id' | 'state' | 'epochs' | 'seconds' | 'scores'>;

declare global {
  interface HTMLElementEventMap {
    /** The table of runs is wanted. */
    'runs-compare': CustomEvent<undefined>;
  }
}

/** Rows that are drawn at first; more on request, since a list may be long. */
const firstRows = 30;

/** Rows send what is asked of runs; see lab-run. */
export class LabRuns extends LitElement {
  /** Newest first. */
  @property({ attribute: false }) runs: StoredRun[] = [];
  @property({ attribute: false }) names = new Map<string, string>();
  /** Of groups of seeds, by the ids of their runs. */
  @property({ attribute: false }) groupNames = new Map<string, string>();
  @property({ attribute: false, hasChanged: contentsChanged }) open: OpenRun | undefined;
  /** The place of a run, or a group by its key, among those that are drawn behind. */
  @property({ attribute: false }) slots: ReadonlyMap<string, number> = new Map();
  /** Whether one more can be drawn behind. */
  @property({ type: Boolean }) room = true;
  @property({ attribute: false }) keeping: StorageState | undefined;

  @state() private by: SortKey = 'newest';
  @state() private grouped = false;
  @state() private shown = firstRows;
  #list: { rows: Row[]; severalSeeds: boolean; tables: boolean; openId: string | undefined } = {
    rows: [],
    severalSeeds: false,
    tables: false,
    openId: undefined,
  };

  static override styles = [
    base,
    buttons,
    fields,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 8px;
        min-height: 32px;
        margin-bottom: 8px;
      }
      h2 {
        flex: 1;
        white-space: nowrap;
      }
      header select {
        flex: 0 1 116px;
        width: 0;
        min-width: 64px;
      }
      .grouping {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 24px;
        margin-bottom: 8px;
      }
      lab-keeping {
        margin-top: 12px;
        padding-top: 8px;
        border-top: 1px solid var(--hairline);
      }
      .more {
        width: 100%;
        padding: 6px;
        border: 0;
        background: none;
        color: var(--accent);
        font: var(--label);
        cursor: pointer;
      }
    `,
  ];

  /** Put in order when there is something to put in order, not with every epoch of the open run: that one is first anyway. */
  override willUpdate(changed: PropertyValues<this>): void {
    const openId = this.open?.id;
    const decides = ['runs', 'names', 'by', 'grouped'];
    if (this.#list.openId === openId && !decides.some((name) => (changed as Map<string, unknown>).has(name))) return;
    const { runs, grouped, by, names } = this;
    const severalSeeds = seedGroups(runs).some((group) => seedsIn(group.runs) > 1);
    const rows = ordered(rowsOf(runs, grouped && severalSeeds), by, openId, names);
    this.#list = { rows, severalSeeds, tables: new Set(runs.map(({ table }) => table.key)).size > 1, openId };
  }

  override render(): TemplateResult {
    const { runs, open } = this;
    const { rows, severalSeeds, tables } = this.#list;
    return html`
      <header>
        <h2>${text.runs.title} <span class="light number">${runs.length > 0 ? count(runs.length) : ''}</span></h2>
        ${runs.length > 1 ? this.#sorting(runs) : nothing}
        ${runs.length > 0 ? html`<button class="quiet" type="button" @click=${() => emit(this, 'runs-compare')}>${text.runs.compareRuns}</button>` : nothing}
      </header>
      ${
        severalSeeds
          ? html`<label class="grouping">
              <input
                type="checkbox"
                .checked=${this.grouped}
                @change=${(event: Event) => {
                  this.grouped = (event.target as HTMLInputElement).checked;
                }}
              />
              ${text.runs.oneRowForSeeds}
            </label>`
          : nothing
      }
      ${
        runs.length === 0
          ? html`<p class="light">${text.runs.noRunsYet}</p>`
          : html`<div role="list" aria-label=${text.runs.title}>
        ${repeat(
          rows.slice(0, this.shown),
          ({ id }) => id,
          (row) => this.#row(withOpen(row, open), tables),
        )}
      </div>`
      }
      ${
        rows.length > this.shown
          ? html`<button
              class="more"
              type="button"
              @click=${() => {
                this.shown += 100;
              }}
            >
              ${text.runs.showMoreOf(count(rows.length))}
            </button>`
          : nothing
      }
      <lab-keeping .keeping=${this.keeping}></lab-keeping>
    `;
  }

  #row({ id, runs }: Row, tables: boolean): TemplateResult {
    const [first] = runs;
    const names = runs.length > 1 ? this.groupNames : this.names;
    return html`<lab-run
      role="listitem"
      data-run=${first.id}
      .runs=${runs}
      .key=${id}
      .name=${names.get(first.id) ?? ''}
      ?current=${runs.some((run) => run.id === this.open?.id)}
      .tables=${tables}
      .place=${this.slots.get(id)}
      .room=${this.room}
      .all=${this.runs}
      .names=${this.names}
    ></lab-run>`;
  }

  #sorting(runs: StoredRun[]): TemplateResult {
    const scores = new Map(runs.flatMap(({ task }) => scoresOf(task)).map(({ key, label }) => [key, label]));
    const choices: [SortKey, string][] = [
      ['newest', text.runs.orders.newest],
      ['name', text.runs.orders.name],
      ...[...scores].map(([key, label]): [SortKey, string] => [key, text.runs.orders.score(label)]),
      ['seconds', text.runs.orders.time],
      ['epochs', text.runs.orders.epochs],
    ];
    return html`<select
      aria-label=${text.runs.orderOfRuns}
      @change=${(event: Event) => {
        this.by = (event.target as HTMLSelectElement).value;
      }}
    >
      ${choices.map(([key, words]) => html`<option value=${key} ?selected=${key === this.by}>${words}</option>`)}
    </select>`;
  }
}

/** The open run as the page knows it this moment. */
function withOpen(row: Row, open: OpenRun | undefined): Row {
  if (!open || !row.runs.some(({ id }) => id === open.id)) return row;
  return { ...row, runs: row.runs.map((run) => (run.id === open.id ? { ...run, ...open } : run)) };
}
