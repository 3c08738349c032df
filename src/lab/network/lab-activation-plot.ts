/** One activation function: f and its slope f′ drawn, some of their values, and what to know of it. */
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ActivationName } from '../../spec/settings.ts';
import { activationsText } from '../i18n/en/activations.ts';
import { count, figure } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { activationCurve } from './activation-curve.ts';
import { activationFacts } from './activation-facts.ts';

const width = 240;
const height = 132;
const reach = 4;
const [lowest, highest] = [-1.3, 3.1];
const points = 161;

const x = (z: number) => ((z + reach) / (2 * reach)) * width;
const y = (value: number) => height - ((value - lowest) / (highest - lowest)) * height;

declare global {
  interface HTMLElementTagNameMap {
    'lab-activation-plot': LabActivationPlot;
  }
}

export class LabActivationPlot extends LitElement {
  @property() name: ActivationName = 'tanh';

  static override styles = [
    base,
    css`
      h3 {
        font: var(--text);
        font-weight: 600;
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
        margin: 4px 0;
        overflow: hidden;
      }
      .grid {
        stroke: var(--grid);
      }
      .axis {
        stroke: var(--border);
      }
      path {
        fill: none;
        stroke-width: 2;
      }
      .value {
        stroke: var(--model);
      }
      .slope {
        stroke: var(--ink);
        stroke-width: 1.5;
        stroke-dasharray: 4 3;
      }
      text {
        font: var(--label);
        fill: var(--ink-light);
      }
      .key {
        display: flex;
        gap: 16px;
        font: var(--label);
      }
      .key span::before {
        content: '';
        display: inline-block;
        width: 16px;
        margin-right: 6px;
        border-top: 2px solid var(--model);
        vertical-align: 3px;
      }
      .key .of-slope::before {
        border-top: 2px dashed var(--ink);
      }
      table {
        width: 100%;
        margin: 6px 0;
        border-collapse: collapse;
        table-layout: fixed;
        font: var(--label);
        text-align: right;
      }
      th {
        font-weight: 400;
        color: var(--ink-light);
      }
      th[scope='row'] {
        text-align: left;
      }
      p {
        min-height: 48px;
      }
    `,
  ];

  override render(): TemplateResult {
    const facts = activationFacts(this.name);
    const shown = activationCurve(this.name, -reach, reach, points);
    const listed = activationCurve(this.name, -2, 2, 5);
    const row = (values: number[]) => values.map((value) => html`<td>${value.toFixed(2).replace('-', '−')}</td>`);
    return html`
      <h3>${this.name}</h3>
      <span class="small">${facts.formula}</span>
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${this.#summary(facts.range)}>
        ${[-4, -2, 2, 4].map((z) => svg`<line class="grid" x1=${x(z)} x2=${x(z)} y1="0" y2=${height} />`)}
        ${[-1, 1, 2, 3].map((value) => svg`<line class="grid" x1="0" x2=${width} y1=${y(value)} y2=${y(value)} />`)}
        <line class="axis" x1="0" x2=${width} y1=${y(0)} y2=${y(0)} />
        <line class="axis" x1=${x(0)} x2=${x(0)} y1="0" y2=${height} />
        <text x=${x(0) + 4} y=${y(1) - 3}>1</text>
        <text x=${x(2) - 3} y=${y(0) + 13}>2</text>
        <path class="slope" d=${pathOf(shown.z, shown.slope)} />
        <path class="value" d=${pathOf(shown.z, shown.value)} />
      </svg>
      <div class="key"><span>f(z)</span><span class="of-slope">${activationsText().slope}</span></div>
      <table class="number">
        <tr><th scope="row">z</th>${listed.z.map((z) => html`<th scope="col">${count(z)}</th>`)}</tr>
        <tr><th scope="row">f</th>${row(listed.value)}</tr>
        <tr><th scope="row">f′</th>${row(listed.slope)}</tr>
      </table>
      <p class="small light">${activationsText().values(facts.range)} ${facts.note}</p>
    `;
  }

  #summary(range: string): string {
    const { value, slope } = activationCurve(this.name, -reach, reach, points);
    const steepest = figure(Math.max(...slope));
    return activationsText().plotSummary({
      name: this.name,
      first: figure(value[0]),
      last: figure(value.at(-1)),
      steepest,
      range,
    });
  }
}

/** A jump is not drawn as a line. */
function pathOf(zs: number[], values: number[]): string {
  const jump = 0.5;
  return zs
    .map((z, index) => {
      const broken = index > 0 && Math.abs(values[index] - values[index - 1]) > jump;
      return `${index === 0 || broken ? 'M' : 'L'}${x(z).toFixed(1)} ${y(values[index]).toFixed(1)}`;
    })
    .join('');
}
