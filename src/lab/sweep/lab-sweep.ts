/** The dialog of sweeps: put together at the left, watched and judged at the right. Closing it does not end a sweep. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Notice, sortNotices } from '../../data/table/notices.ts';
import { longWords, plusMinus, range, variedOf } from '../../html/swept.ts';
import type { Trial } from '../../spec/settings.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { SweepFile } from '../protocol/sweep.ts';
import { count, duration } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { itemsChanged } from '../ui/equality.ts';
import { icon } from '../ui/icons.ts';
import { showModal } from '../ui/modal.ts';
import { base, buttons, dialogs } from '../ui/styles/shared.ts';
import { differingPaths, type SweepCurves } from './curves.ts';
import { sweepStyles } from './lab-sweep.styles.ts';
import { primaryMetric, type SweepCommand, type SweepView } from './view.ts';

declare global {
  interface HTMLElementEventMap {
    /** The model of a combination is to be predicted with. */
    'sweep-predict': CustomEvent<{ cell: number; name: string }>;
  }
}

export class LabSweep extends LitElement {
  @property({ attribute: false }) view!: SweepView;
  /** What all trials of a new sweep share. */
  @property({ attribute: false }) trial: Trial | undefined;
  /** The model that a single run would go on from. */
  @property({ attribute: false }) base: string | undefined;
  /** What is known of the table; said before any score where it makes all of them doubtful. */
  @property({ attribute: false, hasChanged: itemsChanged }) notices: readonly Notice[] = [];

  /** The combination that was chosen; the best where none was. */
  @state() private chosen: number | undefined;
  /** What is drawn of all combinations. */
  @state() private picture: 'losses' | 'parallel' = 'losses';
  /** What was done last with it. */
  @state() private said = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  static override styles = [base, buttons, dialogs, sweepStyles];

  /** Modal; Escape closes it and puts the focus back. */
  async open(): Promise<void> {
    await this.updateComplete;
    showModal(this.dialog);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('view') as SweepView | undefined;
    if (before && before.curves !== this.view.curves) this.chosen = undefined;
    if (before && before.state !== this.view.state) this.said = '';
  }

  override render(): TemplateResult {
    if (!this.view) return html``;
    return html`<dialog aria-labelledby="title" @close=${() => this.#say({ do: 'close' })}>
      <header>
        <h2 id="title">${sweepText().title}</h2>
        <p class="light small">${sweepText().about}</p>
        <button class="quiet" type="button" @click=${() => this.dialog.close()}>${icon('close')} ${text.common.close}</button>
      </header>
      <div class="panes">
        <section class="left" aria-label=${sweepText().whatItTries}>
          ${this.base ? html`<p class="small light">${sweepText().beginsAnew(this.base)}</p>` : nothing}
          ${this.trial ? html`<lab-sweep-settings .view=${this.view} .trial=${this.trial}></lab-sweep-settings>` : nothing}
        </section>
        <section class="right" aria-label=${sweepText().whatCameOfIt}>
          <lab-notices .notices=${this.notices.filter(({ severity }) => severity === 'critical')}></lab-notices>
          <lab-sweep-kept .view=${this.view} @run-remove=${() => this.dialog.close()}></lab-sweep-kept>
          ${this.#right()}
        </section>
      </div>
    </dialog>`;
  }

  #right(): TemplateResult {
    const { curves, state, failure, leaders, varied, end, gone } = this.view;
    if (!curves) {
      return html`<div class="empty light">
        <p>${sweepText().chooseWhatToVary}</p>
        <p>${sweepText().chartsComeHere}</p>
        <p class="problem" ?hidden=${!failure}>${inLanguage(failure)}</p>
      </div>`;
    }
    const chosen = leaders.find(({ cell }) => cell === this.chosen) ?? leaders[0];
    const select = (event: EventOf<'cell-select'>) => {
      this.chosen = event.detail;
      this.said = '';
    };
    return html`
      ${this.#standing()}
      <p class="problem" role="alert" ?hidden=${!failure}>${inLanguage(failure)}</p>
      ${this.#picture(curves, chosen?.cell, select)}
      ${chosen ? this.#chosen(chosen) : html`<p class="chosen light small">${this.#noLeaders()}</p>`}
      ${end ? html`<lab-shares .shares=${end.shares}></lab-shares>` : nothing}
      <lab-leaders
        .plan=${curves.plan}
        .leaders=${leaders}
        .varied=${varied}
        .selected=${chosen?.cell}
        ?ended=${state === 'done'}
        @cell-select=${select}
      ></lab-leaders>
      ${gone ? this.#noFiles() : end ? this.#files() : nothing}
    `;
  }

  /** Losses, or where two settings vary what is chosen of the two pictures. */
  #picture(
    curves: SweepCurves,
    cell: number | undefined,
    select: (event: EventOf<'cell-select'>) => void,
  ): TemplateResult {
    const { leaders } = this.view;
    const both = differingPaths(curves.plan.cells).length > 1;
    const which = both
      ? html`<fieldset class="which">
          <legend class="unseen">${sweepText().whatIsDrawn}</legend>
          ${this.#choice('losses', sweepText().losses)} ${this.#choice('parallel', sweepText().parallel)}
        </fieldset>`
      : nothing;
    if (both && this.picture === 'parallel') {
      return html`<lab-parallel
        class="picture"
        .plan=${curves.plan}
        .leaders=${leaders}
        .selected=${cell}
        @cell-select=${select}
        >${which}</lab-parallel
      >`;
    }
    return html`<lab-multiples
      class="picture"
      .curves=${curves}
      .version=${curves.version}
      .leaders=${leaders}
      .selected=${cell}
      @cell-select=${select}
      >${which}</lab-multiples
    >`;
  }

  #choice(picture: LabSweep['picture'], name: string): TemplateResult {
    return html`<label>
      <input type="radio" name="picture" .checked=${this.picture === picture} @change=${() => this.#draw(picture)} />
      ${name}
    </label>`;
  }

  /** The choice is drawn with the picture; the keyboard goes on in the new one. */
  async #draw(picture: LabSweep['picture']): Promise<void> {
    this.picture = picture;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.which :checked')?.focus();
  }

  #noFiles(): TemplateResult {
    const why = this.view.end?.interrupted ? sweepText().filesAtEnd : sweepText().filesAreGone;
    return html`<p class="small light">${why}</p>`;
  }

  #noLeaders(): string {
    if (this.view.state !== 'training') return '';
    return this.view.curves?.plan.validated ? sweepText().leaderboardIsEmpty : sweepText().noValidationRows;
  }

  /** How far it is; said in one line that keeps its place. */
  #standing(): TemplateResult {
    const { progress, state, end } = this.view;
    const share = progress ? progress.epochs / Math.max(1, progress.ofEpochs) : 0;
    return html`<div class="standing">
      <p class="number">${this.#standingWords()}</p>
      <p class="unseen" role="status">${this.#milestone()}</p>
      <progress aria-hidden="true" max="1" .value=${end ? 1 : share}></progress>
      ${state === 'training' ? html`<p class="small light">${sweepText().runIsHeld}</p>` : nothing}
      ${sortNotices(end?.notices ?? []).map((notice) => html`<p class="small light">${inLanguage(notice)}</p>`)}
    </div>`;
  }

  #standingWords(): string {
    const { progress, state, end } = this.view;
    if (state === 'stopping') return sweepText().stoppingScored;
    if (end) {
      const plans = [...new Set(end.populations.map(({ plan }) => plan))].join(', ');
      const trials = count(end.populations.reduce((sum, population) => sum + population.trials, 0));
      const took = duration(end.seconds);
      const done = end.interrupted
        ? sweepText().endedByHand({ trials, time: took, plan: plans })
        : sweepText().done({ trials, time: took, plan: plans });
      return end.diverged > 0 ? `${done} ${sweepText().someDiverged(count(end.diverged))}` : done;
    }
    if (state === 'halted') return this.#halted();
    if (!progress) return state === 'failed' ? '' : text.common.starting;
    const { seconds, epochs, ofEpochs, left } = progress;
    const ended = [count(progress.ended), count(progress.trials)];
    const epoch = [count(epochs / progress.trials), count(ofEpochs / progress.trials)];
    const took = duration(seconds);
    if (left === undefined || seconds <= 1)
      return sweepText().progress({ ended: ended[0], trials: ended[1], epoch: epoch[0], epochs: epoch[1], time: took });
    return sweepText().progressAndLeft({
      ended: ended[0],
      trials: ended[1],
      epoch: epoch[0],
      epochs: epoch[1],
      time: took,
      left: duration(left),
    });
  }

  #halted(): string {
    const { curves, progress } = this.view;
    return sweepText().halted({ ended: count(progress?.ended ?? 0), trials: count(curves?.trials.length ?? 0) });
  }

  /** What is said aloud: how it begins, each quarter, and how it ends. The line that is seen changes all the time. */
  #milestone(): string {
    const { progress, state, end } = this.view;
    if (end) return text.run.sweep.states.done;
    if (state === 'stopping') return text.run.sweep.states.stopping;
    if (state === 'failed') return text.run.sweep.states.failed;
    if (state === 'halted') return this.#halted();
    if (state !== 'training' || !progress) return text.run.sweep.states.starting;
    const quarter = Math.min(3, Math.floor((4 * progress.epochs) / Math.max(1, progress.ofEpochs)));
    if (quarter === 0) return sweepText().trainingTrials(count(progress.trials));
    return sweepText().percentTrained(25 * quarter);
  }

  #chosen(leader: LeaderboardEntry): TemplateResult {
    const { cell, n } = leader;
    const { curves, end, leaders, gone } = this.view;
    if (!curves) return html``;
    const spread = primaryMetric(curves.plan).of(leader);
    const varied = variedOf(leaders);
    const model = gone ? undefined : end?.models.find((known) => known.cell === cell);
    const words = longWords(leader.settings, varied);
    const mean = plusMinus(spread);
    const from = spread ? range(spread) : '';
    const figures = {
      t: () => sweepText().tInterval({ mean, interval: from, trials: n }),
      bootstrap: () => sweepText().bootstrapInterval({ mean, interval: from, trials: n }),
      none: () => mean,
    }[spread?.interval ?? 'none']();
    const which = cell === leaders[0].cell ? (end ? sweepText().best : sweepText().bestSoFar) : sweepText().chosen;
    const trial = model
      ? model.fold === null
        ? sweepText().modelOfSeed(model.seed)
        : sweepText().modelOfFold({ seed: model.seed, fold: model.fold + 1 })
      : '';
    return html`<div class="chosen">
      <p class="number">
        <strong>${which}: ${words}</strong>
        <span class="light small">${figures}</span>
      </p>
      <div class="actions">
        <button type="button" @click=${() => this.#use(cell)}>${sweepText().useSettings}</button>
        <button type="button" ?disabled=${!model} @click=${() => this.#predict(cell, words)}>${sweepText().predictWithModel}</button>
        <button type="button" ?disabled=${!model} @click=${() => this.#say({ do: 'save-model', cell })}>
          ${icon('save')} ${text.common.model}
        </button>
        <button type="button" ?disabled=${!model} @click=${() => this.#say({ do: 'export-model', cell })}>${text.common.exportModel}</button>
        <span class="small light" role="status">${this.said || trial}</span>
      </div>
    </div>`;
  }

  #files(): TemplateResult {
    const names: SweepFile[] = ['trials.csv', 'sweep.json', 'report.html'];
    return html`<div class="files">
      ${names.map(
        (name) =>
          html`<button type="button" @click=${() => this.#say({ do: 'save', name })}>${icon('save')} ${name}</button>`,
      )}
    </div>`;
  }

  #use(cell: number): void {
    this.#say({ do: 'use', cell });
    this.said = sweepText().settingsInForm;
  }

  #predict(cell: number, name: string): void {
    emit(this, 'sweep-predict', { cell, name });
    this.dialog.close();
  }

  #say(detail: SweepCommand): void {
    emit(this, 'sweep-command', detail);
  }
}
