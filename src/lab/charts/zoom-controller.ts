/**
 * Zooms a plot of its host: a range that is dragged over, the wheel with Ctrl, two fingers, the keys + - 0 and Shift with
 * arrows. One finger scrolls the page, and a wheel without Ctrl does.
 */
import { css, html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import { figure } from '../shared/format.ts';
import { say } from '../ui/live-region.ts';
import type { Frame } from './frame.ts';
import { placed } from './marks.ts';
import { type Box, middleOf, type Point, type Zoom, zoomBy, zoomInto, zoomMoved } from './zoom.ts';

export const zoomStyles = css`
  .range {
    position: absolute;
    border: 1px solid var(--accent);
    background: color-mix(in srgb, var(--accent) 14%, transparent);
    pointer-events: none;
  }
  button.reset {
    position: absolute;
    z-index: 1;
    top: 0;
    right: 0;
    min-height: 24px;
    padding: 0 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--accent);
    font: var(--label);
    cursor: pointer;
  }
`;

type Host = ReactiveControllerHost & HTMLElement & { renderRoot: ParentNode };

/** Of one press of a key, and of a share of the plot. */
const keyFactor = 1.5;
const keyStep = 0.2;
/** Of a wheel, for each of its pixels. */
const wheelFactor = 0.01;
/** A pointer that has moved less has clicked. */
const leastDrag = 5;

export class ZoomController implements ReactiveController {
  /** Undefined for the whole plot. */
  zoom: Zoom | undefined;

  readonly #host: Host;
  readonly #target: () => HTMLElement;
  readonly #frame: () => Frame | undefined;
  #heard: HTMLElement | undefined;
  #drag: { from: Point; to: Point; moved: boolean } | undefined;
  #pinch: { frame: Frame; from: Point; apart: number } | undefined;
  /** The click that ends a drag is none. */
  #dragged = false;

  /** @param frame as it was drawn last; undefined where nothing is to be zoomed */
  constructor(host: Host, target: () => HTMLElement, frame: () => Frame | undefined) {
    this.#host = host;
    this.#target = target;
    this.#frame = frame;
    host.addController(this);
  }

  /** Listeners that may keep the browser from what it would do are not passive, which templates cannot say. */
  hostUpdated(): void {
    const target = this.#target();
    if (target === this.#heard) return;
    this.#heard = target;
    target.addEventListener('wheel', this.#wheel, { passive: false });
    target.addEventListener('touchstart', this.#touch, { passive: false });
    target.addEventListener('touchmove', this.#touchMove, { passive: false });
    target.addEventListener('touchend', this.#touchEnd);
    target.addEventListener('touchcancel', this.#touchEnd);
    target.addEventListener('pointerdown', this.#down);
    target.addEventListener('pointermove', this.#move);
    target.addEventListener('pointerup', this.#up);
    target.addEventListener('pointercancel', this.#drop);
    target.addEventListener('click', this.#click, { capture: true });
    target.addEventListener('dblclick', () => this.reset());
  }

  hostDisconnected(): void {
    this.#drag = this.#pinch = undefined;
  }

  /** Whether a range is being dragged over, or two fingers move the plot. */
  get busy(): boolean {
    return this.#drag?.moved === true || this.#pinch !== undefined;
  }

  reset(): void {
    if (this.zoom) this.#set(undefined);
  }

  /** Whether a key was meant for the zoom. */
  key({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
    const frame = this.#frame();
    if (!frame || ctrlKey || altKey || metaKey) return false;
    if (key === 'Escape' && this.#drag?.moved) this.#drop();
    else if (key === '+' || key === '=') this.#set(zoomBy(frame, keyFactor, middleOf(frame)));
    else if (key === '-') this.#set(zoomBy(frame, 1 / keyFactor, middleOf(frame)));
    else if (key === '0') this.reset();
    else {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
      if (!step || !shiftKey || !this.zoom) return false;
      this.#set(zoomMoved(frame, keyStep * step[0], keyStep * step[1]));
    }
    return true;
  }

  /** The range that is dragged over, and the way back to the whole plot. */
  render(): TemplateResult {
    const box = this.#drag?.moved ? boxOf(this.#drag.from, this.#drag.to) : undefined;
    return html`${box ? html`<div class="range" .style=${placed({ ...box })}></div>` : nothing}
      ${this.zoom ? html`<button class="reset" type="button" @click=${this.#resetAndFocus}>${text.app.zoom.reset}</button>` : nothing}`;
  }

  /** The button goes away as it is pressed. */
  readonly #resetAndFocus = (): void => {
    this.reset();
    this.#target().focus();
  };

  #set(zoom: Zoom | undefined, spoken = true): void {
    this.zoom = zoom;
    this.#host.requestUpdate();
    if (spoken) this.#say();
  }

  #say(): void {
    const words = (range: [number, number] | undefined) => range?.map((end) => figure(end)) ?? [];
    const [[left, right], [low, high]] = [words(this.zoom?.x), words(this.zoom?.y)];
    const spoken = this.zoom ? text.app.zoom.range({ left, right, low, high }) : text.app.zoom.whole;
    say(this.#host.renderRoot, spoken);
  }

  #pointOf({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top } = this.#target().getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  readonly #wheel = (event: WheelEvent): void => {
    const frame = this.#frame();
    if (!frame || !event.ctrlKey) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 * event.deltaY : event.deltaY;
    this.#set(zoomBy(frame, Math.exp(-wheelFactor * Math.max(-60, Math.min(60, pixels))), this.#pointOf(event)), false);
  };

  readonly #touch = (event: TouchEvent): void => {
    const frame = this.#frame();
    if (!frame || event.touches.length !== 2) return;
    keepFromScrolling(event);
    const [a, b] = [...event.touches].map((touch) => this.#pointOf(touch));
    this.#pinch = { frame, from: middle(a, b), apart: distance(a, b) };
  };

  readonly #touchMove = (event: TouchEvent): void => {
    if (!this.#pinch || event.touches.length !== 2) return;
    keepFromScrolling(event);
    const { frame, from, apart } = this.#pinch;
    const [a, b] = [...event.touches].map((touch) => this.#pointOf(touch));
    this.#set(zoomBy(frame, distance(a, b) / Math.max(1, apart), from, middle(a, b)), false);
  };

  readonly #touchEnd = (): void => {
    if (!this.#pinch) return;
    this.#pinch = undefined;
    this.#say();
  };

  readonly #down = (event: PointerEvent): void => {
    this.#dragged = false;
    const frame = this.#frame();
    if (!frame || event.button !== 0 || event.pointerType === 'touch') return;
    const from = this.#pointOf(event);
    if (contains(frame, from)) this.#drag = { from, to: from, moved: false };
  };

  readonly #move = (event: PointerEvent): void => {
    const [drag, frame] = [this.#drag, this.#frame()];
    if (!drag || !frame) return;
    drag.to = within(frame, this.#pointOf(event));
    if (!drag.moved && distance(drag.from, drag.to) < leastDrag) return;
    if (!drag.moved) this.#target().setPointerCapture(event.pointerId);
    drag.moved = true;
    this.#host.requestUpdate();
  };

  readonly #up = (): void => {
    const [drag, frame] = [this.#drag, this.#frame()];
    this.#drop();
    if (!drag?.moved || !frame) return;
    this.#dragged = true;
    const zoom = zoomInto(frame, boxOf(drag.from, drag.to));
    if (zoom) this.#set(zoom);
  };

  readonly #drop = (): void => {
    if (!this.#drag) return;
    this.#drag = undefined;
    this.#host.requestUpdate();
  };

  readonly #click = (event: MouseEvent): void => {
    if (this.#dragged) event.stopImmediatePropagation();
    this.#dragged = false;
  };
}

/** A page that is scrolling still, from a finger before, goes on, and the browser complains of who forbids it. */
function keepFromScrolling(event: TouchEvent): void {
  if (event.cancelable) event.preventDefault();
}

function boxOf(a: Point, b: Point): Box {
  const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { left, top, width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function contains({ x, y }: Frame, point: Point): boolean {
  return point.x >= x.from && point.x <= x.to && point.y >= y.to && point.y <= y.from;
}

function within({ x, y }: Frame, point: Point): Point {
  return { x: Math.min(x.to, Math.max(x.from, point.x)), y: Math.min(y.from, Math.max(y.to, point.y)) };
}
