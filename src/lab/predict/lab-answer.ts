/** What a model says of one row: a number in the target's units, or every class with its probability as a bar. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { withUnit } from '../../data/table/quantity.ts';
import { chosenPercent } from '../../util/words.ts';
import { predictionText } from '../i18n/en/later/prediction.ts';
import { text } from '../i18n/text.ts';
import type { PredictedAnswer, Prediction } from '../protocol/predict.ts';
import { count, figure } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';

/** The likeliest classes, where there are many. */
const mostClasses = 10;

export class LabAnswer extends LitElement {
  @property({ attribute: false }) prediction: Prediction | undefined;

  static override styles = [
    base,
    css`
      :host {
        min-height: 48px;
      }
      .value {
        font: var(--heading);
        color: var(--model);
      }
      .bars {
        display: grid;
        grid-template-columns: minmax(56px, max-content) 1fr 52px;
        gap: 4px 8px;
        align-items: center;
        margin-top: 4px;
      }
      .name {
        max-width: 120px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .chosen {
        font-weight: 600;
      }
      .track {
        height: 10px;
        background: var(--shade);
      }
      .track div {
        height: 100%;
        background: var(--model);
      }
      .share {
        text-align: right;
      }
    `,
  ];

  override render(): TemplateResult {
    const { prediction } = this;
    if (!prediction) return html`<p class="light">–</p>`;
    const when =
      prediction.epoch === null
        ? nothing
        : html`<span class="small light"> ${text.common.afterEpoch(count(prediction.epoch))}</span>`;
    return html`${prediction.answers.map((answer) => this.#answer(answer, when))}`;
  }

  #interval({ interval, unit }: Extract<PredictedAnswer, { kind: 'number' }>): TemplateResult | typeof nothing {
    if (!interval) return nothing;
    const [low, high] = [interval.low, interval.high].map((end) => withUnit(figure(end, 4), unit));
    const level = chosenPercent(interval.level);
    return html` <span class="small" id="interval">(${predictionText().interval({ level, low, high })})</span>`;
  }

  #answer(answer: PredictedAnswer, when: TemplateResult | typeof nothing): TemplateResult {
    if (answer.kind === 'number') {
      return html`<p class="number">
        <span class="light">${answer.target}</span> <span class="value" id="answer">${withUnit(figure(answer.value, 4), answer.unit)}</span>${this.#interval(answer)}${when}
      </p>`;
    }
    const shown = answer.classes.length <= mostClasses ? answer.classes : likeliest(answer.classes);
    const left = answer.classes.length - shown.length;
    return html`<p><span class="light">${answer.target}</span> <span class="value" id="answer">${answer.chosen}</span>${when}</p>
      <div class="bars small number" role="list" aria-label=${predictionText().probabilities}>
        ${shown.map(
          ({
            name,
            probability,
          }) => html`<span class="name ${name === answer.chosen ? 'chosen' : ''}" title=${name} role="listitem"
              >${name}<span class="unseen">: ${percent(probability)}</span></span
            >
            <div class="track" aria-hidden="true"><div .style="width: ${(100 * probability).toFixed(1)}%"></div></div>
            <span class="share" aria-hidden="true">${percent(probability)}</span>`,
        )}
      </div>
      ${left > 0 ? html`<p class="small light">${predictionText().lessLikelyClasses(count(left))}</p>` : nothing}`;
  }
}

function likeliest<Class extends { probability: number }>(classes: readonly Class[]): Class[] {
  return [...classes].sort((a, b) => b.probability - a.probability).slice(0, mostClasses);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
