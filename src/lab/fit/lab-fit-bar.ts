/** The primary action where a table of one's own is open: find the best model, for a chosen time; then how far that is. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import type { FitController } from './controller.ts';
import { type FitCommand, type FitView, fitContext, isBusy, usualSeconds } from './view.ts';

/** Seconds that may be chosen. */
const times = [10, 60, 300] as const;
const tickMilliseconds = 200;

export class LabFitBar extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: fitContext, subscribe: true }) private readonly fit: FitController | undefined;

  @state() private seconds: (typeof times)[number] = usualSeconds;
  #timer: ReturnType<typeof setInterval> | undefined;

  get #view(): FitView | undefined {
    return this.fit?.view;
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        margin-bottom: 12px;
        padding-bottom: 12px;
        border-bottom: 1px solid var(--hairline);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      button.find {
        min-width: 184px;
        min-height: 36px;
      }
      select {
        flex: none;
        width: 84px;
        height: 36px;
      }
      p {
        flex: 1 1 160px;
      }
      .time {
        display: flex;
        flex: 1 1 160px;
        align-items: center;
        gap: 12px;
      }
      progress {
        flex: 1;
        min-width: 0;
      }
      .time span {
        min-width: 88px;
        text-align: right;
      }
    `,
  ];

  override updated(): void {
    const runs = isBusy(this.#view);
    if (runs && this.#timer === undefined) this.#timer = setInterval(() => this.requestUpdate(), tickMilliseconds);
    if (!runs) this.#stopTicking();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTicking();
  }

  override render(): TemplateResult {
    const busy = isBusy(this.#view);
    return html`<div class="bar">
      ${this.#button(busy)} ${busy && this.#view ? this.#time(this.#view) : this.#choice()} ${this.#way()}
      <p class="unseen" role="status">${this.#view?.milestone}</p>
    </div>`;
  }

  get #held(): boolean {
    return this.trainer.heldBy === 'sweep';
  }

  /** The same button begins and ends, and keeps the focus. */
  #button(busy: boolean): TemplateResult {
    const stopping = this.#view?.state === 'stopping';
    const words = stopping ? text.run.fit.stopping : busy ? text.run.fit.stop : text.run.fit.find;
    const title = busy ? text.run.fit.stopTitle : this.#held ? text.run.held : text.run.fit.help;
    return html`<button
      class="find primary"
      type="button"
      title=${title}
      aria-disabled=${stopping ? 'true' : nothing}
      ?disabled=${!busy && (!this.trainer.fittable || this.#held)}
      @click=${() => this.#say(busy ? { do: 'stop' } : { do: 'start', seconds: this.seconds })}
    >
      ${icon(busy ? 'stop' : 'play')} ${words}
    </button>`;
  }

  #choice(): TemplateResult {
    return html`<select aria-label=${text.run.fit.minutes} @change=${this.#choose}>
        ${times.map((time) => html`<option value=${time} ?selected=${time === this.seconds}>${text.run.fit.times[time]}</option>`)}
      </select>
      ${this.#view?.end ? nothing : html`<p class="small light">${text.run.fit.help}</p>`}`;
  }

  #time({ begun, seconds }: FitView): TemplateResult {
    const passed = (performance.now() - begun) / 1000;
    const share = Math.min(1, passed / seconds);
    const words =
      share === 1
        ? text.run.fit.finishing
        : text.run.fit.time({
            seconds: `${Math.floor(passed)} s`,
            of: text.run.fit.times[seconds as (typeof times)[number]],
          });
    return html`<div class="time">
      <progress aria-label=${text.run.fit.minutes} aria-valuetext=${words} max="1" .value=${share}></progress>
      <span class="small number">${words}</span>
    </div>`;
  }

  /** Between the single network and the best model. */
  #way(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (!view || (!isBusy(this.#view) && !view.end && !view.shown)) return nothing;
    return html`<button class="quiet" type="button" @click=${() => this.#say({ do: view.shown ? 'hide' : 'show' })}>
      ${view.shown ? text.run.fit.hide : text.run.fit.show}
    </button>`;
  }

  #choose(event: Event): void {
    const chosen = Number((event.target as HTMLSelectElement).value);
    this.seconds = times.find((time) => time === chosen) ?? 60;
  }

  #stopTicking(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #say(detail: FitCommand): void {
    emit(this, 'fit-command', detail);
  }
}
