/** The layers drawn: inputs and output in ink, hidden units blue; of a wide layer, a few units stand for all. */
import { css, html, LitElement, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { count } from '../format.ts';
import { base } from '../styles/shared.ts';

const width = 280;
const height = 96;
const mostUnits = 7;
const mostColumns = 9;

interface Column {
  units: number;
  x: number;
  /** Heights of the drawn units. */
  ys: number[];
  given: boolean;
}

export class LabNetworkDiagram extends LitElement {
  /** Units of every layer, inputs and outputs too. */
  @property({ attribute: false }) units: readonly number[] = [];

  static override styles = [
    base,
    css`
      svg {
        display: block;
        width: 100%;
        height: auto;
        margin: 8px 0 0;
      }
      line {
        stroke: var(--model);
        stroke-width: 0.6;
        opacity: 0.32;
      }
      circle {
        fill: var(--paper);
        stroke: var(--model);
        stroke-width: 1.5;
      }
      circle.given {
        stroke: var(--ink);
      }
      text {
        font: var(--label);
        font-variant-numeric: tabular-nums;
        text-anchor: middle;
        fill: var(--ink);
      }
      text.more {
        fill: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    const columns = columnsOf(this.units);
    return html`<svg viewBox="0 0 ${width} ${height + 18}" role="img" aria-label=${this.#words()}>
      ${columns.slice(1).map((column, index) => edges(columns[index], column))} ${columns.map(drawn)}
    </svg>`;
  }

  #words(): string {
    const [inputs, ...others] = this.units;
    const hidden = others.slice(0, -1);
    const layers = hidden.length === 0 ? 'no hidden layers' : `hidden layers of ${hidden.join(', ')} units`;
    return `Network with ${inputs} ${inputs === 1 ? 'input' : 'inputs'}, ${layers} and 1 output`;
  }
}

function columnsOf(units: readonly number[]): Column[] {
  const shown = units.length <= mostColumns ? units : [...units.slice(0, mostColumns - 2), -1, units.at(-1) ?? 1];
  const pitch = width / shown.length;
  return shown.map((layer, index) => ({
    units: layer,
    x: pitch * (index + 0.5),
    ys: heights(layer),
    given: index === 0 || index === shown.length - 1,
  }));
}

/** Units that are drawn; a wide layer leaves a gap in its middle. */
function heights(units: number): number[] {
  const drawn = Math.max(0, Math.min(units, mostUnits));
  const pitch = 13;
  const gap = units > mostUnits ? 1 : 0;
  const places = drawn - 1;
  return Array.from({ length: drawn }, (_, index) => height / 2 + (index - places / 2) * pitch).filter(
    (_, index) => gap === 0 || index !== Math.floor(drawn / 2),
  );
}

function edges(from: Column, to: Column): SVGTemplateResult[] {
  return from.ys.flatMap((y1) => to.ys.map((y2) => svg`<line x1=${from.x} y1=${y1} x2=${to.x} y2=${y2} />`));
}

function drawn({ units, x, ys, given }: Column): SVGTemplateResult {
  if (units < 0) return svg`<text class="more" x=${x} y=${height / 2 + 4}>…</text>`;
  const dots = units > mostUnits ? svg`<text class="more" x=${x} y=${height / 2 + 4}>⋮</text>` : '';
  return svg`
    ${ys.map((y) => svg`<circle class=${given ? 'given' : ''} cx=${x} cy=${y} r="4.5" />`)}
    ${dots}
    <text x=${x} y=${height + 12}>${count(units)}</text>
  `;
}
