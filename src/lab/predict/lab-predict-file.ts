/** Predicts for the rows of a file: how far it is, what came of it, and the file with the predictions to take away. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { sortNotices } from '../../data/table/notices.ts';
import type { IntervalScores } from '../../model/intervals.ts';
import type { Task } from '../../spec/answers.ts';
import { chosenPercent, percent } from '../../util/words.ts';
import { predictionText } from '../i18n/en/later/prediction.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { Batch } from '../protocol/predict.ts';
import { MetricRows, metricStyles } from '../run/metric-rows.ts';
import { count, figure } from '../shared/format.ts';
import { scoreAt, scoresOf } from '../shared/scores.ts';
import { tableFiles } from '../shared/table-source.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import type { PredictCommand, PredictView } from './view.ts';

export class LabPredictFile extends LitElement {
  @property({ attribute: false }) view!: PredictView;
  @state() private over = false;

  readonly #rows = new MetricRows(this);

  static override styles = [
    base,
    buttons,
    metricStyles,
    css`
      .drop {
        padding: 12px 12px;
        border: 1px dashed var(--border);
        border-radius: var(--radius);
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-wash);
      }
      .drop p {
        margin-top: 6px;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .bar span {
        flex: 1;
      }
      .result {
        margin-top: 12px;
      }
      .scroller {
        margin: 8px 0;
        overflow-x: auto;
        scrollbar-width: thin;
      }
      table {
        border-collapse: collapse;
        font: var(--label);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      th,
      td {
        padding: 2px 12px 2px 0;
        text-align: left;
        font-weight: 400;
      }
      th {
        color: var(--ink-light);
        border-bottom: 1px solid var(--hairline);
      }
      .added {
        color: var(--model);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 16px;
        margin: 4px 0 8px;
      }
      dt {
        color: var(--ink-light);
      }
      dd.help {
        grid-column: 1 / -1;
      }
    `,
  ];

  override render(): TemplateResult {
    const { progress, batch, batchProblem, form } = this.view;
    return html`
      <div
        class="drop ${this.over ? 'over' : ''}"
        @dragover=${this.#drag}
        @dragleave=${() => {
          this.over = false;
        }}
        @drop=${this.#drop}
      >
        <button type="button" ?disabled=${!form || !!progress} @click=${this.#pick}>
          ${icon('open')} ${predictionText().predictForFile}
        </button>
        <input class="unseen" type="file" accept=${tableFiles} tabindex="-1" aria-hidden="true" @change=${this.#picked} />
        <p class="small light">${predictionText().predictForFileHelp}</p>
      </div>
      ${progress ? this.#progress(progress.doing, progress.share) : nothing}
      <p class="problem result" role="alert" ?hidden=${!batchProblem}>${inLanguage(batchProblem)}</p>
      ${batch && form ? this.#result(batch, form.task) : nothing}
    `;
  }

  #progress(doing: 'reading' | 'predicting', share: number): TemplateResult {
    const name = this.view.progress?.name ?? '';
    const words = doing === 'reading' ? text.common.reading(name) : predictionText().predictingFor(name);
    return html`<div class="result">
      <div class="bar small">
        <span class="number">${words}, ${(100 * share).toFixed(0)} %</span>
        <button class="quiet" type="button" @click=${() => this.#say({ do: 'cancel' })}>${text.common.cancel}</button>
      </div>
      <progress max="1" .value=${share} aria-label=${words}></progress>
    </div>`;
  }

  #result(batch: Batch, task: Task): TemplateResult {
    const { scored, unscored } = batch;
    const target = this.view.form?.targets.join(', ') ?? '';
    return html`<div class="result">
      <p role="status">${rowsWords(batch)}</p>
      ${
        scored
          ? html`<p class="small light">${predictionText().againstKnownAnswers({ rows: count(scored.rows), target })}</p>
              <dl class="small number">
                ${scoresOf(task).map(
                  (score) =>
                    html`<dt>${this.#rows.name(score)}</dt>
                      <dd>${figure(scoreAt(scored.metrics, score))}</dd>
                      ${this.#rows.help(score, (help) => html`<dd class="help">${help}</dd>`)}`,
                )}
              </dl>
              ${scored.intervals ? html`<p class="small light">${intervalWords(scored.intervals)}</p>` : nothing}`
          : nothing
      }
      ${unscored ? html`<p class="small light">${predictionText().notScored(inLanguage(unscored))}</p>` : nothing}
      ${sortNotices(batch.notices).map((notice) => html`<p class="small light">${inLanguage(notice)}</p>`)}
      <div class="scroller" tabindex="0" role="region" aria-label=${predictionText().firstRows}>
        <table>
          <thead>
            <tr>
              ${batch.head.map((name, index) => html`<th scope="col" class=${index < batch.added.length ? 'added' : ''}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${batch.preview.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell, index) => html`<td class=${index < batch.added.length ? 'added' : ''}>${shortened(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <button type="button" @click=${() => this.#say({ do: 'save' })}>${icon('save')} ${predictionText().downloadPredictions}</button>
    </div>`;
  }

  #pick(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  #picked(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) this.#say({ do: 'batch', file });
    // The same file can be chosen again once it has been mended.
    input.value = '';
  }

  /** What is dropped here is not for training on: `defaultPrevented` says so to the page. */
  #drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  }

  #drop(event: DragEvent): void {
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    if (this.view.form) this.#say({ do: 'batch', file });
  }

  #say(detail: PredictCommand): void {
    emit(this, 'predict-command', detail);
  }
}

/** How many rows came back, and with what. */
function intervalWords({ level, coverage, mean_width }: IntervalScores): string {
  const width = figure(mean_width, 4);
  return predictionText().intervalsHold({ level: chosenPercent(level), share: percent(coverage), width });
}

function rowsWords({ rows, added }: Batch): string {
  const [first] = added;
  if (added.length === 1) return predictionText().rowsWith({ rows: count(rows), column: first });
  return predictionText().rowsWithMore({ rows: count(rows), column: first, more: count(added.length - 1) });
}

/** Predictions have more digits than a preview needs. */
function shortened(cell: string): string {
  const number = Number(cell);
  if (cell.trim() === '' || Number.isNaN(number)) return cell.length > 40 ? `${cell.slice(0, 39)}…` : cell;
  return cell.length > 8 ? figure(number, 4) : cell;
}
