/** Every run that was trained, those of other tabs too: a list to sort, a leaderboard over seeds, and what is kept. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import { count } from '../shared/format.ts';
import { scoresOf } from '../shared/scores.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { computed, observed } from '../ui/observed.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { seedGroups, seedsIn } from './compare.ts';
import { type RunsController, runsContext } from './controller.ts';
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
export class LabRuns extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: runsContext }) private readonly runs!: RunsController;

  @observed() private by: SortKey = 'newest';
  @observed() private grouped = false;
  @state() private shown = firstRows;

  /** Put in order when there is something to put in order, not with every epoch of the open run: that one is first anyway. */
  readonly #list = computed(() => {
    const { runs, names } = this.runs;
    const severalSeeds = seedGroups(runs).some((group) => seedsIn(group.runs) > 1);
    const rows = ordered(rowsOf(runs, this.grouped && severalSeeds), this.by, this.trainer.run?.key, names);
    return { rows, severalSeeds, tables: new Set(runs.map(({ table }) => table.key)).size > 1 };
  });

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

  override render(): TemplateResult {
    const { runs, open } = this.runs;
    const { rows, severalSeeds, tables } = this.#list();
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
      <lab-keeping></lab-keeping>
    `;
  }

  #row({ id, runs }: Row, tables: boolean): TemplateResult {
    const [first] = runs;
    const { runs: all, names, groupNames, open, drawn } = this.runs;
    const name = (runs.length > 1 ? groupNames : names).get(first.id) ?? '';
    return html`<lab-run
      role="listitem"
      data-run=${first.id}
      .runs=${runs}
      .key=${id}
      .name=${name}
      ?current=${runs.some((run) => run.id === open?.id)}
      .tables=${tables}
      .place=${drawn.slots.get(id)}
      .room=${drawn.hasRoom}
      .all=${all}
      .names=${names}
    ></lab-run>`;
  }

  #sorting(runs: readonly StoredRun[]): TemplateResult {
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
