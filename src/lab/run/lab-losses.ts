/** The losses of the run, epoch by epoch. */

import { consume } from '@lit/context';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { place } from '../../util/axis.ts';
import { CanvasController } from '../charts/canvas.ts';
import type { Frame } from '../charts/frame.ts';
import { drawMarks, drawMoment } from '../charts/marks.ts';
import type { Incomparable, Overlay } from '../charts/overlays.ts';
import type { Still, Surface } from '../charts/pen.ts';
import { columnReadings } from '../charts/readings.ts';
import { ZoomController } from '../charts/zoom-controller.ts';
import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { type History, liveValue } from '../trainer/history.ts';
import { type ReplayController, replayContext } from '../trainer/replay.ts';
import { emit } from '../ui/emit.ts';
import { contentsChanged } from '../ui/equality.ts';
import { LabElement } from '../ui/lab-element.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { drawnEpochs, epochByKey, epochDrawn } from './drawn-epochs.ts';
import { lossesStyles } from './lab-losses.styles.ts';
import { drawLosses, type LossColumns, lossColumns, lossPlaces, type TimeAxis } from './loss-drawing.ts';
import type { LossMarks } from './loss-marks.ts';
import { lossesInWords, lossReading, lossRows, stopLabel } from './loss-text.ts';

declare global {
  interface HTMLElementEventMap {
    /** The log axis was switched. */
    'log-toggle': CustomEvent<undefined>;
  }
}

export class LabLosses extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: replayContext }) private readonly replay!: ReplayController;
  @property({ type: Boolean }) log = false;
  /** Runs behind the current one. */
  @property({ attribute: false }) overlays: readonly Overlay[] = [];
  /** Chosen, but not comparable with the current one. */
  @property({ attribute: false, hasChanged: contentsChanged }) incomparable: readonly Incomparable[] = [];

  @state() private axis: TimeAxis = 'epochs';
  /** The epoch that is read. */
  @state() private hovered: number | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.plot') private plot!: HTMLElement;
  @query('.reading') private readingLine!: HTMLElement;

  readonly #canvas = new CanvasController(this);
  readonly #zoom = new ZoomController(
    this,
    () => this.plot,
    () => (this.trainer.history.last ? this.#drawn?.frame : undefined),
  );
  /** The epoch that the keyboard reads. */
  #held: number | undefined;
  #zoomed: History | undefined;
  #drawn: { frame: Frame; columns: LossColumns } | undefined;

  static override styles = lossesStyles;

  /** A zoom is of one run's curves over one pair of axes. */
  override willUpdate(changed: PropertyValues): void {
    const { history } = this.trainer;
    if (history !== this.#zoomed || changed.has('axis') || changed.has('log')) this.#zoom.reset();
    this.#zoomed = history;
  }

  override render(): TemplateResult {
    const { history } = this.trainer;
    const { smoothing } = history;
    return html`
      <header>
        <h2>${text.run.loss}</h2>
        <label class="number">
          ${text.run.smoothing}
          <input
            type="range"
            min="0"
            max="0.98"
            step="0.02"
            .value=${String(smoothing)}
            aria-valuetext=${text.run.weightOfThePast(smoothing.toFixed(2))}
            @input=${this.#smooth}
          />
          <output>${smoothing.toFixed(2)}</output>
        </label>
        <button
          class="quiet small toggle"
          type="button"
          aria-pressed=${this.axis === 'seconds' ? 'true' : 'false'}
          title=${text.run.lossesOverSeconds}
          @click=${this.#switchAxis}
        >
          ${text.run.seconds}
        </button>
        <button
          class="quiet small toggle log"
          type="button"
          aria-pressed=${this.log ? 'true' : 'false'}
          title=${text.run.logLossAxis}
          aria-keyshortcuts="l"
          @click=${this.#toggleLog}
        >
          ${text.run.logAxis}
        </button>
        <lab-table
          up
          .caption=${text.run.lossesOf(this.#title())}
          .head=${[text.common.epoch, text.run.seconds, text.common.training, text.common.validation]}
          .rows=${() => lossRows(this.trainer.history)}
          plot="loss"
          .still=${() => this.#still()}
        ></lab-table>
      </header>
      <lab-overlay-key .overlays=${this.overlays} .incomparable=${this.incomparable}></lab-overlay-key>
      <p class="reading small light number ${this.#zoom.zoom ? 'zoomed' : ''}">${this.#reading()}</p>
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${lossesInWords(history, this.#title(), history.changes)}
        @keydown=${this.#key}
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${this.#leave}
        @blur=${() => this.#hold(undefined)}
      >
        <canvas aria-hidden="true"></canvas>
        ${this.#shownEpoch()} ${this.#ringed()} ${this.#zoom.render()}
        <p class="empty light" ?hidden=${!this.#emptyWords()}>${this.#emptyWords()}</p>
      </div>
      ${spokenLine()}
    `;
  }

  override updated(_: PropertyValues): void {
    const { zoom } = this.#zoom;
    const drawing = this.#canvas.begin(this.canvas, [...this.#shows(), zoom]);
    if (!drawing) return;
    this.#drawn = this.#draw({ ...drawing, palette: this.#canvas.palette, zoom });
    if (this.hovered !== null || this.#gone !== undefined) this.requestUpdate();
  }

  /** All that the curves and their marks depend on: nothing is drawn where only the pointer, or a fraction of an epoch, moved. */
  #shows(): unknown[] {
    const { log, axis, overlays } = this;
    const { history, latest } = this.trainer;
    const { smoothing, changes } = history;
    const epochs = this.#epochs;
    const run = [history, history.length, latest?.outcome ?? null, changes, overlays, epochs];
    return [...run, log, axis, smoothing, this.#title()];
  }

  #draw(surface: Surface): { frame: Frame; columns: LossColumns } {
    const columns = lossColumns(this.trainer.history, this.axis);
    const frame = drawLosses(surface, {
      columns,
      log: this.log,
      marks: this.#marks(),
      overlays: this.#overlaysOnAxis(),
      title: this.#title(),
      time: this.axis === 'seconds' ? text.run.secondsOfTraining : text.common.epoch,
      end: this.axis === 'seconds' ? Number.POSITIVE_INFINITY : this.#epochs,
    });
    return { frame, columns };
  }

  #still(): Still {
    const [{ clientWidth: width, clientHeight: height }, { zoom }] = [this.canvas, this.#zoom];
    const draw = (surface: Surface) => this.#draw({ ...surface, zoom });
    return { width, height, palette: this.#canvas.palette, draw, zoomed: zoom !== undefined };
  }

  /** The losses of the epoch that is read. */
  #ringed(): TemplateResult | string {
    if (this.hovered === null || !this.#drawn) return '';
    const { frame, columns } = this.#drawn;
    if (!this.#isSeen(this.hovered)) return '';
    const { first, every } = drawnEpochs(this.trainer.history.length);
    const marks = lossPlaces(frame, columns, (this.hovered - first) / every);
    return drawMarks({ marks, upright: true, lines: [] }, frame);
  }

  /** A line at the epoch that is gone back to. */
  #shownEpoch(): TemplateResult | string {
    const shown = this.#gone;
    if (shown === undefined || !this.#drawn || !this.#isSeen(shown)) return '';
    const { frame } = this.#drawn;
    return drawMoment(frame, place(frame.x, this.#at(shown)), text.run.shownEpoch(count(shown)));
  }

  #isSeen(epoch: number): boolean {
    const at = this.#at(epoch);
    const { low = at, high = at } = this.#drawn?.frame.x ?? {};
    return at >= low && at <= high;
  }

  #marks(): LossMarks {
    const { history, latest } = this.trainer;
    const outcome = latest?.outcome;
    const best = outcome ? history.bestOf(outcome) : history.epochs[history.best];
    return {
      best: best === undefined ? undefined : { epoch: best, at: this.#at(best), label: text.run.best(count(best)) },
      stop: outcome
        ? { epoch: outcome.epochs_run, at: this.#at(outcome.epochs_run), label: stopLabel(outcome.stopped) }
        : undefined,
      changes: history.changes.map(({ label, to, epoch }) => ({
        at: this.#at(epoch),
        label: `${label} ${liveValue(to)}`,
      })),
      training: text.common.training,
      validation: text.common.validation,
    };
  }

  #overlaysOnAxis(): readonly Overlay[] {
    if (this.axis === 'epochs') return this.overlays;
    return this.overlays.map((overlay) => ({ ...overlay, loss: { ...overlay.loss, at: overlay.seconds } }));
  }

  /** Where an epoch lies on the axis; one in progress at its beginning. */
  #at(epoch: number): number {
    if (this.axis === 'epochs' || epoch === 0) return epoch;
    const { records } = this.trainer.history;
    return (records[epoch - 1] ?? records.at(-1))?.seconds ?? 0;
  }

  /** All series at the epoch that is read; otherwise how the curves were smoothed. */
  #reading(): TemplateResult | string {
    const { hovered } = this;
    const { history } = this.trainer;
    const { smoothing, changes } = history;
    if (hovered !== null && hovered >= 1 && hovered <= history.train.length) {
      return lossReading(history, hovered, {
        smoothing,
        changes,
        overlays: this.#overlaysOnAxis(),
        at: this.#at(hovered),
      });
    }
    return smoothing === 0 ? text.run.rawLosses : text.run.rawUnderSmoothed(smoothing.toFixed(2));
  }

  #title(): string {
    const { run, data } = this.trainer;
    const table = run?.data ?? data;
    const loss = text.run.losses[run?.trial.training.loss ?? 'mse'];
    return table?.task === 'regression' && table.settings.scaling !== 'none' ? text.run.scaledTarget(loss) : loss;
  }

  /** That the run may take. */
  get #epochs(): number {
    return this.trainer.run?.trial.training.epochs ?? 1;
  }

  /** The epoch that is gone back to. */
  get #gone(): number | undefined {
    return this.replay.frame?.epoch;
  }

  #emptyWords(): string {
    if (!this.trainer.history.last) return text.run.noEpochYet;
    return this.trainer.history.best < 0 ? text.run.noFiniteLoss : '';
  }

  #key(event: KeyboardEvent): void {
    if (this.#zoom.key(event)) {
      event.preventDefault();
      return;
    }
    const next = epochByKey(event.key, this.hovered, this.trainer.history.length, (epoch) => this.#isSeen(epoch));
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#hold(next);
    void this.updateComplete.then(() => say(this.renderRoot, this.readingLine.textContent));
  }

  /** Reads an epoch, whatever comes meanwhile, or none. */
  #hold(epoch: number | undefined): void {
    this.#held = epoch;
    this.hovered = epoch ?? null;
  }

  /** Who points reads what is under the pointer. */
  #point(event: PointerEvent): void {
    if (!this.#drawn) return;
    const { frame, columns } = this.#drawn;
    const places = columns.at.map((at) => place(frame.x, at));
    const near = columnReadings(places, [frame.x.from, frame.x.to], () => ({ marks: [], lines: [] }));
    const { left, top } = this.canvas.getBoundingClientRect();
    const index = near.at(event.clientX - left, event.clientY - top);
    this.#hold(undefined);
    if (index !== undefined && !this.#zoom.busy) this.hovered = epochDrawn(index, this.trainer.history.length);
  }

  /** What a finger has touched stays after it is lifted. */
  #leave(event: PointerEvent): void {
    if (event.pointerType !== 'touch' && this.#held === undefined) this.hovered = null;
  }

  #smooth(event: Event): void {
    this.trainer.history.smoothing = Number((event.target as HTMLInputElement).value);
  }

  #switchAxis(): void {
    this.axis = this.axis === 'epochs' ? 'seconds' : 'epochs';
  }

  #toggleLog(): void {
    emit(this, 'log-toggle');
  }
}
