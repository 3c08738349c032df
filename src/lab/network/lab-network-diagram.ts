/**
 * The layers drawn, and edited where they are drawn: of a wide layer a few units stand for all; each hidden layer is a
 * slider over its column, to be dragged, or moved by keys.
 */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CanvasController } from '../charts/canvas.ts';
import { text } from '../i18n/text.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import { count } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { itemsChanged } from '../ui/equality.ts';
import { base } from '../ui/styles/shared.ts';
import { mostLayerUnits, sizeAway } from './layer-edit.ts';
import { type Column, columnsOf, drawNetwork, heightOf } from './network-drawing.ts';

/** Pixels of a drag for each size. */
const dragStep = 7;

declare global {
  interface HTMLElementEventMap {
    /** A hidden layer gets so many units. */
    'layer-resize': CustomEvent<{ layer: number; units: number }>;
    /** A hidden layer is to be edited by itself, or no longer. */
    'layer-choose': CustomEvent<{ layer: number }>;
    /** A hidden layer goes. */
    'layer-remove': CustomEvent<{ layer: number }>;
  }
}

export class LabNetworkDiagram extends LitElement {
  /** Units of every layer, inputs and outputs too. */
  @property({ attribute: false, hasChanged: itemsChanged }) units: readonly number[] = [];
  /** Of each hidden layer, in words: "tanh, dropout 0.2". */
  @property({ attribute: false, hasChanged: itemsChanged }) kinds: readonly string[] = [];
  /** What the layer between inputs and hidden layers is, which is not edited here; empty where there is none. */
  @property() embedding = '';
  /** The model as it is now. */
  @property({ attribute: false }) picture: NetworkPicture | undefined;
  /** Whether units are drawn as tiles: the inputs are two numbers. */
  @property({ type: Boolean }) tiles = false;
  /** The hidden layer that is being edited, from 0. */
  @property({ attribute: false }) chosen: number | undefined;
  /** Whether it is only looked at. */
  @property({ type: Boolean }) fixed = false;

  @query('canvas') private canvas!: HTMLCanvasElement;
  readonly #canvas = new CanvasController(this);
  /** The layer that was removed by a key, until the diagram is drawn without it. */
  #removed: number | undefined;
  #drag: { layer: number; y: number; units: number; moved: boolean } | undefined;

  static override styles = [
    base,
    css`
      .box {
        position: relative;
        margin: 8px 0 0;
      }
      canvas {
        display: block;
        width: 100%;
      }
      .counts {
        position: relative;
        height: 18px;
        font: var(--label);
      }
      .counts span {
        position: absolute;
        transform: translateX(-50%);
      }
      .handle {
        position: absolute;
        top: 0;
        bottom: -18px;
        max-width: 44px;
        transform: translateX(-50%);
        border-radius: var(--radius);
        cursor: ns-resize;
        touch-action: none;
      }
      .handle:hover {
        background: color-mix(in srgb, var(--accent) 8%, transparent);
      }
      .handle:focus-visible {
        outline-offset: -1px;
      }
    `,
  ];

  override render(): TemplateResult {
    const columns = columnsOf(this.units, this.tiles);
    return html`<div class="box">
        <canvas role="img" aria-label=${this.#words()} .style="height: ${heightOf(this.tiles)}px"></canvas>
        ${columns.map((column) => this.#handle(column, 100 / columns.length))}
      </div>
      <p class="unseen" id="keys">
        ${text.network.diagramKeys}
      </p>
      <div class="counts number" aria-hidden="true">
        ${columns.map(({ layer, units, x }) =>
          layer === undefined
            ? ''
            : html`<span .style="left: ${100 * x}%" title=${layer > 0 && layer < this.#firstHidden ? this.embedding : ''}>${count(units)}</span>`,
        )}
      </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('units')) this.#goOn();
    const drawing = this.#canvas.begin(this.canvas, [this.units, this.#known, this.tiles, this.chosen]);
    if (!drawing) return;
    drawNetwork({ ...drawing, palette: this.#canvas.palette }, columnsOf(this.units, this.tiles), {
      picture: this.#known,
      tiles: this.tiles,
      chosen: this.chosen === undefined ? undefined : this.chosen + this.#firstHidden,
    });
  }

  #handle({ layer, units, x }: Column, width: number): TemplateResult | '' {
    if (this.fixed || layer === undefined || layer < this.#firstHidden || layer === this.units.length - 1) return '';
    const hidden = layer - this.#firstHidden;
    return html`<div
      class="handle"
      role="slider"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${text.network.hiddenLayerUnits(hidden + 1)}
      aria-valuemin="1"
      aria-valuemax=${mostLayerUnits}
      aria-valuenow=${units}
      aria-valuetext=${`${this.#unitsWords(units)}, ${this.kinds[hidden] ?? ''}`}
      .style="left: ${100 * x}%; width: ${width}%"
      aria-describedby="keys"
      title=${text.network.diagramDrag}
      @keydown=${(event: KeyboardEvent) => this.#key(event, hidden, units)}
      @pointerdown=${(event: PointerEvent) => this.#down(event, hidden, units)}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
    ></div>`;
  }

  #key(event: KeyboardEvent, layer: number, units: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = {
      ArrowUp: units + 1,
      ArrowRight: units + 1,
      ArrowDown: units - 1,
      ArrowLeft: units - 1,
      PageUp: sizeAway(units, 1),
      PageDown: sizeAway(units, -1),
      Home: 1,
    }[event.key];
    if (next !== undefined) this.#resize(layer, next);
    else if (event.key === 'Enter' || event.key === ' ') emit(this, 'layer-choose', { layer });
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#removed = layer;
      emit(this, 'layer-remove', { layer });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #down(event: PointerEvent, layer: number, units: number): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    this.#drag = { layer, units, y: event.clientY, moved: false };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag) return;
    const steps = Math.round((drag.y - event.clientY) / dragStep);
    if (steps === 0 && !drag.moved) return;
    drag.moved = true;
    this.#resize(drag.layer, sizeAway(drag.units, steps));
  }

  #up(): void {
    if (this.#drag && !this.#drag.moved) emit(this, 'layer-choose', { layer: this.#drag.layer });
    this.#drag = undefined;
  }

  /** The keyboard goes on at the layer in the place of the one that was removed, or at the last. */
  #goOn(): void {
    if (this.#removed === undefined) return;
    const handles = [...this.renderRoot.querySelectorAll<HTMLElement>('.handle')];
    handles[Math.min(this.#removed, handles.length - 1)]?.focus();
    this.#removed = undefined;
  }

  #resize(layer: number, units: number): void {
    const kept = Math.min(mostLayerUnits, Math.max(1, units));
    if (kept !== this.units[layer + this.#firstHidden]) emit(this, 'layer-resize', { layer, units: kept });
  }

  #unitsWords(units: number): string {
    return units === 1 ? text.network.oneUnit : text.network.units(count(units));
  }

  /** Weights of another network than the one drawn are not its own. */
  get #known(): NetworkPicture | undefined {
    return this.picture?.units.join() === this.units.join() ? this.picture : undefined;
  }

  /** The column of the first hidden layer. */
  get #firstHidden(): number {
    return this.embedding ? 2 : 1;
  }

  #words(): string {
    const hidden = this.units.slice(this.#firstHidden, -1);
    const [inputs, outputs] = [this.units[0] ?? 0, this.units.at(-1) ?? 0];
    const network =
      hidden.length === 0
        ? text.network.diagramNoHidden({ inputs, outputs })
        : text.network.diagramSummary({ inputs, hidden: hidden.join(', '), outputs });
    const picture = this.#known;
    const live = picture ? ` ${text.network.diagramLines(picture.epoch)}` : '';
    return `${network}${this.embedding ? ` ${this.embedding}.` : ''}${live}`;
  }
}
