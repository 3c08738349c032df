/** Why a row is answered as it is: what each column adds to the mean prediction, worked out when somebody asks. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AnswerExplanation } from '../../train/explain/shapley.ts';
import { predictionText } from '../i18n/en/later/prediction.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { Explanation } from '../protocol/predict.ts';
import { columnText, count, duration, figure } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { say, spokenLine } from '../ui/live-region.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { type ExplanationView, unexplained } from './row-explainer.ts';
import type { PredictCommand } from './view.ts';

/** Those that contribute most, where there are many. */
const mostColumns = 10;

interface Line {
  name: string;
  value: string;
  contribution: number;
  error: number | undefined;
}

export class LabWhy extends LitElement {
  @property({ attribute: false }) view: ExplanationView = unexplained;
  /** Predictions that it takes; null where that is not known. */
  @property({ attribute: false }) cost: number | null = null;
  /** Whether probabilities of classes are explained. */
  @property({ type: Boolean }) classes = false;

  /** The answer that is shown, where it was chosen by hand. */
  @state() private chosen: string | undefined;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      .ask {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        margin-bottom: 4px;
      }
      .ask button {
        min-height: 28px;
        padding: 2px 12px;
      }
      progress {
        width: 96px;
      }
      .answer {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .answer select {
        width: auto;
        max-width: 200px;
      }
      ul {
        display: grid;
        gap: 6px;
        margin: 8px 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .track {
        grid-column: 1 / -1;
        position: relative;
        height: 8px;
        margin-top: 2px;
        background: var(--shade);
      }
      .bar {
        position: absolute;
        inset: 0 auto;
        left: var(--from);
        width: var(--width);
        background: var(--model);
      }
      .less {
        background: var(--validation);
      }
      .zero {
        position: absolute;
        inset: -2px auto;
        left: var(--zero);
        width: 1px;
        background: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    const { share, explanation, problem } = this.view;
    return html`<div class="ask small">${share === undefined ? this.#button(explanation) : this.#asking(share)}</div>
      <p class="problem" role="alert" ?hidden=${!problem}>${inLanguage(problem)}</p>
      ${explanation ? this.#explained(explanation) : nothing} ${spokenLine()}`;
  }

  override updated(changed: PropertyValues<this>): void {
    const { explanation } = this.view;
    const before = changed.get('view')?.explanation;
    if (explanation && explanation !== before) say(this.renderRoot, this.#aloud(explanation));
  }

  /** Asking, ending and hiding take the place of one another. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('button');
  }

  #button(explanation: Explanation | undefined): TemplateResult {
    if (explanation) return this.#does('unexplain', predictionText().hideWhy);
    const cost = this.cost === null ? '' : predictionText().predictions(count(this.cost));
    return html`${this.#does('explain', predictionText().why)}<span class="light number">${cost}</span>`;
  }

  #asking(share: number): TemplateResult {
    return html`${this.#does('unexplain', text.common.cancel)}
      <progress max="1" .value=${share} aria-label=${predictionText().explaining}></progress>
      <span class="light number">${Math.round(100 * share)} %</span>`;
  }

  #does(command: 'explain' | 'unexplain', words: string): TemplateResult {
    const detail: PredictCommand = { do: command };
    return html`<button type="button" @click=${() => emit(this, 'predict-command', detail)}>${words}</button>`;
  }

  #explained(explanation: Explanation): TemplateResult {
    const { answers, predictions, seconds, epoch } = explanation;
    const answer = this.#shown(answers);
    const lines = linesOf(explanation, answer);
    const facts = [
      predictionText().predictions(count(predictions)),
      seconds < 1 ? `${figure(seconds, 2)} s` : duration(seconds),
      ...(epoch === null ? [] : [text.common.afterEpoch(count(epoch))]),
    ];
    return html`${answers.length > 1 ? this.#answers(answers, answer) : nothing}
      <p class="small number">${this.#fromTo(explanation, answer)}</p>
      <ul class="small number">
        ${lines.map((line) => this.#line(line, extentOf(lines)))}
      </ul>
      <p class="small light">
        ${this.classes ? predictionText().inPoints : predictionText().inUnits(answer.name)}
        ${predictionText().contributionHelp}
      </p>
      <p class="small light number" id="cost">${facts.join(', ')}</p>`;
  }

  /** The likeliest class, unless another was chosen. */
  #shown(answers: readonly AnswerExplanation[]): AnswerExplanation {
    const likeliest = answers.reduce((a, b) => (this.classes && b.prediction > a.prediction ? b : a));
    return answers.find(({ name }) => name === this.chosen) ?? likeliest;
  }

  #fromTo({ background, from }: Explanation, { base, prediction }: AnswerExplanation): string {
    const amount = (value: number) => `${this.#size(value, 4)}${this.classes ? ' %' : ''}`;
    return predictionText().fromTo({
      base: amount(base),
      rows: count(background.rows),
      rowsName: from === 'training' ? text.common.trainingRows : predictionText().tableRows,
      prediction: amount(prediction),
    });
  }

  #aloud(explanation: Explanation): string {
    const answer = this.#shown(explanation.answers);
    const [first] = linesOf(explanation, answer);
    return `${this.#fromTo(explanation, answer)} ${first.name} ${this.#signed(first.contribution)}`;
  }

  #answers(answers: readonly AnswerExplanation[], shown: AnswerExplanation): TemplateResult {
    return html`<label class="answer">
      ${predictionText().towards}
      <select
        @change=${(event: Event) => {
          this.chosen = (event.target as HTMLSelectElement).value;
        }}
      >
        ${answers.map(({ name }) => html`<option value=${name} ?selected=${name === shown.name}>${name}</option>`)}
      </select>
    </label>`;
  }

  #line({ name, value, contribution, error }: Line, [low, high]: [number, number]): TemplateResult {
    const at = (place: number) => `${((100 * (place - low)) / (high - low)).toFixed(2)}%`;
    const width = `${((100 * Math.abs(contribution)) / (high - low)).toFixed(2)}%`;
    return html`<li>
      <span class="name">${name} <span class="light">${value}</span></span>
      <span>${this.#signed(contribution)}${error === undefined ? nothing : html` <span class="light">± ${this.#size(error, 2)}</span>`}</span>
      <div class="track" aria-hidden="true" .style="--zero: ${at(0)}">
        <div class="bar ${contribution < 0 ? 'less' : ''}" .style="--from: ${at(Math.min(0, contribution))}; --width: ${width}"></div>
        <div class="zero"></div>
      </div>
    </li>`;
  }

  #signed(value: number): string {
    return value > 0 ? `+${this.#size(value)}` : this.#size(value);
  }

  /** Probabilities in percent. */
  #size(value: number, digits = 3): string {
    return this.classes ? (100 * value).toFixed(1).replace('-', '−') : figure(value, digits);
  }
}

/** The columns that contribute most, and all others in one line. */
function linesOf({ at }: Explanation, { columns }: AnswerExplanation): Line[] {
  const ordered = columns.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  // A line for one alone has room for its name.
  const shown = ordered.length > mostColumns + 1 ? ordered.slice(0, mostColumns) : ordered;
  const rest = ordered.slice(shown.length);
  const lines = shown.map(({ column, contribution, standard_error }): Line => {
    const value = at[column];
    const [words] = columnText([value ?? predictionText().missing], 4, true);
    return { name: column, value: words, contribution, error: standard_error };
  });
  if (rest.length === 0) return lines;
  const contribution = rest.reduce((sum, own) => sum + own.contribution, 0);
  return [
    ...lines,
    { name: predictionText().otherColumns(count(rest.length)), value: '', contribution, error: undefined },
  ];
}

/** Zero is within it, and it is never empty. */
function extentOf(lines: readonly Line[]): [number, number] {
  const values = lines.map(({ contribution }) => contribution);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high > low ? [low, high] : [low, low + 1];
}
