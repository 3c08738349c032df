/** The dialog of the queue: sweeps, jobs and workers at the left, at the right the sweep that is chosen, as it trains. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { sweepText } from '../i18n/en/sweep.ts';
import { watchText } from '../i18n/en/watch.ts';
import { text } from '../i18n/text.ts';
import { count, duration, roughDuration } from '../shared/format.ts';
import { sweepStyles } from '../sweep/lab-sweep.styles.ts';
import { icon } from '../ui/icons.ts';
import { showModal } from '../ui/modal.ts';
import { base, buttons, dialogs } from '../ui/styles/shared.ts';
import { type ShownWork, WatchController } from './controller.ts';
import { commands, watchStyles } from './lab-watch.styles.ts';
import { endedOf } from './lab-watched-sweep.ts';

export class LabWatch extends LitElement {
  /** The sweep that was chosen; the newest where none was. */
  @state() private chosen: string | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #watch = new WatchController(this);

  static override styles = [base, buttons, dialogs, commands, sweepStyles, watchStyles];

  /** Modal; Escape closes it and puts the focus back. */
  async open(): Promise<void> {
    await this.updateComplete;
    showModal(this.dialog);
    this.#watch.look(true);
  }

  override render(): TemplateResult {
    const { works, queue } = this.#watch;
    const shown = works.find(({ id }) => id === this.chosen) ?? works.at(0);
    return html`<dialog aria-labelledby="title" @close=${() => this.#watch.look(false)}>
      <header>
        <h2 id="title" tabindex="-1" autofocus>${watchText().title}</h2>
        <p class="light small">${queue?.queue}</p>
        <button class="quiet" type="button" @click=${() => this.dialog.close()}>${icon('close')} ${text.common.close}</button>
      </header>
      <div class="problems" role="alert">${this.#problem()}</div>
      ${queue?.status ? html`<div class="panes">${this.#left(shown)}${this.#right(shown)}</div>` : nothing}
    </dialog>`;
  }

  /** What keeps it from being told, or from being new. */
  #problem(): TemplateResult | typeof nothing {
    const { link, queue } = this.#watch;
    if (link === 'none') {
      return html`<p class="wrong">${watchText().notServed}</p>
        <code lang="en">npx perceptron-lab serve --queue redis://host:6379</code>`;
    }
    if (link === 'lost') return html`<p class="wrong">${watchText().serverLost}</p>`;
    if (!queue || (queue.reachable && !queue.status)) return html`<p class="light">${watchText().asking}</p>`;
    return queue.reachable ? nothing : html`<p class="wrong">${watchText().unreachable(queue.queue)}</p>`;
  }

  #left(shown: ShownWork | undefined): TemplateResult {
    const { works, queue } = this.#watch;
    const { unread = 0, status } = queue ?? {};
    return html`<section class="left" aria-label=${watchText().title}>
      <div class="works" ?hidden=${works.length + unread === 0}>
        <h3>${watchText().sweeps}</h3>
        <ul>
          ${works.map((work) => this.#work(work, work === shown))}
        </ul>
        ${unread > 0 ? html`<p class="small light">${watchText().unread(unread)}</p>` : nothing}
      </div>
      <lab-queue-state .status=${status} .queue=${queue?.queue ?? ''}></lab-queue-state>
    </section>`;
  }

  #noSweeps(): TemplateResult {
    return html`<div class="empty">
      <p class="light">${watchText().noSweeps}</p>
      <code lang="en"
        >npx perceptron-lab sweep table.csv sweep.json --target y --queue ${this.#watch.queue?.queue} --out sweep</code
      >
    </div>`;
  }

  #work({ id, away, status }: ShownWork, isShown: boolean): TemplateResult {
    const { state, table, target, epochs, of_epochs } = status;
    return html`<li>
      <button class="work" type="button" aria-current=${isShown ? 'true' : nothing} @click=${() => this.#choose(id)}>
        <span class="name">${watchText().sweepOf({ table, target })}</span>
        <span class="small ${away || state === 'failed' ? 'problem' : 'light'}">
          ${watchText().states[away ? 'away' : state]}
        </span>
        <progress aria-hidden="true" max="1" .value=${epochs / Math.max(1, of_epochs)}></progress>
        <span class="small light number facts">${factsOf(status, away)}</span>
      </button>
    </li>`;
  }

  #right(shown: ShownWork | undefined): TemplateResult {
    return html`<section class="right" aria-label=${sweepText().whatCameOfIt}>
      <p class="unseen" role="status">${shown ? milestoneOf(shown) : nothing}</p>
      ${
        shown
          ? html`<lab-watched-sweep .work=${shown} .version=${this.#watch.queue?.status?.version ?? ''}></lab-watched-sweep>`
          : this.#noSweeps()
      }
    </section>`;
  }

  #choose(id: string): void {
    this.chosen = id;
  }
}

function factsOf(status: ShownWork['status'], away: boolean): string {
  const { state, seconds, seconds_left: left } = status;
  if (state === 'done') return watchText().allEnded({ trials: count(status.trials), time: duration(seconds) });
  if (left === null || away) return watchText().ended(endedOf(status));
  return watchText().endedAndLeft({ ...endedOf(status), left: roughDuration(left) });
}

/** What is said aloud: each quarter, and how it ends. The line that is seen changes all the time. */
function milestoneOf({ away, status }: ShownWork): string {
  const { state, table, target, epochs, of_epochs } = status;
  const name = watchText().sweepOf({ table, target });
  if (away || state !== 'training') return `${name}: ${watchText().states[away ? 'away' : state]}`;
  const quarter = Math.min(3, Math.floor((4 * epochs) / Math.max(1, of_epochs)));
  return quarter === 0 ? name : `${name}: ${sweepText().percentTrained(25 * quarter)}`;
}
