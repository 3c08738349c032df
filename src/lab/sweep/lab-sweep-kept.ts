/** Sweeps that are kept in this browser: which one is shown, training what it has left, deleting it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { variedOf } from '../../html/swept.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { text } from '../i18n/text.ts';
import type { KeptSweep } from '../protocol/sweep.ts';
import { count, dateTime } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { shownOf } from './kept.ts';
import { isBusy, type SweepView } from './view.ts';

export class LabSweepKept extends LitElement {
  @property({ attribute: false }) view!: SweepView;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      select {
        flex: 1 1 240px;
        min-width: 0;
        max-width: 480px;
      }
      p {
        flex-basis: 100%;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { kept, unread, state } = this.view;
    const shown = shownOf(this.view);
    if (kept.length === 0 && unread === 0) return nothing;
    const busy = isBusy(this.view);
    return html`<div>
      ${kept.length > 0 ? this.#choice(kept, shown, busy) : nothing}
      ${shown && !busy && shown.resumable && (state !== 'done' || this.view.end?.interrupted) ? this.#resume(shown) : nothing}
      ${
        shown && !busy
          ? html`<button class="quiet" type="button" @click=${() => this.#delete(shown)}>${sweepText().deleteSweep}</button>`
          : nothing
      }
      ${unread > 0 ? html`<p class="small light">${sweepText().unreadSweeps(unread)}</p>` : nothing}
    </div>`;
  }

  #choice(kept: readonly KeptSweep[], shown: KeptSweep | undefined, busy: boolean): TemplateResult {
    const choose = (event: Event) => {
      const id = (event.target as HTMLSelectElement).value;
      if (id) emit(this, 'sweep-command', { do: 'show', id });
    };
    return html`<select aria-label=${sweepText().keptSweeps} ?disabled=${busy} @change=${choose}>
      ${shown ? nothing : html`<option value="" selected>${sweepText().chooseKept}</option>`}
      ${kept.map((sweep) => html`<option value=${sweep.id} .selected=${sweep === shown}>${nameOf(sweep)}</option>`)}
    </select>`;
  }

  #resume({ elsewhere }: KeptSweep): TemplateResult {
    return html`<button
        type="button"
        ?disabled=${elsewhere}
        @click=${() => emit(this, 'sweep-command', { do: 'resume' })}
      >
        ${sweepText().resume}
      </button>
      ${elsewhere ? html`<p class="small light">${sweepText().anotherTab}</p>` : nothing}`;
  }

  /** The way back is in the page, where it can be pressed. */
  #delete(sweep: KeptSweep): void {
    emit(this, 'run-remove', { ids: [sweep.id], name: nameOf(sweep) });
    emit(this, 'sweep-command', { do: 'forget' });
  }
}

function nameOf({ created, table, target, varied, trials, finished }: KeptSweep): string {
  const settings = Object.fromEntries(varied.map((path) => [path, undefined]));
  const names = variedOf([{ settings }]).map(({ name }) => name);
  const what = names.length > 0 ? names.join(' × ') : text.common.seeds(trials);
  const name = sweepText().keptSweep({
    when: dateTime(created),
    table: `${table.name}: ${target}`,
    what,
    trials: count(trials),
  });
  return finished ? name : `${name}, ${sweepText().notFinished}`;
}
