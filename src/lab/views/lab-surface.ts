/** What the model says everywhere between two inputs, with the rows over it; drawn anew with every update. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { RowNumbering } from '../../data/table/table.ts';
import type { Frame } from '../charts/frame.ts';
import type { Drawn, LabPlot } from '../charts/lab-plot.ts';
import type { Still, Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import type { SurfacePicture, SurfaceValues } from '../protocol/views.ts';
import { count, figure } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { classAt, drawAxes, drawMark, drawRows, drawSurface } from './drawings/surface-drawing.ts';
import { answerAt, percent, surfaceReadings } from './drawings/surface-readings.ts';

/** Places along an axis that the table has. */
const tableSteps = 7;

export class LabSurface extends LitElement {
  @property({ attribute: false }) picture!: SurfacePicture;
  @property({ attribute: false }) values: SurfaceValues | null = null;
  @property() target = '';
  @property({ attribute: false }) numbering: RowNumbering | undefined;
  /** Where things stand, for the summary in words. */
  @property() standing = '';
  /** The row that is asked about. */
  @property({ attribute: false }) probe: ProbeRow | undefined;
  /** The row that is marked, by its place in the table. */
  @property({ attribute: false }) selected: number | undefined;

  @query('lab-plot') private plot!: LabPlot;
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
        margin-right: 8px;
        border: 1px solid var(--ink);
        transform: rotate(45deg);
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
        <lab-table
          .caption=${this.#caption()}
          .head=${['', ...this.#tablePlaces(this.picture.x)]}
          .rows=${() => this.#tableRows()}
          plot="surface"
          .still=${() => this.#still()}
        ></lab-table>
      </header>
      <div class="box">
        <lab-plot
          .label=${this.#summary(train.x.length)}
          .of=${[this.picture, this.values, this.target, this.probe]}
          .draw=${(surface: Surface) => this.#draw(surface)}
          .selected=${this.selected}
          picks
          @plot-pick=${this.#pick}
        ></lab-plot>
      </div>
    `;
  }

  #draw(surface: Surface): Drawn {
    const { picture, values, probe, target, numbering } = this;
    const { context, palette, width, height } = surface;
    const frame = drawAxes(surface, picture);
    const rows = this.#drawnRows(surface, frame);
    drawSurface(surface, frame, picture, values, () => context.drawImage(rows, 0, 0, width, height), target);
    if (probe) drawMark(context, frame, probe, picture, palette);
    return { frame, readings: surfaceReadings(frame, picture, values, { target, numbering }) };
  }

  /** With rows that are drawn one by one: a file may be as sharp as it likes. */
  #still(): Still {
    const draw = (surface: Surface) => {
      const frame = drawAxes(surface, this.picture);
      const rows = () => drawRows(surface, frame, this.picture);
      drawSurface(surface, frame, this.picture, this.values, rows, this.target);
    };
    return { ...this.plot.still(), draw };
  }

  /** A row: what the plot says of it is its name. */
  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    if (reading.behind)
      emit(this, 'rows-choose', { what: reading.lines.join(', '), places: reading.behind(), more: [] });
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

  #caption(): string {
    const { x, y } = this.picture;
    return modelViewsText().surfaceAxes({ target: this.target, x: x.name, y: y.name });
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
    return `${what} ${this.#areas()} ${modelViewsText().keysReadPlaces}`;
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
        answerAt(this.picture, this.values, this.target, column / (tableSteps - 1), row / (tableSteps - 1)),
      ),
    ]);
    return rows.reverse();
  }
}
