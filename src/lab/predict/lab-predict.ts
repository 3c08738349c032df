/** Asks a model: about one row, whose answer follows the run as it trains, or about the rows of a file. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { ModelName, PredictField, PredictForm } from '../protocol/predict.ts';
import { count } from '../shared/format.ts';
import type { EventOf } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { PredictController } from './controller.ts';
import type { PredictCommand } from './view.ts';
import { predictContext } from './view.ts';

/** Fields beyond these are behind a disclosure. */
const mostFields = 12;

export class LabPredict extends LabElement {
  @consume({ context: predictContext }) private readonly predict!: PredictController;

  static override styles = [
    base,
    buttons,
    css`
      summary {
        font: var(--heading);
        cursor: pointer;
      }
      summary::marker {
        font-size: 14px;
        color: var(--accent);
      }
      .model {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 16px;
        margin-top: 4px;
      }
      .model span {
        flex: 1 1 100%;
        overflow-wrap: anywhere;
      }
      .model button {
        padding: 2px 0;
      }
      .more summary {
        font: var(--label);
        line-height: 24px;
        color: var(--accent);
      }
      lab-answer {
        margin: 8px 0 4px;
        padding-top: 8px;
        border-top: 1px solid var(--hairline);
      }
      lab-predict-file {
        margin-top: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { open, form } = this.predict.view;
    return html`<details
      .open=${open}
      @toggle=${this.#toggled}
      @predict-command=${({ detail }: EventOf<'predict-command'>) => this.#say(detail)}
    >
      <summary>${text.predict.title}</summary>
      ${open ? (form ? this.#asked(form) : html`<p class="light small">${text.predict.thereNoModelYet}</p>`) : nothing}
    </details>`;
  }

  #asked(form: PredictForm): TemplateResult {
    const { problem, prediction, modelProblem } = this.predict.view;
    const named = form.fields.some(({ column }) => column === problem?.where);
    const first = form.fields.slice(0, mostFields);
    const rest = form.fields.slice(mostFields);
    return html`
      <div class="model small">
        <span class="light">
          ${modelWords(form.of)}
        </span>
        ${
          form.of.kind === 'model'
            ? html`<button class="quiet small" type="button" @click=${() => this.#say({ do: 'forget' })}>${text.predict.backToRun}</button>`
            : nothing
        }
        <button class="quiet small" type="button" @click=${this.#pick}>${text.predict.loadModel}</button>
        <button class="quiet small" type="button" @click=${() => this.#say({ do: 'usual' })}>${text.predict.usualRow}</button>
        <input class="unseen" type="file" multiple accept=".safetensors,.onnx,.json" tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      </div>
      <lab-train-on></lab-train-on>
      <p class="problem" role="alert" ?hidden=${!modelProblem}>${inLanguage(modelProblem)}</p>
      ${this.#fields(first)}
      ${
        rest.length > 0
          ? html`<details class="more">
              <summary>${text.predict.moreColumns(count(rest.length))}</summary>
              ${this.#fields(rest)}
            </details>`
          : nothing
      }
      <p class="problem" role="alert" ?hidden=${!problem || named}>${inLanguage(problem?.message ?? '')}</p>
      <lab-answer .prediction=${prediction}></lab-answer>
      ${
        // Of a single column there is nothing to divide.
        prediction && form.fields.length > 1
          ? html`<lab-why .view=${this.predict.view.why} .cost=${form.explaining} ?classes=${form.task !== 'regression'}></lab-why>`
          : nothing
      }
      <lab-predict-file .view=${this.predict.view}></lab-predict-file>
    `;
  }

  #fields(fields: readonly PredictField[]): unknown {
    const { row, problem } = this.predict.view;
    return repeat(
      fields,
      ({ column }) => column,
      (field) => html`<lab-predict-field
        data-column=${field.column}
        .field=${field}
        .text=${row[field.column] ?? ''}
        .problem=${problem?.where === field.column ? problem.message : ''}
      ></lab-predict-field>`,
    );
  }

  #toggled(event: Event): void {
    const details = event.target as HTMLDetailsElement;
    if (details.classList.contains('more')) return;
    this.#say({ do: 'look', open: details.open });
  }

  /** The way back to the run goes away as it is taken. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.model button');
  }

  #pick(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  #picked(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    if (files.length > 0) this.#say({ do: 'load', files });
    input.value = '';
  }

  #say(detail: PredictCommand): void {
    this.predict.dispatch(detail);
  }
}

function modelWords(of: ModelName): string {
  if (of.kind === 'run') return text.predict.withTheRun;
  const { name, members } = of;
  return members === 1 ? text.predict.withModel(name) : text.predict.withEnsemble({ name, members: count(members) });
}
