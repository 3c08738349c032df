/** How much is kept in this browser, whether it stays, and what was done where there was no room. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { Trouble } from '../protocol/runs.ts';
import { mostBytes } from '../shared/table-key.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { bytesWords } from '../trainer/memory.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { preventsKeeping, type RunsController, runsContext } from './controller.ts';

export class LabKeeping extends LabElement {
  @consume({ context: runsContext }) private readonly runs!: RunsController;
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    buttons,
    css`
      button {
        margin-left: -6px;
      }
      .trouble {
        margin-bottom: 4px;
        padding-left: 12px;
        border-left: 3px solid var(--error);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { keeping } = this.runs;
    if (!keeping) return nothing;
    const { lasting, usage, quota, persisted, trouble, unread } = keeping;
    if (!lasting) {
      return html`<p class="small light" id="kept">
        ${text.runs.keepsNothing}
      </p>`;
    }
    const room =
      usage === null || quota === null
        ? text.runs.keptHere
        : text.runs.keptHereUsed({ usage: bytesWords(usage), quota: bytesWords(quota) });
    return html`${trouble ? this.#trouble(trouble) : nothing}
      ${unread > 0 ? this.#unread(unread) : nothing}
      <p class="small light number" id="kept">
        ${room}
        ${persisted ? text.runs.staysUntilCleared : text.runs.mayBeCleared}
      </p>
      ${
        persisted === false
          ? html`<button class="quiet small" type="button" @click=${this.#ask}>${text.runs.askToKeep}</button>`
          : nothing
      }`;
  }

  #trouble(trouble: Trouble): TemplateResult {
    const { run, state } = this.trainer;
    const offered = preventsKeeping(trouble) && run && state !== 'loading' && state !== 'failed';
    return html`<div class="trouble small" role="status">
      <p>${inWords(trouble)}</p>
      ${
        offered
          ? html`<button class="quiet small" type="button" @click=${() => emit(this, 'download-model')}>
              ${text.results.downloadModel}
            </button>`
          : nothing
      }
    </div>`;
  }

  #unread(unread: number): TemplateResult {
    return html`<div class="trouble small" role="status" id="unread">
      <p>${text.runs.unread(unread)}</p>
      <button class="quiet small" type="button" @click=${() => this.runs.removeUnread()}>
        ${text.runs.removeUnread}
      </button>
    </div>`;
  }

  #ask(): void {
    void this.runs.persist();
  }
}

function inWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'dropped':
      return trouble.models === 1 ? text.runs.oneModelDropped : text.runs.modelsDropped(trouble.models);
    case 'full':
      return text.runs.nothingLeftToDrop;
    case 'table':
      return text.runs.tableTooLarge({
        name: trouble.name,
        size: bytesWords(trouble.bytes),
        limit: bytesWords(mostBytes),
      });
    case 'failed':
      return text.runs.cannotBeKept(inLanguage(trouble.message).replace(/\.$/, ''));
  }
}
