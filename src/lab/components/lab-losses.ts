/** The losses of the run, epoch by epoch. */
import { css, html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import plotStyles from 'uplot/dist/uPlot.min.css?inline';
import type { LossName } from '../../spec/settings.ts';
import { CanvasController } from '../charts/canvas.ts';
import { mendLanguage } from '../charts/language.ts';
import type { LossMarks } from '../charts/loss-plot.ts';
import { figure } from '../format.ts';
import { changeInWords, History, type LiveChange, liveValue, smoothingWeight } from '../history.ts';
import type { Overlay } from '../keeping/overlays.ts';
import type { Update } from '../messages.ts';
import { base, buttons } from '../styles/shared.ts';

const mostTableRows = 25;

const stopLabels: Record<string, string> = {
  epochs: 'end',
  early_stopping: 'early stopping',
  loss_plateau: 'loss plateau',
  diverged: 'diverged',
  interrupted: 'interrupted',
};

/** What the axis measures. */
const lossTitles: Record<LossName, string> = {
  mse: 'mean squared error',
  half_mse: 'half the mean squared error',
  mae: 'mean absolute error',
  huber: 'Huber loss',
  binary_cross_entropy: 'binary cross-entropy (nats)',
  softmax_cross_entropy: 'softmax cross-entropy (nats)',
  perceptron: 'perceptron loss',
};

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
  @property() loss: LossName = 'mse';
  /** Whether the target was scaled, and losses with it. */
  @property({ type: Boolean }) scaled = false;
  @property({ type: Number }) epochs = 1;

  @state() private hovered: number | null = null;
  @query('.plot') private box!: HTMLElement;

  readonly #canvas = new CanvasController(this);
  #plot: uPlot | undefined;
  /** Loaded after the first paint, which has no curves yet. */
  #drawing: typeof import('../charts/loss-plot.ts') | undefined;

  static override styles = [
    base,
    buttons,
    unsafeCSS(plotStyles),
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      header {
        display: flex;
        align-items: baseline;
        gap: 16px;
        min-height: 24px;
      }
      .reading {
        flex: 1;
        min-width: 0;
      }
      .reading b {
        font-weight: 400;
        color: var(--model);
      }
      .reading b + b {
        color: var(--validation-text);
      }
      @media (max-width: 899px) {
        header {
          flex-wrap: wrap;
          justify-content: flex-end;
          gap: 0 16px;
        }
        h2 {
          flex: 1;
        }
        .reading {
          order: 4;
          flex-basis: 100%;
          min-height: 32px;
        }
      }
      .log[aria-pressed='true'] {
        background: var(--accent-wash);
      }
      .plot {
        position: relative;
        flex: 1;
        min-height: 0;
        margin-top: 8px;
        overflow: hidden;
      }
      .empty {
        position: absolute;
        z-index: 1;
        inset: 40% 68px auto 52px;
        text-align: center;
      }
      .uplot {
        position: absolute;
        inset: 0;
      }
      .u-hz .u-cursor-x {
        border-right: 1px solid var(--border);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <header>
        <h2>Loss</h2>
        <p class="reading small light number">${this.#reading()}</p>
        <button
          class="quiet small log"
          type="button"
          aria-pressed=${this.log ? 'true' : 'false'}
          title="Logarithmic loss axis (key l)"
          aria-keyshortcuts="l"
          @click=${this.#toggleLog}
        >
          log axis
        </button>
        <lab-table
          up
          .caption=${`Losses: ${this.#title()}`}
          .head=${['epoch', 'training', 'validation']}
          .rows=${() => this.#tableRows()}
        ></lab-table>
      </header>
      <lab-overlay-key .overlays=${this.overlays}></lab-overlay-key>
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${this.#summary()}
        @keydown=${this.#key}
        @blur=${() => this.#moveTo(undefined)}
      >
        <p class="empty light" ?hidden=${!this.#emptyWords()}>${this.#emptyWords()}</p>
      </div>
    `;
  }

  override async firstUpdated(): Promise<void> {
    mendLanguage();
    this.#drawing = await import('../charts/loss-plot.ts');
    this.requestUpdate();
  }

  override updated(changed: PropertyValues<this>): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    const { clientWidth: width, clientHeight: height } = this.box;
    if (width === 0 || height === 0) return;
    if (!this.#plot || changed.has('log') || this.#palette !== this.#canvas.palette)
      this.#build(drawing, width, height);
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) {
      this.#plot.setSize({ width, height });
    }
    if (changed.size === 1 && (changed as Map<string, unknown>).has('hovered')) return;
    this.#plot?.setData(drawing.lossColumns(this.history, this.log) as uPlot.AlignedData);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #palette: unknown;

  #build({ createLossPlot }: typeof import('../charts/loss-plot.ts'), width: number, height: number): void {
    this.#plot?.destroy();
    this.#palette = this.#canvas.palette;
    this.#plot = createLossPlot(this.box, {
      width,
      height,
      log: this.log,
      palette: this.#canvas.palette,
      marks: () => this.#marks(),
      hovered: (index) => {
        this.hovered = index === null ? null : (this.#plot?.data[0][index] ?? null);
      },
    });
  }

  #marks(): LossMarks {
    const outcome = this.latest?.outcome;
    return {
      best: outcome ? this.history.bestOf(outcome) : this.history.epochs[this.history.best],
      stop: outcome ? { epoch: outcome.epochs_run, label: stopLabels[outcome.stopped] } : undefined,
      title: this.#title(),
      overlays: this.overlays,
      changes: this.changes.map(({ label, to, epoch }) => ({ epoch, label: `${label} ${liveValue(to)}` })),
      epochs: this.epochs,
    };
  }

  /** All series at the epoch under the pointer; otherwise how the curves were smoothed. */
  #reading(): TemplateResult | string {
    const index = this.hovered === null ? -1 : this.hovered - 1;
    const { train, validation, smoothTrain, smoothValidation } = this.history;
    if (index < 0 || index >= train.length) {
      return `raw losses under a moving average of weight ${smoothingWeight}`;
    }
    const both = (raw: number | null, smooth: number | null) => `${figure(raw)} (smoothed ${figure(smooth)})`;
    const changed = this.changes.filter(({ epoch }) => epoch === this.hovered).map(changeInWords);
    return html`epoch ${this.hovered}: <b>training ${both(train[index], smoothTrain[index])}</b>
      ${validation[index] === null ? '' : html`<b>validation ${both(validation[index], smoothValidation[index])}</b>`}
      ${changed.length > 0 ? changed.join('; ') : ''}`;
  }

  #title(): string {
    return `${lossTitles[this.loss]}${this.scaled ? ', scaled target' : ''}`;
  }

  #emptyWords(): string {
    if (!this.history.last) return 'No epoch trained yet';
    return this.history.best < 0 ? 'No epoch with a finite loss' : '';
  }

  #summary(): string {
    const { last, best, epochs } = this.history;
    if (!last) return 'Losses: no epoch trained yet';
    const changed = this.changes.length > 0 ? `Changed: ${this.changes.map(changeInWords).join('; ')}. ` : '';
    const validation = last.validation_loss === null ? '' : `, validation loss ${figure(last.validation_loss)}`;
    return (
      `Losses (${this.#title()}) over ${epochs.length} epochs: training loss ${figure(last.train_loss)}${validation} ` +
      `at the last, best at epoch ${epochs[best]}. ${changed}Arrow keys read single epochs.`
    );
  }

  #tableRows(): string[][] {
    const { epochs, train, validation } = this.history;
    const every = Math.max(1, Math.ceil(epochs.length / mostTableRows));
    return epochs
      .map((epoch, index) => [String(epoch), figure(train[index]), figure(validation[index])])
      .filter((_, index) => (epochs.length - 1 - index) % every === 0);
  }

  #key(event: KeyboardEvent): void {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const last = this.history.epochs.length;
    this.#moveTo(Math.min(last, Math.max(1, (this.hovered ?? (move > 0 ? 0 : last + 1)) + move)));
  }

  #moveTo(epoch: number | undefined): void {
    const plot = this.#plot;
    plot?.setCursor({ left: epoch === undefined ? -10 : plot.valToPos(epoch, 'x'), top: 0 });
  }

  #toggleLog(): void {
    this.dispatchEvent(new CustomEvent('log-toggle', { bubbles: true, composed: true }));
  }
}
