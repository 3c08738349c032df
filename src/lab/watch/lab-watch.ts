/** The dialog of the queue: sweeps and fits, jobs and workers at the left; at the right what is chosen of them, as it trains. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { text } from '../i18n/text.ts';
import { sweepStyles } from '../sweep/lab-sweep.styles.ts';
import { icon } from '../ui/icons.ts';
import { showModal } from '../ui/modal.ts';
import { base, buttons, dialogs } from '../ui/styles/shared.ts';
import { type ShownWork, WatchController } from './controller.ts';
import { commands, watchStyles } from './lab-watch.styles.ts';
import { factsOf, milestoneOf, nameOf, shareOf, stateOf } from './work-text.ts';

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

  #work(work: ShownWork, isShown: boolean): TemplateResult {
    const { id, away, status } = work;
    return html`<li>
      <button class="work" type="button" aria-current=${isShown ? 'true' : nothing} @click=${() => this.#choose(id)}>
        <span class="name">${nameOf(status)}</span>
        <span class="small ${away || status.state === 'failed' ? 'problem' : 'light'}">${stateOf(work)}</span>
        <progress aria-hidden="true" max="1" .value=${shareOf(status)}></progress>
        <span class="small light number facts">${factsOf(work)}</span>
      </button>
    </li>`;
  }

  #right(shown: ShownWork | undefined): TemplateResult {
    return html`<section class="right" aria-label=${sweepText().whatCameOfIt}>
      <p class="unseen" role="status">${shown ? milestoneOf(shown) : nothing}</p>
      ${shown ? this.#shown(shown) : this.#noSweeps()}
    </section>`;
  }

  #shown({ status, ...work }: ShownWork): TemplateResult {
    const version = this.#watch.queue?.status?.version ?? '';
    return status.kind === 'sweep'
      ? html`<lab-watched-sweep .work=${{ ...work, status }} .version=${version}></lab-watched-sweep>`
      : html`<lab-watched-fit .work=${{ ...work, status }} .version=${version}></lab-watched-fit>`;
  }

  #choose(id: string): void {
    this.chosen = id;
  }
}
