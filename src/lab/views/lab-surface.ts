/** What the model says everywhere between two inputs, with the rows over it; drawn anew with every update. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { place } from '../../util/axis.ts';
import { CanvasController } from '../charts/canvas.ts';
import type { Frame } from '../charts/frame.ts';
import type { Still, Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/model-views.ts';
import { text } from '../i18n/text.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import type { SurfacePicture, SurfaceValues } from '../protocol/views.ts';
import { count, figure } from '../shared/format.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { classAt, drawAxes, drawMark, drawRows, drawSurface } from './surface-drawing.ts';

/** Places along an axis that arrow keys step through, and that the table has. */
const steps = 24;
const tableSteps = 7;

export class LabSurface extends LitElement {
  @property({ attribute: false }) picture!: SurfacePicture;
  @property({ attribute: false }) values: SurfaceValues | null = null;
  @property() target = '';
  /** Where things stand, for the summary in words. */
  @property() standing = '';
  /** The row that is asked about. */
  @property({ attribute: false }) probe: ProbeRow | undefined;

  /** The place that is read, in shares of the axes from the lower left; null while none is. */
  @state() private read: { x: number; y: number } | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;

  readonly #canvas = new CanvasController(this);
  #frame: Frame | undefined;
  /** The rows as they were drawn last, and for what. */
  #rows: { canvas: HTMLCanvasElement; of: unknown[] } | undefined;

  static override styles = [
    base,
    viewStyles,
    css`
      .key .diamond::before {
        content: '';
        display: inline-block;
        width: 6px;
        height: 6px;
        margin-right: 7px;
        border: 1px solid var(--ink);
        transform: rotate(45deg);
      }
      .reading {
        flex: 1 1 200px;
        text-align: right;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      @media (max-width: 899px) {
        .reading {
          order: 3;
          flex-basis: 100%;
          min-height: 16px;
          text-align: left;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { train, validation } = this.picture;
    return html`
      <header>
        <div class="key">
          <span class="mark">${text.common.training}</span>
          ${validation.x.length > 0 ? html`<span class="diamond">${modelViewsText().validationHeldOut}</span>` : ''}
        </div>
        <span class="reading number light">${this.#reading()}</span>
        <lab-table
          .caption=${this.#caption()}
          .head=${['', ...this.#tablePlaces(this.picture.x)]}
          .rows=${() => this.#tableRows()}
          plot="surface"
          .still=${() => this.#still()}
        ></lab-table>
      </header>
      <div
        class="box"
        role="img"
        tabindex="0"
        aria-label=${this.#summary(train.x.length)}
        @pointermove=${this.#point}
        @pointerleave=${this.#leave}
        @blur=${this.#leave}
        @keydown=${this.#key}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      ${spokenLine()}
    `;
  }

  override updated(_: PropertyValues): void {
    const { picture, values, target, read, probe } = this;
    const drawing = this.#canvas.begin(this.canvas, [picture, values, target, read, probe]);
    if (!drawing) return;
    const surface = { ...drawing, palette: this.#canvas.palette };
    this.#frame = drawAxes(surface, picture);
    const rows = this.#drawnRows(surface, this.#frame);
    const { width, height } = drawing;
    drawSurface(
      surface,
      this.#frame,
      picture,
      values,
      () => drawing.context.drawImage(rows, 0, 0, width, height),
      target,
    );
    this.#drawReading(drawing.context);
    if (probe) drawMark(drawing.context, this.#frame, probe, picture, this.#canvas.palette);
  }

  #still(): Still {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const draw = (surface: Surface) => {
      const frame = drawAxes(surface, this.picture);
      const rows = () => drawRows(surface, frame, this.picture);
      drawSurface(surface, frame, this.picture, this.values, rows, this.target);
    };
    return { width, height, palette: this.#canvas.palette, draw };
  }

  #drawnRows(surface: Surface, frame: Frame): HTMLCanvasElement {
    const { palette, width, height } = surface;
    const of = [this.picture, palette, width, height, devicePixelRatio];
    if (this.#rows?.of.every((own, index) => own === of[index])) return this.#rows.canvas;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the browser has no canvas to draw on');
    context.scale(devicePixelRatio, devicePixelRatio);
    drawRows({ ...surface, context }, frame, this.picture);
    this.#rows = { canvas, of };
    return canvas;
  }

  #drawReading(context: CanvasRenderingContext2D): void {
    if (!this.read || !this.#frame) return;
    const { x, y } = this.#frame;
    context.strokeStyle = this.#canvas.palette.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(
      place({ ...x, low: 0, high: 1 }, this.read.x),
      place({ ...y, low: 0, high: 1 }, this.read.y),
      6,
      0,
      2 * Math.PI,
    );
    context.stroke();
  }

  #caption(): string {
    const { x, y } = this.picture;
    return modelViewsText().surfaceAxes({ target: this.target, x: x.name, y: y.name });
  }

  #reading(): string {
    if (!this.read || !this.values) return '';
    const { x, y } = this.picture;
    const at = (axis: { low: number; high: number }, share: number) =>
      figure(axis.low + share * (axis.high - axis.low));
    return `${x.name} ${at(x, this.read.x)}, ${y.name} ${at(y, this.read.y)}: ${this.#answer(this.read.x, this.read.y)}`;
  }

  /** What the model says at a place, in words. */
  #answer(x: number, y: number): string {
    const { values, picture } = this;
    if (!values) return '–';
    const { side } = values;
    const at = Math.round(y * (side - 1)) * side + Math.round(x * (side - 1));
    const { classes } = picture;
    if (!classes) return `${this.target} ${figure(values.values[at])}`;
    if (classes.length === 2) {
      const share = values.values[at];
      return `${classes[share > 0.5 ? 1 : 0]} ${percent(Math.max(share, 1 - share))}`;
    }
    const best = classAt(values.values, at * classes.length, classes.length);
    return `${classes[best]} ${percent(values.values[at * classes.length + best])}`;
  }

  #summary(rows: number): string {
    const { x, y, validation } = this.picture;
    const what = modelViewsText().surfaceSummary({
      target: this.target,
      x: x.name,
      y: y.name,
      standing: this.standing,
      training: count(rows),
      validation: count(validation.x.length),
    });
    return `${what} ${this.#areas()} ${modelViewsText().arrowKeysReadPlaces}`;
  }

  /** How much of the surface each class has, or between which numbers it lies. */
  #areas(): string {
    const { values, picture } = this;
    if (!values) return '';
    const { classes } = picture;
    if (!classes) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of values.values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      return modelViewsText().surfaceFromTo({ low: figure(low), high: figure(high) });
    }
    const width = classes.length > 2 ? classes.length : 1;
    const places = values.values.length / width;
    const areas = classes.map(() => 0);
    for (let at = 0; at < places; at++) {
      areas[width > 1 ? classAt(values.values, at * width, width) : values.values[at] > 0.5 ? 1 : 0] += 1;
    }
    const words = classes.map((name, index) => `${name} ${percent(areas[index] / places)}`);
    return modelViewsText().sharesOfArea(words.join(', '));
  }

  #tablePlaces({ low, high }: { low: number; high: number }): string[] {
    return Array.from({ length: tableSteps }, (_, i) => figure(low + (i / (tableSteps - 1)) * (high - low)));
  }

  #tableRows(): string[][] {
    const rows = this.#tablePlaces(this.picture.y).map((name, row) => [
      name,
      ...Array.from({ length: tableSteps }, (_, column) =>
        this.#answer(column / (tableSteps - 1), row / (tableSteps - 1)),
      ),
    ]);
    return rows.reverse();
  }

  #point(event: PointerEvent): void {
    if (!this.#frame) return;
    const box = this.canvas.getBoundingClientRect();
    const { x, y } = this.#frame;
    const across = (event.clientX - box.left - x.from) / (x.to - x.from);
    const up = (event.clientY - box.top - y.from) / (y.to - y.from);
    this.read = across >= 0 && across <= 1 && up >= 0 && up <= 1 ? { x: across, y: up } : null;
  }

  #leave(): void {
    this.read = null;
  }

  #key(event: KeyboardEvent): void {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { x, y } = this.read ?? { x: 0.5, y: 0.5 };
    const within = (value: number) => Math.min(1, Math.max(0, value));
    this.read = { x: within(x + move[0] / steps), y: within(y + move[1] / steps) };
    say(this.renderRoot, this.#reading());
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
