/**
 * The large region of the centre: one view at a time, the one that fits the task first, the others a tab away. Says which
 * one is open, so that the worker works out that one and no other.
 */

import { consume } from '@lit/context';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fileRow } from '../../data/table/table.ts';
import type { Overlay } from '../charts/overlays.ts';
import { text } from '../i18n/text.ts';
import type { TableView } from '../protocol/messages.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import type { ViewName } from '../protocol/views.ts';
import { count } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { type ReplayController, replayContext } from '../trainer/replay.ts';
import type { EventOf } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { Loader } from '../ui/loader.ts';
import { effect, observed, unfollowed } from '../ui/observed.ts';
import { nextPlace } from '../ui/roving.ts';
import { base } from '../ui/styles/shared.ts';
import { Selection } from './selection.ts';
import { classesOf, labelOf, viewsFor } from './view-list.ts';

export class LabViews extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: replayContext }) private readonly replay!: ReplayController;
  /** Runs behind the current one. */
  @property({ attribute: false }) overlays: readonly Overlay[] = [];

  /** The row that is asked about, for the views that can show it. */
  @property({ attribute: false }) probe: () => ProbeRow | undefined = () => undefined;

  /** What was chosen by hand; where the data has no such view, its first one is shown. */
  @observed() private chosen: ViewName | undefined;
  /** Whether the views beside the fit are loaded; before that an open one is empty. */
  @state() private loaded = false;
  /** Columns by how much they matter, where that was worked out. */
  @state() private ranked: readonly string[] = [];
  #loading = false;
  readonly #loader = new Loader(this);
  readonly #selection = new Selection(
    (place) => this.#rowName(place),
    (place) =>
      say(this.renderRoot, place === undefined ? text.views.noneSelected : text.views.selected(this.#rowName(place))),
  );
  #looked: ViewName | undefined;
  #listed: { run?: number; view?: ViewName } = {};
  #ends: (() => void)[] = [];

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: 0 20px;
        margin-bottom: 6px;
        border-bottom: 1px solid var(--hairline);
      }
      button {
        margin: 0 0 -1px;
        padding: 2px 0 6px;
        border: 0;
        border-bottom: 2px solid transparent;
        background: none;
        color: var(--ink-light);
        font: var(--text);
        text-align: left;
        white-space: nowrap;
        cursor: pointer;
      }
      button:hover {
        color: var(--ink);
      }
      button[aria-selected='true'] {
        border-color: var(--accent);
        color: var(--ink);
        font-weight: 600;
      }
      /* As wide as when it is chosen, so that its neighbours stay where they are. */
      button::after {
        content: attr(data-label);
        display: block;
        height: 0;
        overflow: hidden;
        font-weight: 600;
        visibility: hidden;
      }
      @media (max-width: 899px) {
        .tabs {
          gap: 0 16px;
        }
        button {
          padding: 6px 0 8px;
        }
      }
      .panel {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-height: 0;
      }
      @media (max-width: 899px) {
        .panel {
          min-height: 340px;
        }
      }
      .panel > * {
        flex: 1;
        min-height: 0;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#selection.key);
    this.#ends = [effect(() => this.#keepSelection()), effect(() => this.#narrowSelection())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#selection.key);
    for (const end of this.#ends) end();
  }

  /** Opens a view, or without one that which fits the data. */
  show(name?: ViewName): void {
    this.chosen = name;
  }

  override render(): TemplateResult {
    const names = viewsFor(this.#data);
    const open = this.#open();
    return html`
      <div class="tabs" role="tablist" aria-label=${text.views.title} @keydown=${this.#key}>
        ${names.map((name) => this.#tab(name, name === open))}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${open}" @rows-choose=${this.#chooseRows} @columns-rank=${this.#rank}>
        ${this.#view(open)}
      </div>
      ${
        this.#selection.listed
          ? html`<lab-rows
              .asker=${this.trainer.asker}
              .chosen=${this.#selection.listed}
              .selected=${this.#selection.selected}
              @row-select=${({ detail }: EventOf<'row-select'>) => this.#selection.select(detail.place)}
              @rows-close=${() => this.#selection.clear()}
            ></lab-rows>`
          : ''
      }
      ${spokenLine()}
    `;
  }

  /** Rows are of one table. */
  #keepSelection(): void {
    const data = this.#data;
    unfollowed(() => this.#selection.keepTo(data));
  }

  /** A list of rows is of one view of one run. */
  #narrowSelection(): void {
    const { run } = this.trainer;
    const { chosen } = this;
    if (run?.id === this.#listed.run && chosen === this.#listed.view) return;
    this.#listed = { run: run?.id, view: chosen };
    unfollowed(() => this.#selection.narrow());
  }

  /** Of the run, or before there is one, the table that is open. */
  get #data(): TableView | undefined {
    const { run, data } = this.trainer;
    return run?.data ?? data;
  }

  /** The worker is told after the page has shown that the view is there. */
  override updated(_: PropertyValues): void {
    const open = this.#open();
    if (!this.#data) return;
    if (open !== 'fit' && !this.#loading) void this.#load();
    if (open === this.#looked) return;
    this.#looked = open;
    this.trainer.worker.look([open]);
    this.replay.looked();
  }

  #chooseRows({ detail }: EventOf<'rows-choose'>): void {
    this.#selection.choose(detail);
    if (!this.#loading) void this.#load();
  }

  #rank({ detail }: EventOf<'columns-rank'>): void {
    this.ranked = detail.columns;
  }

  #rowName(place: number): string {
    return this.#data ? text.views.row(count(fileRow(this.#data.numbering, place))) : '';
  }

  async #load(): Promise<void> {
    this.#loading = true;
    const part = await this.#loader.load(() => import('./elements.ts'));
    part?.defineViewElements();
    this.loaded = part !== undefined;
  }

  #open(): ViewName {
    const names = viewsFor(this.#data);
    return this.chosen && names.includes(this.chosen) ? this.chosen : names[0];
  }

  #tab(name: ViewName, open: boolean): TemplateResult {
    const label = labelOf(name, this.#data);
    return html`<button
      type="button"
      role="tab"
      id="tab-${name}"
      data-label=${label}
      aria-controls="panel"
      aria-selected=${open ? 'true' : 'false'}
      tabindex=${open ? 0 : -1}
      @click=${() => this.#choose(name)}
    >
      ${label}
    </button>`;
  }

  #view(name: ViewName): TemplateResult {
    const data = this.#data;
    const { asker, run, weightsEpoch: epoch, latest } = this.trainer;
    const { views, predictions, headline } = this.replay;
    const { standing } = headline;
    const probe = this.probe();
    const { selected } = this.#selection;
    if (name !== 'fit' && !this.loaded) return html`<div>${this.#loader.line()}</div>`;
    if (name === 'surface' && data?.surface) {
      return html`<lab-surface
        .picture=${data.surface}
        .values=${views.surface}
        .probe=${probe}
        .selected=${selected}
        .target=${data.targetLabel}
        .numbering=${data.numbering}
        .standing=${standing}
      ></lab-surface>`;
    }
    if (name === 'residuals') {
      return html`<lab-residuals .residuals=${views.residuals} .target=${data?.targetLabel ?? ''} .numbering=${data?.numbering} .selected=${selected} .standing=${standing}></lab-residuals>`;
    }
    if (name === 'roc') {
      return html`<lab-roc .roc=${views.roc} .positive=${classesOf(data)[1] ?? ''} .standing=${standing}></lab-roc>`;
    }
    if (name === 'importance') {
      return html`<lab-importance
        .asker=${asker}
        .run=${run?.id ?? 0}
        .epoch=${epoch}
        ?ended=${!!latest?.outcome}
        .target=${data?.targetLabel ?? ''}
      ></lab-importance>`;
    }
    if (name === 'dependence') {
      return html`<lab-dependence
        .asker=${asker}
        .run=${run?.id ?? 0}
        .epoch=${epoch}
        ?ended=${!!latest?.outcome}
        .target=${data?.targetLabel ?? ''}
        .columns=${data?.features ?? []}
        .ranked=${this.ranked}
        ?probabilities=${data?.task !== 'regression'}
        .numbering=${data?.numbering}
      ></lab-dependence>`;
    }
    if (name === 'inside') {
      return html`<lab-inside .inside=${views.inside} .norms=${views.norms} .standing=${standing}></lab-inside>`;
    }
    return html`<lab-fit .data=${data} .predictions=${predictions} .overlays=${this.overlays} .probe=${probe} .selected=${selected} .standing=${standing}></lab-fit>`;
  }

  #choose(name: ViewName): void {
    this.chosen = name;
  }

  /** As tabs do: arrows move along, Home and End to the ends, and what has the focus is shown. */
  #key(event: KeyboardEvent): void {
    const names = viewsFor(this.#data);
    const at = names.indexOf(this.#open());
    const next = nextPlace(event, at, names.length);
    if (next === undefined) return;
    event.preventDefault();
    this.#choose(names[next]);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${names[next]}`)?.focus());
  }
}
