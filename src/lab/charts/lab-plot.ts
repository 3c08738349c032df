/**
 * A plot on a canvas that can be read: by the pointer the place that is nearest, by arrow keys one place after the other, by
 * a tap on a touch screen. Names that had to be shortened are whole under the pointer, and all of them on focus.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { emit } from '../ui/emit.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { base } from '../ui/styles/shared.ts';
import { CanvasController } from './canvas.ts';
import { type Frame, nameHeight, type ShortName } from './frame.ts';
import { drawMarks, drawSelected, isInside, markStyles, tip } from './marks.ts';
import type { Still, Surface } from './pen.ts';
import { type Mark, placeByKey, type Reading, type Readings } from './readings.ts';
import { ZoomController, zoomStyles } from './zoom-controller.ts';

/** What a drawing leaves behind. */
export interface Drawn {
  frame: Frame;
  readings?: Readings;
}

declare global {
  interface HTMLElementEventMap {
    /** A place was clicked, or Enter pressed on it. */
    'plot-pick': CustomEvent<{ reading: Reading }>;
  }
}

export class LabPlot extends LitElement {
  /** The plot in words. */
  @property() label = '';
  /** All that the drawing depends on: it is not drawn again while these stay the same. */
  @property({ attribute: false }) of: readonly unknown[] = [];
  @property({ attribute: false }) draw!: (surface: Surface) => Drawn;
  /** Whether a place can be chosen. */
  @property({ type: Boolean, reflect: true }) picks = false;
  /** What can be zoomed: of something else all is seen again. Empty where nothing can. */
  @property() zooms = '';
  /** The row that is marked, by its place in the table. */
  @property({ attribute: false }) selected: number | undefined;

  @query('canvas') private canvas!: HTMLCanvasElement;
  readonly #canvas = new CanvasController(this);
  readonly #zoom = new ZoomController(
    this,
    () => this.canvas,
    () => (this.zooms && this.#readings ? this.#drawn?.frame : undefined),
  );
  #drawn: Drawn | undefined;
  /** Where the pointer is; the place under it may be another one in the next drawing. */
  @state() private pointer: { x: number; y: number } | undefined;
  /** The place that keys read. */
  @state() private held: number | undefined;
  @state() private named = false;

  static override styles = [
    base,
    markStyles,
    zoomStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
      }
      :host([picks]) .on {
        cursor: pointer;
      }
    `,
  ];

  /** As it stands, to be saved. */
  still(): Still {
    const { clientWidth: width, clientHeight: height } = this;
    const { zoom } = this.#zoom;
    const draw = (surface: Surface) => this.draw({ ...surface, zoom });
    return { width, height, palette: this.#canvas.palette, draw, zoomed: zoom !== undefined };
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('zooms')) this.#zoom.reset();
  }

  override render(): TemplateResult {
    const place = this.#place();
    const reading = place === undefined ? undefined : this.#readings?.read(place);
    const selected = this.#selected();
    return html`<canvas
        class=${reading?.behind ? 'on' : ''}
        role="img"
        tabindex="0"
        aria-label=${selected ? `${this.label} ${text.views.selectedIn(selected.lines.join(', '))}` : this.label}
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${this.#leave}
        @focus=${this.#focused}
        @blur=${this.#blurred}
        @keydown=${this.#key}
        @click=${this.#click}
      ></canvas>
      ${selected ? drawSelected(selected.marks[0]) : nothing} ${this.#overlay(reading)} ${this.#zoom.render()} ${spokenLine()}`;
  }

  override updated(_: PropertyValues): void {
    const { zoom } = this.#zoom;
    const drawing = this.#canvas.begin(this.canvas, [...this.of, zoom]);
    if (!drawing) return;
    this.#drawn = this.draw({ ...drawing, palette: this.#canvas.palette, zoom });
    const over = this.pointer || this.held !== undefined || this.named || this.selected !== undefined;
    if (over) this.requestUpdate();
  }

  get #readings(): Readings | undefined {
    return this.#drawn?.readings;
  }

  #place(): number | undefined {
    const place = this.held ?? (this.pointer && this.#readings?.at(this.pointer.x, this.pointer.y));
    return place !== undefined && place < (this.#readings?.count ?? 0) && this.#isSeen(place) ? place : undefined;
  }

  /** Whether a place is in the part of the plot that is seen. */
  #isSeen(place: number): boolean {
    if (!this.#zoom.zoom || !this.#drawn) return true;
    const { frame } = this.#drawn;
    const { marks = [], area, upright } = this.#readings?.read(place) ?? {};
    // A bar, and a moment of curves, are meant at any height, or beside the axes.
    const beside = ({ x, y }: Mark) => ({ x: area ? frame.x.to : x, y: upright ? frame.y.to : y });
    return marks.some((mark) => isInside(frame, beside(mark)));
  }

  /** Of the row that is selected, where this plot shows it. */
  #selected(): Reading | undefined {
    const place = this.selected === undefined ? undefined : this.#readings?.find?.(this.selected);
    return place === undefined || !this.#isSeen(place) ? undefined : this.#readings?.read(place);
  }

  #overlay(reading: Reading | undefined): TemplateResult | typeof nothing {
    const { clientWidth: width, clientHeight: height } = this;
    const { pointer } = this;
    const name = pointer && this.#drawn?.frame.short.find((own) => within(own, pointer));
    if (pointer && name) return tip([name.whole], pointer, width, height);
    if (reading && this.#drawn) {
      const at = reading.marks[0] ?? pointer ?? { x: 0, y: 0 };
      return html`${drawMarks(reading, this.#drawn.frame)}${tip(reading.lines, at, width, height)}`;
    }
    const names = this.#drawn?.frame.short.map(({ whole }) => whole) ?? [];
    return this.named && names.length > 0 ? tip([...new Set(names)], { x: 0, y: 12 }, width, height) : nothing;
  }

  #point(event: PointerEvent): void {
    const box = this.canvas.getBoundingClientRect();
    this.held = undefined;
    if (this.#zoom.busy) this.pointer = undefined;
    else this.pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** What a finger has touched stays after it is lifted. */
  #leave(event: PointerEvent): void {
    if (event.pointerType !== 'touch') this.pointer = undefined;
  }

  #focused(): void {
    this.named = this.canvas.matches(':focus-visible');
  }

  #blurred(): void {
    this.named = false;
    this.pointer = this.held = undefined;
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#zoom.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape') {
      const read = this.held !== undefined;
      this.pointer = this.held = undefined;
      if (!read) return;
    } else if (event.key === 'Enter' && this.held !== undefined) this.#pick(this.held);
    else {
      const next = this.#next(event.key);
      if (next === undefined) return;
      this.held = next;
      say(this.renderRoot, this.#readings?.read(next).lines.join(', ') ?? '');
    }
    event.preventDefault();
  }

  /** Where a key leads among the places that are seen. */
  #next(key: string): number | undefined {
    const readings = this.#readings;
    if (!readings) return undefined;
    const go = (by: string, from: number | undefined) => (readings.byKey ?? placeByKey)(by, from, readings.count);
    const onward = ['ArrowLeft', 'PageUp', 'End'].includes(key) ? 'ArrowLeft' : 'ArrowRight';
    let next = go(key, this.held);
    while (next !== undefined && !this.#isSeen(next)) {
      const further = go(onward, next);
      if (further === next) return undefined;
      next = further;
    }
    return next;
  }

  #click(): void {
    const place = this.#place();
    if (place !== undefined) this.#pick(place);
  }

  #pick(place: number): void {
    const reading = this.#readings?.read(place);
    if (this.picks && reading) emit(this, 'plot-pick', { reading });
  }
}

function within({ left, top, width }: ShortName, { x, y }: { x: number; y: number }): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + nameHeight;
}
