/** One activation function: f and its slope f′ drawn, some of their values, and what to know of it. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ActivationName } from '../../spec/settings.ts';
import type { Surface } from '../charts/pen.ts';
import { activationsText } from '../i18n/en/later/activations.ts';
import { count, figure } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { activationCurve } from './activation-curve.ts';
import { drawActivation, reach } from './activation-drawing.ts';
import { activationFacts } from './activation-facts.ts';

const points = 161;

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
      .plot {
        position: relative;
        aspect-ratio: 20 / 11;
        margin: 4px 0;
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
      <div class="plot">
        <lab-plot
          .label=${this.#summary(facts.range)}
          .of=${[this.name]}
          .draw=${(surface: Surface) => drawActivation(surface, shown)}
        ></lab-plot>
      </div>
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
