/** What can be done with the rows that are selected, and why some of it cannot. */
import { html, nothing, type TemplateResult } from 'lit';
import { mostOverlays } from '../charts/overlays.ts';
import { runTableText } from '../i18n/en/later/run-table.ts';
import { text } from '../i18n/text.ts';
import type { Row } from '../runs/order.ts';
import { count } from '../shared/format.ts';

/** Of one row: `open`, `sweep`, `take`, `save` and `export`. */
export type SelectionCommands = Record<
  'compare' | 'overlay' | 'sweep' | 'take' | 'save' | 'export' | 'remove' | 'clear',
  () => void
> & { open(play: boolean): void };

/** @param compareNewest compares the two newest, where there are two */
export function noneSelected(compareNewest: (() => void) | undefined): TemplateResult {
  return html`
    <p class="small light">${runTableText().chooseSome}</p>
    ${compareNewest ? action(runTableText().compareNewest, compareNewest) : nothing}
  `;
}

/**
 * @param openable whether it is one run that can be opened
 * @param table key of the open table, which trials of sweeps can be the base of another on
 */
export function selectionActions(
  rows: readonly Row[],
  openable: boolean,
  table: string | undefined,
  commands: SelectionCommands,
): TemplateResult {
  const few = rows.length <= mostOverlays;
  // A search for the best model has no settings of its own, and no curves.
  const single = rows.every(({ runs }) => runs.every(({ fit }) => !fit));
  const trials = rows.filter(({ runs }) => runs[0].sweep);
  const elsewhere = trials.some(({ runs }) => runs[0].table.key !== table);
  const title = few ? nothing : runTableText().noMoreThan(mostOverlays);
  return html`
    <span class="number">${runTableText().selected(count(rows.length))}</span>
    <button
      class="primary"
      type="button"
      title=${title}
      ?disabled=${rows.length === 1 || !few}
      @click=${commands.compare}
    >
      ${runTableText().compare}
    </button>
    ${action(runTableText().drawBehind, commands.overlay, few && single && trials.length === 0)}
    ${rows.length === 1 ? actionsOfOne(rows[0], openable, single, !elsewhere, commands) : nothing}
    ${action(runTableText().delete, commands.remove, trials.length === 0)} ${action(runTableText().clear, commands.clear)}
    ${
      trials.length > 0
        ? html`<p class="small light reason">
            ${runTableText().trialHasNoModel}
            ${rows.length === 1 && elsewhere ? runTableText().trialElsewhere : nothing}
          </p>`
        : nothing
    }
  `;
}

function actionsOfOne(
  { runs }: Row,
  openable: boolean,
  single: boolean,
  here: boolean,
  { open, sweep, take, save, export: otherFormats }: SelectionCommands,
): TemplateResult[] {
  const [{ state, model }] = runs;
  const ended = state === 'done' || state === 'diverged';
  return [
    action(runTableText().open, () => open(false), openable),
    action(runTableText().continue, () => open(true), openable && !ended),
    action(runTableText().sweepFrom, sweep, single && here),
    action(text.runs.takeTheseSettings, take, single),
    action(text.runs.saveModel, save, runs.length === 1 && model > 0),
    action(text.common.exportModel, otherFormats, runs.length === 1 && model > 0),
  ];
}

function action(words: string, act: () => void, there = true): TemplateResult {
  return html`<button type="button" ?disabled=${!there} @click=${act}>${words}</button>`;
}
