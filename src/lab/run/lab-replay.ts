/** How far the run has come; once it rests, its epochs to go back to, one by one or all in turn; and its speed. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import type { LabState } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';

/** Epochs a second that may be chosen. */
const paces = [5, 20, 60];

declare global {
  interface HTMLElementEventMap {
    /** Begin the replay, or hold it. */
    'replay-toggle': CustomEvent<undefined>;
    /** Show a frame; beyond the last one the newest. */
    'replay-seek': CustomEvent<{ place: number }>;
    /** Epochs a second; null is as fast as it can. */
    'pace-change': CustomEvent<{ pace: number | null }>;
  }
}

export class LabReplay extends LitElement {
  @property({ reflect: true }) state: LabState = 'loading';
  /** Epochs that can be shown. */
  @property({ attribute: false }) frames: readonly number[] = [];
  /** The frame that is shown; beyond the last one the newest. */
  @property({ type: Number }) place = 0;
  @property({ type: Boolean }) playing = false;
  @property({ type: Number }) epoch = 0;
  @property({ type: Number }) epochs = 0;
  @property({ attribute: false }) pace: number | null = null;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      div {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-top: 8px;
      }
      button.quiet {
        width: 28px;
        min-height: 28px;
        margin-left: -6px;
        padding: 0;
      }
      input[type='range'] {
        flex: 1;
        min-width: 0;
        accent-color: var(--model);
      }
      :host([state='diverged']) input,
      :host([state='failed']) input {
        accent-color: var(--error);
      }
      select {
        width: auto;
        border-color: transparent;
        background-color: transparent;
        color: var(--ink-light);
        font: var(--label);
      }
    `,
  ];

  override render(): TemplateResult {
    const words = this.playing ? text.run.replay.stop : text.run.replay.start;
    return html`<div>
      <button
        class="quiet"
        type="button"
        aria-label=${words}
        title=${this.playing ? words : text.run.replay.startTitle}
        aria-keyshortcuts="p"
        ?disabled=${!this.#rests}
        @click=${() => emit(this, 'replay-toggle')}
      >
        ${icon(this.playing ? 'pause' : 'play')}
      </button>
      ${this.#slider()}
      <select aria-label=${text.run.replay.pace} @change=${this.#chosen}>
        <option value="">${text.run.replay.fullPace}</option>
        ${paces.map((pace) => html`<option value=${pace} ?selected=${pace === this.pace}>${text.run.replay.epochsPerSecond(count(pace))}</option>`)}
      </select>
    </div>`;
  }

  /** Whether there are epochs to go back to. */
  get #rests(): boolean {
    return this.frames.length > 0 && this.state !== 'running' && this.state !== 'loading';
  }

  #slider(): TemplateResult {
    const { frames } = this;
    const most = this.#rests ? frames.length : Math.max(1, this.epochs);
    const epoch = this.#rests ? (frames[this.place] ?? this.epoch) : this.epoch;
    return html`<input
      type="range"
      min="0"
      .max=${String(most)}
      .value=${String(this.#rests ? this.place : this.epoch)}
      aria-label=${text.run.replay.shown}
      aria-valuetext=${text.run.replay.at(count(epoch))}
      ?disabled=${!this.#rests}
      @input=${(event: Event) => emit(this, 'replay-seek', { place: Number((event.target as HTMLInputElement).value) })}
    />`;
  }

  #chosen(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    emit(this, 'pace-change', { pace: value === '' ? null : Number(value) });
  }
}
