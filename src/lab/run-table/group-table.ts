/** The rows of one table and target: sorted by a column, the best of each metric marked, and chosen by a press. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { runTableText } from '../i18n/en/later/run-table.ts';
import type { StoredRun } from '../protocol/runs.ts';
import type { Row } from '../runs/order.ts';
import { count } from '../shared/format.ts';
import { type Column, type Group, type Sorting, sorted, writtenIn } from './columns.ts';
import { bestOf, toldOf } from './row-words.ts';

/** Rows that are drawn at first. */
const firstRows = 100;

export interface GroupView {
  group: Group;
  /** Those of the group that are wanted. */
  rows: Row[];
  sorting: Sorting | undefined;
  /** Rows that are drawn; undefined for those that are at first. */
  most: number | undefined;
  /** Ids of rows. */
  chosen: readonly string[];
  /** The run that the page shows. */
  current: string;
  nameOf(row: Row): string;
}

export interface GroupCommands {
  sort(sorting: Sorting): void;
  /** So many rows are to be drawn. */
  show(most: number): void;
  choose(id: string, on: boolean): void;
  open(run: StoredRun): void;
}

/** Whether it is one run that neither this tab nor another has open. */
export function isOpenable({ runs }: Row, current: string): boolean {
  const [run] = runs;
  return !run.sweep && runs.length === 1 && run.id !== current && !run.elsewhere;
}

export function groupTable(view: GroupView, commands: GroupCommands): TemplateResult {
  const { group, rows, sorting, most = firstRows } = view;
  const { columns, table, target } = group;
  const column = columns.find((known) => known.key === sorting?.column);
  const inOrder = sorted(rows, column, sorting?.largestFirst ?? false);
  const title = runTableText().tableAndTarget({ table, target });
  const seen = inOrder.slice(0, most);
  const texts = columns.map((known) => writtenIn(known, seen));
  const best = new Map(columns.map((metric) => [metric.key, bestOf(metric, rows)]));
  const cellsOf = (row: Row, index: number) =>
    columns.map((known, place) => cell(known, row, texts[place][index], best.get(known.key)));
  return html`<section>
    <h3>${title} <span class="light number">${count(group.rows.length)}</span></h3>
    <div class="scroller" role="region" tabindex="0" aria-label=${title}>
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col">${runTableText().run}</th>
            ${columns.map((known) => head(known, sorting, commands))}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            seen,
            ({ id }) => id,
            (row, index) => tableRow(row, view, commands, cellsOf(row, index)),
          )}
        </tbody>
      </table>
    </div>
    ${
      inOrder.length > most
        ? html`<button class="quiet" type="button" @click=${() => commands.show(most + 5 * firstRows)}>
            ${runTableText().showMoreOf(count(inOrder.length))}
          </button>`
        : nothing
    }
  </section>`;
}

function head(column: Column, sorting: Sorting | undefined, { sort }: GroupCommands): TemplateResult {
  const { key, kind, label, title, largestFirst } = column;
  const by = sorting?.column === key;
  const order = by ? (sorting.largestFirst ? 'descending' : 'ascending') : 'none';
  const next = { column: key, largestFirst: by ? !sorting.largestFirst : largestFirst };
  return html`<th scope="col" class=${kind} aria-sort=${order}>
    <button type="button" title=${title || nothing} @click=${() => sort(next)}>
      ${label}<span aria-hidden="true">${by ? (sorting.largestFirst ? ' ↓' : ' ↑') : ''}</span>
    </button>
  </th>`;
}

function tableRow(
  row: Row,
  { chosen, current, nameOf }: GroupView,
  { choose, open }: GroupCommands,
  cells: TemplateResult[],
): TemplateResult {
  const { id, runs } = row;
  const name = nameOf(row);
  const on = chosen.includes(id);
  const told = toldOf(
    row,
    runs.some((run) => run.id === current),
  );
  const press = (event: Event) => {
    if (!(event.target as Element).closest('button, input')) choose(id, !on);
  };
  return html`<tr class=${on ? 'chosen' : ''} @click=${press}>
    <td>
      <input
        type="checkbox"
        aria-label=${runTableText().select(name)}
        .checked=${on}
        @change=${() => choose(id, !on)}
      />
    </td>
    <th scope="row">
      ${
        isOpenable(row, current)
          ? html`<button class="name" type="button" title=${runTableText().openRun} @click=${() => open(runs[0])}>${name}</button>`
          : html`<span class="name">${name}</span>`
      }
      ${told ? html`<span class="small light">${told}</span>` : nothing}
    </th>
    ${cells}
  </tr>`;
}

function cell(column: Column, row: Row, text: string, best: number | undefined): TemplateResult {
  const value = column.value(row);
  const isBest = value !== undefined && value === best;
  const number = column.kind !== 'setting' || typeof value === 'number';
  return html`<td class="${number ? 'figure' : ''} ${isBest ? 'best' : ''}">${text}</td>`;
}
