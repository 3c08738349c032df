/** The founding report: what it asks, how large it is to be, its progress, its findings and figures, and the whole as a page of its own. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { plusMinus } from '../../html/swept.ts';
import { foundingText } from '../i18n/en/later/founding.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { FoundingAnswer, FoundingSize } from '../protocol/founding.ts';
import { count, duration, figure } from '../shared/format.ts';
import { download } from '../ui/download.ts';
import { icon } from '../ui/icons.ts';
import { showModal } from '../ui/modal.ts';
import { base, buttons, dialogs } from '../ui/styles/shared.ts';
import { FoundingController } from './controller.ts';

const sizes: FoundingSize[] = [
  { hidden: [32, 32], seeds: 2, epochs: 20 },
  { hidden: [150, 150], seeds: 3, epochs: 20 },
  { hidden: [150, 150], seeds: 10, epochs: 100 },
];

export class LabFounding extends LitElement {
  @state() private size = 0;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #founding = new FoundingController(this);

  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      dialog {
        width: min(760px, calc(100vw - 24px));
        max-width: none;
        max-height: calc(100dvh - 32px);
        padding: 16px 24px 20px;
      }
      header {
        display: flex;
        align-items: center;
        gap: 16px;
      }
      h2 {
        flex: 1;
      }
      p {
        margin-top: 8px;
        max-width: 76ch;
      }
      fieldset {
        margin: 16px 0 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-weight: 600;
      }
      label {
        display: grid;
        grid-template-columns: 20px 1fr;
        min-height: 24px;
        margin-top: 6px;
        cursor: pointer;
      }
      input {
        width: 14px;
        height: 14px;
        margin: 4px 0 0;
        accent-color: var(--accent);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        margin-top: 16px;
      }
      progress {
        margin-top: 12px;
      }
      dl {
        margin-top: 16px;
      }
      dt {
        margin-top: 12px;
        font-weight: 600;
      }
      .scroller {
        overflow-x: auto;
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
        font: var(--label);
        text-align: left;
      }
      th,
      td {
        padding: 4px 12px 4px 0;
        border-bottom: 1px solid var(--hairline);
        font-weight: 400;
      }
      thead th {
        color: var(--ink-light);
      }
      .figure {
        text-align: right;
      }
      summary {
        margin-top: 16px;
        min-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
    `,
  ];

  async open(): Promise<void> {
    await this.updateComplete;
    showModal(this.dialog);
  }

  override render(): TemplateResult {
    const { state, answer, failure } = this.#founding;
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${foundingText().foundingReport}</h2>
        <button class="quiet" type="button" @click=${() => this.dialog.close()}>${icon('close')} ${text.common.close}</button>
      </header>
      <p>
        ${foundingText().history}
      </p>
      <p>
        ${foundingText().method}
      </p>
      ${state === 'training' || state === 'stopping' ? this.#training() : this.#choice()}
      <p class="problem" role="alert" ?hidden=${state !== 'failed'}>${foundingText().failed(inLanguage(failure))}</p>
      ${answer ? this.#answer(answer) : ''}
    </dialog>`;
  }

  #choice(): TemplateResult {
    return html`<fieldset>
        <legend>${foundingText().howMuch}</legend>
        ${sizes.map(
          (size, index) => html`<label>
            <input type="radio" name="size" .checked=${index === this.size} @change=${() => this.#choose(index)} />
            <span>${sizeWords(index)} <span class="small light number">${sizeFacts(size)}</span></span>
          </label>`,
        )}
      </fieldset>
      <div class="actions">
        <button class=${this.#founding.answer ? '' : 'primary'} type="button" @click=${() => this.#founding.start(sizes[this.size])}>
          ${foundingText().trainThem}
        </button>
      </div>`;
  }

  #training(): TemplateResult {
    const { progress, state } = this.#founding;
    const share = progress ? progress.done / Math.max(1, progress.of) : 0;
    const stage =
      progress && progress.stage !== 'published' ? foundingText().stages[progress.stage] : text.common.starting;
    const known = progress && progress.done > 0 && state === 'training';
    const left = known ? duration((progress.seconds * (progress.of - progress.done)) / progress.done) : '';
    const words = known ? foundingText().leftOfStage({ stage, left }) : stage;
    return html`<p class="number">${state === 'stopping' ? foundingText().stopping : words}</p>
      <progress aria-label=${foundingText().progress} max="1" .value=${share}></progress>
      <p class="small light">${foundingText().mayBeClosed}</p>
      <div class="actions">
        <button type="button" ?disabled=${state === 'stopping'} @click=${() => this.#founding.stop()}>
          ${foundingText().stopAndReport}
        </button>
      </div>`;
  }

  #answer(answer: FoundingAnswer): TemplateResult {
    const { findings, cells, baseline, html: page, seconds, engine, interrupted } = answer;
    const took = duration(seconds);
    const ended = interrupted
      ? foundingText().endedByHand({ time: took, engine })
      : foundingText().done({ time: took, engine });
    return html`
      <div class="actions">
        <button class="primary" type="button" @click=${() => openPage(page)}>${foundingText().openWholeReport}</button>
        <button type="button" @click=${() => download('founding-report.html', pageBlob(page))}>
          ${icon('save')} ${foundingText().saveIt}
        </button>
        <span class="small light number">${ended}</span>
      </div>
      <dl>
        ${findings.map(
          ({ claim, verdict, numbers }) => html`<dt>${claim}</dt>
            <dd><strong>${foundingText().verdicts[verdict]}</strong>. ${numbers}</dd>`,
        )}
      </dl>
      <details open>
        <summary>${foundingText().figures}</summary>
        <lab-founding-figures lang="en" .page=${page}></lab-founding-figures>
      </details>
      <details>
        <summary>${foundingText().combinations(cells.length)}</summary>
        <div class="scroller" tabindex="0" role="group" aria-label=${foundingText().tableOfCombinations}>
          <table class="number">
            <thead>
              <tr>
                <th scope="col">${foundingText().activation}</th>
                <th scope="col">${foundingText().optimizer}</th>
                <th scope="col" class="figure">${foundingText().batchSize}</th>
                <th scope="col" class="figure">${foundingText().validationRMSE}</th>
                <th scope="col" class="figure">${foundingText().epochs}</th>
              </tr>
            </thead>
            <tbody>
              ${cells.map(
                (cell) => html`<tr>
                  <th scope="row">${cell.activation}</th>
                  <td>${cell.optimizer}</td>
                  <td class="figure">${cell.batch_size}</td>
                  <td class="figure">${plusMinus(cell.validation_rmse)}</td>
                  <td class="figure">${figure(cell.epochs)}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <p class="small light">${foundingText().baseline(figure(baseline))}</p>
      </details>
    `;
  }

  #choose(index: number): void {
    this.size = index;
  }
}

function sizeWords(index: number): string {
  return [foundingText().sizes.quick, foundingText().sizes.own, foundingText().sizes.whole][index];
}

function sizeFacts({ hidden, seeds, epochs }: FoundingSize): string {
  return foundingText().sizeFacts({ hidden: hidden.join(', '), seeds: count(seeds), epochs: count(epochs) });
}

function pageBlob(page: string): Blob {
  return new Blob([page], { type: 'text/html' });
}

/** In a tab of its own, which is printed or saved from there. */
function openPage(page: string): void {
  const url = URL.createObjectURL(pageBlob(page));
  window.open(url, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
