/** One run of the list, or several that differ only by their seed: what came of it, and behind a disclosure what can be done. */
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { dashes, overlayColours } from '../charts/overlays.ts';
import { text } from '../i18n/text.ts';
import type { RunMark, StoredRun } from '../protocol/runs.ts';
import { count, duration, figure } from '../shared/format.ts';
import { scoresOf } from '../shared/scores.ts';
import { recoveryInWords } from '../trainer/status-text.ts';
import { defineOnce } from '../ui/define-once.ts';
import { emit } from '../ui/emit.ts';
import { itemsChanged } from '../ui/equality.ts';
import { Loader } from '../ui/loader.ts';
import { runStyles } from './lab-run.styles.ts';
import { scoreOf } from './order.ts';

export type RunFile = 'model' | 'formats' | 'history' | 'settings';

declare global {
  interface HTMLElementEventMap {
    /** What a person says of the run: its name, a note, a pin. */
    'run-mark': CustomEvent<{ id: string; mark: RunMark }>;
    /** The run, or the group, is deleted. */
    'run-remove': CustomEvent<{ ids: string[]; name: string }>;
    /** Its curves are drawn behind the current ones, or no more. */
    'run-overlay': CustomEvent<{ id: string; on: boolean }>;
    /** It takes the place of the open run, and trains on where it has not ended and that is wished. */
    'run-open': CustomEvent<{ id: string; play: boolean }>;
    /** Its settings go into the controls. */
    'run-take': CustomEvent<{ id: string }>;
    /** One of its files is saved. */
    'run-export': CustomEvent<{ id: string; file: RunFile }>;
  }
}

export class LabRun extends LitElement {
  /** One, or those of a group of seeds. */
  @property({ attribute: false, hasChanged: itemsChanged }) runs: StoredRun[] = [];
  /** The run's id, or the group's key. */
  @property() key = '';
  @property() name = '';
  /** Whether it is the run that the page shows. */
  @property({ type: Boolean }) current = false;
  /** Whether its table is told, since not all have the same. */
  @property({ type: Boolean }) tables = false;
  /** Its place among the overlays; undefined where it is not drawn. */
  @property({ attribute: false }) place: number | undefined;
  /** Whether one more can be drawn. */
  @property({ type: Boolean }) room = true;
  /** Those that it can be compared with, and their names. */
  @property({ attribute: false }) all: readonly StoredRun[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();

  @state() private open = false;
  @state() private renaming = false;
  @state() private beside = '';
  @query('#name') private nameField!: HTMLInputElement | null;

  readonly #loader = new Loader(this);

  static override styles = runStyles;

  override render(): TemplateResult | typeof nothing {
    const [run] = this.runs;
    if (!run) return nothing;
    const [score] = scoresOf(run.task);
    const spread = scoreOf({ id: this.key, runs: this.runs }, score);
    const sd = spread?.sd === null || spread?.sd === undefined ? '' : ` ± ${figure(spread.sd, 2)}`;
    return html`<div class="row number">
        ${this.#swatch()}
        <div class="line">
          ${this.renaming ? this.#nameField() : this.#name(run)}
          <span class="score">${figure(spread?.mean)}${sd}</span>
        </div>
        <button
          class="more"
          type="button"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-label=${text.runs.moreOf(this.name)}
          title=${text.common.more}
          @click=${() => {
            this.open = !this.open;
          }}
        >
          ${this.open ? '–' : '⋯'}
        </button>
        <div class="line small light">
          <span class="facts">${this.#facts(run)}</span>
          <span class="of">${run.of === 'train' ? text.common.trainingMetric(score.label) : score.label}</span>
        </div>
        ${run.mark.note && !this.open ? html`<p class="note small light">${run.mark.note}</p>` : nothing}
      </div>
      ${this.open ? (this.runs.length > 1 ? this.#groupActions() : this.#actions(run)) : nothing}`;
  }

  override updated(): void {
    if (this.renaming && this.nameField && !this.nameField.matches(':focus')) {
      this.nameField.focus();
      this.nameField.select();
    }
  }

  /** Of a run that can be opened, the way to it. */
  #name(run: StoredRun): TemplateResult {
    const name = html`${run.mark.pinned ? html`<span title=${text.runs.pinned}>★ </span>` : nothing}${this.name}`;
    return this.#openable(run)
      ? html`<button class="name" type="button" title=${this.name} @click=${() => this.#openRun(run)}>${name}</button>`
      : html`<span class="name" title=${this.name}>${name}</span>`;
  }

  /** One run that neither this tab nor another has open. */
  #openable(run: StoredRun): boolean {
    return this.runs.length === 1 && !this.current && !run.elsewhere;
  }

  #openRun({ id }: StoredRun): void {
    emit(this, 'run-open', { id, play: false });
  }

  #swatch(): TemplateResult {
    const on = this.place !== undefined;
    const dash = dashes[this.place ?? 0].join(' ');
    const colour = on ? `stroke: var(--run-${overlayColours[this.place ?? 0] + 1})` : '';
    return html`<button
      class="swatch"
      type="button"
      aria-pressed=${on ? 'true' : 'false'}
      aria-label=${text.runs.drawBehind(this.name)}
      title=${this.room || on ? text.runs.drawCurvesBehind : text.runs.noMoreThanSix}
      ?disabled=${(!on && !this.room) || this.runs.some(({ fit }) => fit)}
      @click=${() => emit(this, 'run-overlay', { id: this.key, on: !on })}
    >
      <svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">
        ${svg`<path d="M1 6h22" fill="none" stroke-width="2.5" .style=${colour} stroke-dasharray=${on ? dash : '1 3'} />`}
      </svg>
    </button>`;
  }

  #facts(run: StoredRun): TemplateResult {
    const seconds = this.runs.reduce((sum, other) => sum + other.seconds, 0);
    const epochs = run.fit
      ? text.runs.networks(count(run.fit.networks))
      : this.runs.length === 1
        ? text.runs.epochs(count(run.epochs))
        : text.common.seeds(this.runs.length);
    const state = this.runs.length === 1 ? stateInWords(run, this.current) : '';
    // An automatic name says it already.
    const from = run.mark.name ? run.settings.from : undefined;
    const told = [epochs, duration(seconds), this.tables ? run.table.name : '', from && text.runs.from(from.name)]
      .filter(Boolean)
      .join(', ');
    return html`${state ? html`<span class=${run.state}>${state}</span>, ` : nothing}${told}`;
  }

  #nameField(): TemplateResult {
    const [run] = this.runs;
    return html`<input
      id="name"
      type="text"
      aria-label=${text.runs.nameOfRun}
      .value=${run.mark.name ?? this.name}
      @blur=${this.#rename}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') {
          // The button that has the focus next is not to be pressed by the same key.
          event.preventDefault();
          this.#rename();
        }
        if (event.key === 'Escape') {
          // The sheet around it stays open.
          event.stopPropagation();
          void this.#endRenaming();
        }
      }}
    />`;
  }

  /** The keyboard goes on where it began. */
  async #endRenaming(): Promise<void> {
    const held = this.nameField?.matches(':focus');
    this.renaming = false;
    await this.updateComplete;
    if (held) this.renderRoot.querySelector<HTMLElement>('#rename')?.focus();
  }

  #rename(): void {
    if (!this.renaming || !this.nameField) return;
    const [{ id, mark }] = this.runs;
    const name = this.nameField.value.trim();
    void this.#endRenaming();
    if (name !== (mark.name ?? this.name)) emit(this, 'run-mark', { id, mark: { name } });
  }

  #actions(run: StoredRun): TemplateResult {
    const { id, mark } = run;
    const file = (name: RunFile, words: string, there: boolean) =>
      html`<button class="quiet" type="button" ?disabled=${!there} @click=${() => emit(this, 'run-export', { id, file: name })}>${words}</button>`;
    const others = run.fit ? [] : this.all.filter((other) => other.id !== id && !other.fit);
    const compared = others.find((other) => other.id === this.beside);
    return html`<div class="actions">
      <div class="buttons">
        <button class="quiet" type="button" ?disabled=${!this.#openable(run)} @click=${() => this.#openRun(run)}>${text.runs.open}</button>
        <button class="quiet" type="button" ?hidden=${run.fit !== undefined} @click=${() => emit(this, 'run-take', { id })}>${text.runs.takeTheseSettings}</button>
        <button class="quiet" type="button" aria-pressed=${mark.pinned ? 'true' : 'false'} @click=${() => emit(this, 'run-mark', { id, mark: { pinned: !mark.pinned } })}>
          ${mark.pinned ? text.runs.unpin : text.runs.pin}
        </button>
        <button
          id="rename"
          class="quiet"
          type="button"
          @click=${() => {
            this.renaming = true;
          }}
        >
          ${text.runs.rename}
        </button>
        <button class="quiet" type="button" @click=${() => emit(this, 'run-remove', { ids: [id], name: this.name })}>${text.runs.delete}</button>
      </div>
      <div class="buttons">
        ${file('model', text.runs.saveModel, run.model > 0)} ${file('formats', text.common.exportModel, run.model > 0)}
        ${file('history', text.runs.saveHistory, run.epochs > 0)}
        ${file('settings', text.runs.saveRunFile, !run.fit)}
      </div>
      ${run.recovered.map((recovery) => html`<p class="small light">${recoveryInWords(recovery)}</p>`)}
      <textarea
        aria-label=${text.runs.noteOn(this.name)}
        placeholder=${text.runs.note}
        .value=${mark.note ?? ''}
        @change=${(event: Event) => emit(this, 'run-mark', { id, mark: { note: (event.target as HTMLTextAreaElement).value.trim() } })}
      ></textarea>
      ${
        others.length > 0
          ? html`<select
              aria-label=${text.runs.compareSettingsOf(this.name)}
              @change=${(event: Event) => this.#compare((event.target as HTMLSelectElement).value)}
            >
              <option value="">${text.runs.compareSettingsWith}</option>
              ${others.map((other) => html`<option value=${other.id} ?selected=${other.id === this.beside}>${this.names.get(other.id)}</option>`)}
            </select>`
          : nothing
      }
      ${this.#loader.line()}
      ${compared ? html`<lab-run-diff .runs=${[run, compared]} .names=${[this.name, this.names.get(compared.id) ?? '']}></lab-run-diff>` : nothing}
    </div>`;
  }

  /** What the comparison is drawn by is loaded with the first. */
  async #compare(id: string): Promise<void> {
    this.beside = id;
    const part = await this.#loader.load(() => import('./lab-run-diff.ts'));
    if (part) defineOnce('lab-run-diff', part.LabRunDiff);
  }

  #groupActions(): TemplateResult {
    const [first] = this.runs;
    const [score] = scoresOf(first.task);
    return html`<div class="actions">
      <div class="buttons">
        <button class="quiet" type="button" @click=${() => emit(this, 'run-take', { id: first.id })}>${text.runs.takeTheseSettings}</button>
        <button class="quiet" type="button" @click=${() => emit(this, 'run-remove', { ids: this.runs.map(({ id }) => id), name: this.name })}>
          ${text.runs.deleteAll}
        </button>
      </div>
      <div class="seeds">
        ${this.runs.map(
          (run) =>
            html`<span>${text.runs.seed(run.settings.trial.training.seed)}</span><span>${figure(run.scores[score.key])}</span>`,
        )}
      </div>
      <p class="small light">${text.runs.meanOverSeeds(this.runs.length)}</p>
    </div>`;
  }
}

/** What is worth saying beside the epochs; empty for a run that has ended as it should. */
function stateInWords({ state, elsewhere }: StoredRun, current: boolean): string {
  switch (state) {
    case 'diverged':
      return text.common.diverged;
    case 'failed':
      return text.runs.failed;
    case 'paused':
      if (current) return text.runs.paused;
      return elsewhere ? text.runs.pausedInAnotherTab : text.runs.notFinished;
    case 'running':
      if (current) return text.common.training;
      return elsewhere ? text.runs.trainingInAnotherTab : text.runs.notFinished;
    default:
      return '';
  }
}
