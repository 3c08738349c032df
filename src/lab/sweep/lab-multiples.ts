/** One small loss chart for each combination of a sweep: seeds as thin lines, their mean over them, all to one scale. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { longWords, shortWords, variedOf, wordOf } from '../../html/swept.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import { CanvasController } from '../charts/canvas.ts';
import { markStyles } from '../charts/marks.ts';
import type { Still, Surface } from '../charts/pen.ts';
import { placeByKey } from '../charts/readings.ts';
import { TipController } from '../charts/tip-controller.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { text } from '../i18n/text.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { base } from '../ui/styles/shared.ts';
import { differingPaths, type SweepCurves } from './curves.ts';
import { pictureHeader } from './lab-sweep.styles.ts';
import {
  cellAt,
  drawMultiples,
  layoutOf,
  linesNeeded,
  lossRange,
  type MultiplesLayout,
  placeOf,
} from './multiples-drawing.ts';

interface Titles {
  of: SweepCurves;
  /** Each combination in words. */
  words: string[];
  /** The values that tell it from the others. */
  parts: string[][];
  /** What these values are of, and what all combinations have alike. */
  legend: string[];
  /** Values of the setting that changes fastest. */
  fastest: number;
}

export class LabMultiples extends LitElement {
  @property({ attribute: false }) curves!: SweepCurves;
  /** The curves only grow. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) leaders: readonly LeaderboardEntry[] = [];
  @property({ attribute: false }) selected: number | undefined;

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.box') private box!: HTMLElement;
  readonly #canvas = new CanvasController(this);
  readonly #tip = new TipController(this);
  /** The combination that keys read. */
  #held: number | undefined;
  #layout: MultiplesLayout = layoutOf(1, 1, 0, 1);
  #titles: Titles | undefined;

  static override styles = [
    base,
    markStyles,
    pictureHeader,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .box {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overflow-x: hidden;
        scrollbar-width: thin;
        scrollbar-gutter: stable;
      }
      .space {
        position: relative;
        min-height: 100%;
      }
      canvas {
        position: sticky;
        display: block;
        top: 0;
        width: 100%;
        cursor: pointer;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <header>
        <slot><h2>${sweepText().losses}</h2></slot>
        <p class="small light number">${this.#scales()}</p>
        <lab-table
          .caption=${sweepText().meanLossOfEach}
          .head=${[sweepText().combination, text.common.epoch, this.#lossName()]}
          .rows=${() => this.#tableRows()}
          plot="sweep"
          apart
          .still=${() => this.#still()}
        ></lab-table>
      </header>
      <div class="box" tabindex="0" @scroll=${() => this.#draw()} @keydown=${this.#key} @blur=${() => this.#leave()}>
        <div class="space">
          <canvas
            role="img"
            aria-label=${this.#summary()}
            @click=${this.#pick}
            @pointermove=${this.#point}
            @pointerdown=${this.#point}
            @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#leave()}
          ></canvas>
        </div>
      </div>
      ${this.#tip.render()} ${spokenLine()}
    `;
  }

  override updated(): void {
    const { clientWidth, clientHeight } = this.box;
    const { parts, fastest } = this.#named();
    this.#layout = layoutOf(clientWidth, clientHeight, parts.length, fastest);
    const context = this.canvas.getContext('2d');
    const lines = context ? linesNeeded(context, this.#canvas.palette, parts, this.#layout) : 1;
    if (lines > 1) this.#layout = layoutOf(clientWidth, clientHeight, parts.length, fastest, lines);
    (this.canvas.parentElement as HTMLElement).style.height = `${this.#layout.total}px`;
    this.canvas.style.height = `${clientHeight}px`;
    this.#draw();
  }

  #draw(): void {
    const drawing = this.#canvas.begin(this.canvas);
    if (drawing) this.#drawOn({ ...drawing, palette: this.#canvas.palette }, this.box.scrollTop);
  }

  /** @param top pixels scrolled away */
  #drawOn({ context, palette, height }: Surface, top: number): void {
    const ranks: number[] = [];
    for (const [index, { cell }] of this.leaders.entries()) ranks[cell] = index + 1;
    const [titles, layout] = [this.#named().parts, this.#layout];
    drawMultiples(context, palette, {
      curves: this.curves,
      layout,
      titles,
      ranks,
      selected: this.selected,
      top,
      shown: height,
    });
  }

  /** All charts, whatever is scrolled into view. */
  #still(): Still {
    const palette = this.#canvas.palette;
    return {
      width: this.canvas.clientWidth,
      height: this.#layout.total,
      palette,
      draw: (surface) => this.#drawOn(surface, 0),
    };
  }

  #named(): Titles {
    if (this.#titles?.of === this.curves) return this.#titles;
    const { cells } = this.curves.plan;
    const telling = differingPaths(cells);
    const last = telling.at(-1);
    const valuesOf = (path: string) => new Set(cells.map((cell) => JSON.stringify(cell[path]))).size;
    const words = cells.map(shortWords);
    const parts = cells.map((cell, index) => (last ? telling.map((path) => wordOf(cell[path])) : [words[index]]));
    this.#titles = {
      of: this.curves,
      words,
      parts,
      legend: legendOf(cells, telling),
      fastest: last ? valuesOf(last) : 1,
    };
    return this.#titles;
  }

  #lossName(): string {
    return this.curves.plan.validated ? sweepText().validationLoss : sweepText().trainingLoss;
  }

  #scales(): string {
    const { plan } = this.curves;
    const { low, high } = lossRange(this.curves);
    const known = Number.isFinite(this.curves.low);
    const loss = known ? `${this.#lossName()} ${figure(low)} – ${figure(high)}` : this.#lossName();
    const each = plan.seeds.length * plan.folds;
    const epochs = count(plan.epochs);
    const words =
      each > 1
        ? sweepText().lossesOverEpochsMean({ loss, epochs, trials: each })
        : sweepText().lossesOverEpochs({ loss, epochs });
    return [words, ...this.#named().legend].join('; ');
  }

  #summary(): string {
    const [best] = this.leaders;
    const words = this.#named().words;
    const charts = sweepText().multiplesSummary({ charts: count(words.length), loss: this.#lossName() });
    return best ? `${charts} ${sweepText().bestCombinationSoFar(words[best.cell])}` : charts;
  }

  #tableRows(): Cell[][] {
    return this.#named().words.map((words, cell) => {
      const { epochs, loss } = this.curves.meanOf(cell);
      return [words, epochs.at(-1), loss.at(-1)];
    });
  }

  #pick(event: MouseEvent): void {
    const cell = this.#cellAt(event);
    if (cell !== undefined) emit(this, 'cell-select', cell);
  }

  #point(event: PointerEvent): void {
    const cell = this.#cellAt(event);
    this.#held = undefined;
    if (cell === undefined) this.#tip.hide();
    else this.#tip.showAt(event.clientX, event.clientY, this.#lines(cell));
  }

  /** The combination with its whole name, and what its trials have come to. */
  #lines(cell: number): string[] {
    const settings = this.curves.plan.cells[cell];
    const { epochs, loss } = this.curves.meanOf(cell);
    const last = epochs.at(-1);
    const standing =
      last === undefined ? [] : [text.common.afterEpoch(count(last)), `${this.#lossName()} ${figure(loss.at(-1))}`];
    return [longWords(settings, variedOf([{ settings }])), ...standing];
  }

  /** Arrows to the sides go from chart to chart; up and down scroll. */
  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && this.#held !== undefined) {
      emit(this, 'cell-select', this.#held);
      return;
    }
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = placeByKey(event.key, this.#held, this.curves.plan.cells.length);
    if (next === undefined) return;
    event.preventDefault();
    this.#held = next;
    const { x, y } = placeOf(next, this.#layout);
    const { width, height } = this.#layout;
    if (y < this.box.scrollTop || y + height > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = y;
    const box = this.box.getBoundingClientRect();
    this.#tip.showAt(box.left + x + width / 2, box.top + y - this.box.scrollTop + height / 2, this.#lines(next));
    say(this.renderRoot, this.#lines(next).join(', '));
  }

  #leave(): void {
    this.#held = undefined;
    this.#tip.hide();
  }

  #cellAt({ offsetX, offsetY }: MouseEvent): number | undefined {
    return cellAt(offsetX, offsetY + this.box.scrollTop, this.#layout, this.curves.plan.cells.length);
  }
}

function legendOf(cells: SweepPlan['cells'], telling: readonly string[]): string[] {
  if (telling.length === 0) return [];
  const named = variedOf([{ settings: cells[0] }]);
  const titles = named.filter(({ path }) => telling.includes(path)).map(({ name }) => name);
  const alike = named.filter(({ path }) => !telling.includes(path));
  const shared = alike.map(({ path, name }) => `${name} ${wordOf(cells[0][path])}`);
  return [sweepText().titles(titles.join(', ')), ...(shared.length > 0 ? [sweepText().alike(shared.join(', '))] : [])];
}
