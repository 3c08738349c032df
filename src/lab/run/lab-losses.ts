/** The losses of the run, epoch by epoch. */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import type { LossName } from '../../spec/settings.ts';
import { CanvasController } from '../charts/canvas.ts';
import { readingAt } from '../charts/overlay-drawing.ts';
import type { Incomparable, Overlay } from '../charts/overlays.ts';
import { language } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { Update } from '../protocol/messages.ts';
import { count, duration, figure } from '../shared/format.ts';
import { changeInWords, firstSmoothing, History, type LiveChange, liveValue } from '../trainer/history.ts';
import { contentsChanged, sameItems } from '../ui/equality.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { Loader } from '../ui/loader.ts';
import { epochByKey, epochDrawn } from './drawn-epochs.ts';
import { lossesStyles } from './lab-losses.styles.ts';
import type { LossMarks, TimeAxis } from './loss-plot.ts';
import { lossesInWords, lossRows, stopLabel } from './loss-text.ts';
import { mendLanguage } from './uplot-language.ts';

/** @event log-toggle The log axis was switched. */
export class LabLosses extends LitElement {
  @property({ attribute: false }) history = new History();
  /** Changes with every update: the history itself only grows. */
  @property({ attribute: false }) latest: Update | undefined;
  @property({ type: Boolean }) log = false;
  /** Settings that were changed while the run trained. */
  @property({ attribute: false }) changes: readonly LiveChange[] = [];
  /** Runs behind the current one. */
  @property({ attribute: false }) overlays: readonly Overlay[] = [];
  /** Chosen, but not comparable with the current one. */
  @property({ attribute: false, hasChanged: contentsChanged }) incomparable: readonly Incomparable[] = [];
  @property() loss: LossName = 'mse';
  /** Whether the target was scaled, and losses with it. */
  @property({ type: Boolean }) scaled = false;
  @property({ type: Number }) epochs = 1;

  @state() private smoothing = firstSmoothing;
  @state() private axis: TimeAxis = 'epochs';
  /** The epoch that is read. */
  @state() private hovered: number | null = null;
  @query('.plot') private box!: HTMLElement;
  @query('.reading') private readingLine!: HTMLElement;

  readonly #canvas = new CanvasController(this);
  readonly #loader = new Loader(this);
  #plot: uPlot | undefined;
  /** The epoch that the keyboard reads. */
  #held: number | undefined;
  /** Loaded after the first paint, which has no curves yet. */
  #drawing: typeof import('./loss-plot.ts') | undefined;

  static override styles = lossesStyles;

  override willUpdate(_: PropertyValues): void {
    // Another run's history begins with the weight that is chosen here.
    this.history.smoothing = this.smoothing;
  }

  override render(): TemplateResult {
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
            .value=${String(this.smoothing)}
            aria-valuetext=${text.run.weightOfThePast(this.smoothing.toFixed(2))}
            @input=${this.#smooth}
          />
          <output>${this.smoothing.toFixed(2)}</output>
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
          .rows=${() => lossRows(this.history)}
        ></lab-table>
      </header>
      <lab-overlay-key .overlays=${this.overlays} .incomparable=${this.incomparable}></lab-overlay-key>
      <p class="reading small light number">${this.#reading()}</p>
      ${this.#loader.line()}
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${lossesInWords(this.history, this.#title(), this.changes)}
        @keydown=${this.#key}
        @pointermove=${this.#point}
        @blur=${() => this.#hold(undefined)}
      >
        <p class="empty light" ?hidden=${!this.#emptyWords()}>${this.#emptyWords()}</p>
      </div>
      ${spokenLine()}
    `;
  }

  override async firstUpdated(): Promise<void> {
    mendLanguage();
    this.#drawing = await this.#loader.load(() => import('./loss-plot.ts'));
    this.requestUpdate();
  }

  override updated(changed: PropertyValues<this>): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    const { clientWidth: width, clientHeight: height } = this.box;
    if (width === 0 || height === 0) return;
    if (
      !this.#plot ||
      changed.has('log') ||
      (changed as Map<string, unknown>).has('axis') ||
      this.#palette !== this.#canvas.palette
    )
      this.#build(drawing, width, height);
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) {
      this.#plot.setSize({ width, height });
    }
    const shown = this.#shows();
    if (sameItems(shown, this.#shown)) return;
    this.#shown = shown;
    this.#plot?.setData(drawing.lossColumns(this.history, this.log, this.axis) as uPlot.AlignedData);
    // The axis may have grown: its new ends are there when this task is over.
    if (this.#held !== undefined) queueMicrotask(() => this.#placeCursor());
  }

  /** All that the curves and their marks depend on: nothing is drawn where only the pointer, or a fraction of an epoch, moved. */
  #shows(): unknown[] {
    const { history, log, axis, smoothing, overlays, changes, latest, epochs } = this;
    const run = [history, history.records.length, latest?.outcome ?? null, changes, overlays, epochs];
    return [this.#plot, ...run, log, axis, smoothing, this.#title(), language()];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #palette: unknown;
  /** What was drawn last. */
  #shown: unknown[] = [];

  #build({ createLossPlot }: typeof import('./loss-plot.ts'), width: number, height: number): void {
    this.#plot?.destroy();
    this.#palette = this.#canvas.palette;
    this.#plot = createLossPlot(this.box, {
      width,
      height,
      log: this.log,
      palette: this.#canvas.palette,
      marks: () => this.#marks(),
      hovered: (index) => {
        if (this.#held !== undefined) return;
        this.hovered = index === null ? null : epochDrawn(index, this.history.records.length);
      },
    });
  }

  #marks(): LossMarks {
    const outcome = this.latest?.outcome;
    const best = outcome ? this.history.bestOf(outcome) : this.history.epochs[this.history.best];
    return {
      best: best === undefined ? undefined : { epoch: best, at: this.#at(best), label: text.run.best(count(best)) },
      stop: outcome
        ? { epoch: outcome.epochs_run, at: this.#at(outcome.epochs_run), label: stopLabel(outcome.stopped) }
        : undefined,
      title: this.#title(),
      overlays: this.#overlaysOnAxis(),
      changes: this.changes.map(({ label, to, epoch }) => ({
        at: this.#at(epoch),
        label: `${label} ${liveValue(to)}`,
      })),
      end: this.axis === 'seconds' ? Number.POSITIVE_INFINITY : this.epochs,
      time: this.axis === 'seconds' ? text.run.secondsOfTraining : text.common.epoch,
      training: text.common.training,
      validation: text.common.validation,
    };
  }

  /** What the runs behind the current one had come to by then. */
  #overlayReadings(epoch: number): string {
    return this.#overlaysOnAxis()
      .flatMap(({ name, loss }) => {
        const reading = readingAt(loss, this.#at(epoch));
        return reading === undefined ? [] : [`${name} ${reading}`];
      })
      .join('; ');
  }

  #overlaysOnAxis(): readonly Overlay[] {
    if (this.axis === 'epochs') return this.overlays;
    return this.overlays.map((overlay) => ({ ...overlay, loss: { ...overlay.loss, at: overlay.seconds } }));
  }

  /** Where an epoch lies on the axis; one in progress at its beginning. */
  #at(epoch: number): number {
    if (this.axis === 'epochs') return epoch;
    const { records } = this.history;
    return (records[epoch - 1] ?? records.at(-1))?.seconds ?? 0;
  }

  /** All series at the epoch under the pointer; otherwise how the curves were smoothed. */
  #reading(): TemplateResult | string {
    const index = this.hovered === null ? -1 : this.hovered - 1;
    const { train, validation, smoothTrain, smoothValidation, records } = this.history;
    if (index < 0 || index >= train.length) {
      if (this.smoothing === 0) return text.run.rawLosses;
      return text.run.rawUnderSmoothed(this.smoothing.toFixed(2));
    }
    const both = (raw: number | null, smooth: number | null) =>
      this.smoothing === 0 ? figure(raw) : text.run.smoothed({ raw: figure(raw), smooth: figure(smooth) });
    const changed = this.changes.filter(({ epoch }) => epoch === this.hovered).map(changeInWords);
    const when = text.run.epochAndTime({ epoch: count(index + 1), time: duration(records[index].seconds) });
    return html`${when} <b>${text.common.training} ${both(train[index], smoothTrain[index])}</b>
      ${validation[index] === null ? '' : html`<b>${text.common.validation} ${both(validation[index], smoothValidation[index])}</b>`}
      ${this.#overlayReadings(index + 1)} ${changed.length > 0 ? changed.join('; ') : ''}`;
  }

  #title(): string {
    return this.scaled ? text.run.scaledTarget(text.run.losses[this.loss]) : text.run.losses[this.loss];
  }

  #emptyWords(): string {
    if (!this.history.last) return text.run.noEpochYet;
    return this.history.best < 0 ? text.run.noFiniteLoss : '';
  }

  #key(event: KeyboardEvent): void {
    const next = epochByKey(event.key, this.hovered, this.history.records.length);
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#hold(next);
    void this.updateComplete.then(() => say(this.renderRoot, this.readingLine.textContent));
  }

  /** Reads an epoch, whatever comes meanwhile, or none. */
  #hold(epoch: number | undefined): void {
    this.#held = epoch;
    this.hovered = epoch ?? null;
    this.#placeCursor();
  }

  /** Who points reads what is under the pointer. */
  #point(): void {
    this.#held = undefined;
  }

  #placeCursor(): void {
    const plot = this.#plot;
    const epoch = this.#held;
    plot?.setCursor({ left: epoch === undefined ? -10 : plot.valToPos(this.#at(epoch), 'x'), top: 0 });
  }

  #smooth(event: Event): void {
    this.smoothing = Number((event.target as HTMLInputElement).value);
  }

  #switchAxis(): void {
    this.axis = this.axis === 'epochs' ? 'seconds' : 'epochs';
  }

  #toggleLog(): void {
    this.dispatchEvent(new CustomEvent('log-toggle', { bubbles: true, composed: true }));
  }
}
