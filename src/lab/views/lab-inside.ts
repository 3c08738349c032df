/**
 * Inside the network: what is wrong in one sentence where something is, the length of each layer's gradient over time,
 * and how weights, gradients and activations are spread now.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Finding, Histogram, LayerDiagnosis } from '../../train/results/diagnostics.ts';
import { drawBars } from '../charts/bars-drawing.ts';
import type { LabPlot } from '../charts/lab-plot.ts';
import type { Surface } from '../charts/pen.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import type { InsideView } from '../protocol/views.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import type { NormsRecord } from '../trainer/views-state.ts';
import { base } from '../ui/styles/shared.ts';
import { viewStyles } from '../ui/styles/view.ts';
import { drawNorms } from './drawings/norms-drawing.ts';

export class LabInside extends LitElement {
  @property({ attribute: false }) inside: InsideView | null = null;
  /** As they went, oldest first. */
  @property({ attribute: false }) norms: readonly NormsRecord[] = [];
  @property() standing = '';

  @query('.box lab-plot') private plot!: LabPlot;

  static override styles = [
    base,
    viewStyles,
    css`
      .findings {
        flex: 1;
        font: var(--text);
        min-height: 20px;
      }
      .findings.wrong {
        color: var(--error-text);
      }
      .both {
        display: grid;
        grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
        gap: 20px;
        flex: 1;
        min-height: 0;
        margin-top: 8px;
      }
      .box {
        margin: 0;
        min-height: 180px;
      }
      .layers {
        container-type: size;
        overflow-y: auto;
        scrollbar-width: thin;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
        font: var(--label);
        font-variant-numeric: tabular-nums;
      }
      th {
        padding: 0 0 4px;
        text-align: left;
        font-weight: 400;
        color: var(--ink-light);
        vertical-align: top;
      }
      th[scope='row'] {
        padding-right: 8px;
        color: var(--ink);
      }
      th:first-child {
        width: 22%;
      }
      td {
        padding: 0 8px 8px 0;
        vertical-align: top;
      }
      .bars {
        position: relative;
        border-bottom: 1px solid var(--hairline);
        /* Layers share the height, below their headings and above their ends. */
        height: clamp(40px, calc((100cqb - 24px) / var(--layers) - 26px), 160px);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        color: var(--ink-light);
        white-space: nowrap;
      }
      .ends span:only-child {
        margin: auto;
      }
      @media (max-width: 899px) {
        .both {
          display: block;
        }
        .box {
          height: 200px;
        }
        .bars {
          height: 40px;
        }
        .layers {
          container-type: normal;
          margin-top: 12px;
          overflow: visible;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { inside } = this;
    const wrong = (inside?.findings.length ?? 0) > 0;
    return html`
      <header>
        <p class="findings ${wrong ? 'wrong' : ''}">${this.#words()}</p>
        <lab-table .caption=${modelViewsText().layers} .head=${this.#tableHead()} .rows=${() => this.#tableRows()} plot="gradients" .still=${() => this.plot.still()}></lab-table>
      </header>
      <div class="both">
        <div class="box">
          <lab-plot
            .label=${this.#summary()}
            .of=${
              // The same list grows.
              [this.norms, this.norms.length, this.norms.at(-1)]
            }
            .draw=${(surface: Surface) => drawNorms(surface, this.norms)}
          ></lab-plot>
        </div>
        <div class="layers" .style="--layers: ${inside?.diagnosis.layers.length ?? 1}" tabindex="0" role="region" aria-label=${modelViewsText().byLayer}>
          ${inside ? this.#layers(inside.diagnosis.layers) : ''}
        </div>
      </div>
    `;
  }

  #words(): string {
    const { inside } = this;
    if (!inside) return modelViewsText().notMeasuredYet;
    if (inside.findings.length > 0) return inside.findings.map((finding) => findingWords(finding)).join(' ');
    const { rows } = inside.diagnosis;
    return modelViewsText().allIsWell(count(rows));
  }

  #summary(): string {
    const last = this.norms.at(-1);
    if (!last) return modelViewsText().noGradientsYet;
    const lengths = last.norms
      .map((norm, layer) => modelViewsText().layerNorm({ layer: layer + 1, norm: figure(norm) }))
      .join(', ');
    return modelViewsText().gradientsSummary({ standing: this.standing, lengths, findings: this.#words() });
  }

  #layers(layers: readonly LayerDiagnosis[]): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${modelViewsText().layerHeading}</th>
          <th scope="col">${modelViewsText().weights}</th>
          <th scope="col">${modelViewsText().gradients}</th>
          <th scope="col">${modelViewsText().activations}</th>
        </tr>
      </thead>
      <tbody>
        ${layers.map(
          (layer, index) => html`<tr>
            <th scope="row">
              ${index === layers.length - 1 ? modelViewsText().outputLayer(index + 1) : index + 1}<br />
              <span class="light">${count(layer.units)} ${(layer.kind === 'periodic' ? layer.kind : layer.activation).replaceAll('_', ' ')}</span>
            </th>
            <td class="weights">${this.#bars(index, modelViewsText().weights, layer.weights)}</td>
            <td class="gradients">${this.#bars(index, modelViewsText().gradients, layer.gradients)}</td>
            <td class="activations">${this.#bars(index, modelViewsText().activations, layer.activations)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** A histogram over its range; the square root of the counts, so that the few outside are seen too. */
  #bars(layer: number, what: string, histogram: Histogram): TemplateResult {
    const { low, high, counts } = histogram;
    const most = Math.max(1, ...counts);
    const centred = low < 0 && high > 0;
    const draw = (surface: Surface) =>
      drawBars(surface, {
        heights: Array.from(counts, (own) => Math.sqrt(own / most)),
        colour: surface.palette.model,
        gap: 0.3,
        centred,
        words: (bar) => barWords(histogram, bar),
      });
    return html`<div class="bars">
        <lab-plot
          .label=${modelViewsText().spread({ layer: layer + 1, what, low: figure(low, 2), high: figure(high, 2) })}
          .of=${[histogram]}
          .draw=${draw}
        ></lab-plot>
      </div>
      <div class="ends" aria-hidden="true">
        ${centred ? html`<span>±${figure(high, 2)}</span>` : html`<span>${figure(low, 2)}</span><span>${figure(high, 2)}</span>`}
      </div>`;
  }

  #tableHead(): string[] {
    return [
      modelViewsText().layerHeading,
      modelViewsText().units,
      modelViewsText().gradientLength,
      modelViewsText().weightLength,
      modelViewsText().idleUnits,
      modelViewsText().weights,
      modelViewsText().gradients,
      modelViewsText().activations,
    ];
  }

  #tableRows(): Cell[][] {
    const range = ({ low, high }: Histogram) => modelViewsText().range({ low: figure(low), high: figure(high) });
    return (this.inside?.diagnosis.layers ?? []).map((layer, index) => [
      index + 1,
      layer.units,
      layer.gradient_norm,
      layer.weight_norm,
      layer.idle,
      range(layer.weights),
      range(layer.gradients),
      range(layer.activations),
    ]);
  }
}

/** One sentence, with its numbers. */
export function findingWords(finding: Finding): string {
  const layer = count(finding.layer + 1);
  switch (finding.kind) {
    case 'not-finite':
      return modelViewsText().notFinite(layer);
    case 'vanishing':
      return finding.ratio === 0
        ? modelViewsText().zeroGradient(layer)
        : modelViewsText().vanishing({ layer, times: times(1 / finding.ratio) });
    case 'exploding':
      return modelViewsText().exploding({ layer, times: times(finding.ratio) });
    case 'dead':
      return modelViewsText().dead({
        idle: count(finding.idle),
        units: count(finding.units),
        layer,
        rows: count(finding.rows),
      });
    case 'saturated':
      return modelViewsText().saturated({
        idle: count(finding.idle),
        units: count(finding.units),
        layer,
        rows: count(finding.rows),
      });
  }
}

/** Two digits are enough of a ratio. */
function times(ratio: number): string {
  return ratio < 1e6 ? count(Number(ratio.toPrecision(2))) : figure(ratio, 2);
}

/** The words of a bar: between which values it lies, and how many do. */
function barWords({ low, high, counts }: Histogram, bar: number): string[] {
  const edge = (at: number) => figure(low + (at / counts.length) * (high - low), 2);
  return [modelViewsText().rangeInWords({ low: edge(bar), high: edge(bar + 1) }), count(counts[bar])];
}
