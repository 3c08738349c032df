/** How far the run has come; once it rests, its epochs to go back to, one by one or all in turn; and its speed. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { type ReplayController, replayContext } from '../trainer/replay.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';

/** Epochs a second that may be chosen. */
const paces = [5, 20, 60];

export class LabReplay extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: replayContext }) private readonly replay!: ReplayController;

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
      .diverged input,
      .failed input {
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
    const { playing, pace: chosen } = this.replay;
    const words = playing ? text.run.replay.stop : text.run.replay.start;
    return html`<div class=${this.trainer.state}>
      <button
        class="quiet"
        type="button"
        aria-label=${words}
        title=${playing ? words : text.run.replay.startTitle}
        aria-keyshortcuts="p"
        ?disabled=${!this.#rests}
        @click=${() => this.replay.toggle()}
      >
        ${icon(playing ? 'pause' : 'play')}
      </button>
      ${this.#slider()}
      <select aria-label=${text.run.replay.pace} @change=${this.#chosen}>
        <option value="">${text.run.replay.fullPace}</option>
        ${paces.map((pace) => html`<option value=${pace} ?selected=${pace === chosen}>${text.run.replay.epochsPerSecond(count(pace))}</option>`)}
      </select>
    </div>`;
  }

  /** Whether there are epochs to go back to. */
  get #rests(): boolean {
    const { frames, state } = this.trainer;
    return frames.length > 0 && state !== 'running' && state !== 'loading';
  }

  #slider(): TemplateResult {
    const { frames, run, history } = this.trainer;
    const { place } = this.replay;
    const last = history.last?.number ?? 0;
    const most = this.#rests ? frames.length : Math.max(1, run?.trial.training.epochs ?? 0);
    const epoch = this.#rests ? (frames[place] ?? last) : last;
    return html`<input
      type="range"
      min="0"
      .max=${String(most)}
      .value=${String(this.#rests ? place : last)}
      aria-label=${text.run.replay.shown}
      aria-valuetext=${text.run.replay.at(count(epoch))}
      ?disabled=${!this.#rests}
      @input=${(event: Event) => this.replay.seek(Number((event.target as HTMLInputElement).value))}
    />`;
  }

  #chosen(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.replay.setPace(value === '' ? null : Number(value));
  }
}
