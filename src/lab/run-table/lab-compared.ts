/** Runs beside each other: their losses in one chart, scores and settings in one table, and how each answers. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Said } from '../../util/errors.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import { overlayReadings } from '../charts/overlay-drawing.ts';
import { basisOf, incomparable, type Overlay, overlayOf } from '../charts/overlays.ts';
import type { Surface } from '../charts/pen.ts';
import { runTableText } from '../i18n/en/later/run-table.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { RunPicture, StoredViews } from '../protocol/runs.ts';
import { drawLosses } from '../run/loss-drawing.ts';
import type { Row } from '../runs/order.ts';
import { base } from '../ui/styles/shared.ts';
import { type Column, columnsOf, stateWords } from './columns.ts';
import type { StoredRuns } from './stored.ts';

/** Undefined while it is worked out. */
type Answer = { views: StoredViews } | { why: Said } | undefined;

export class LabCompared extends LitElement {
  /** Runs, or groups of seeds, whose first run then answers. */
  @property({ attribute: false }) rows: Row[] = [];
  @property({ attribute: false }) names: string[] = [];
  @property({ attribute: false }) stored!: StoredRuns;

  @state() private overlays: Overlay[] = [];
  /** Whether the losses are those of training rows, as none has others. */
  @state() private trained = false;
  @state() private answers: ReadonlyMap<string, Answer> = new Map();
  /** The rows that were asked about last. */
  #asked = '';

  static override styles = [
    base,
    css`
      .panels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
        gap: 16px 24px;
        margin-top: 16px;
      }
      h3 {
        margin: 0 0 4px;
        font: var(--text);
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .losses {
        position: relative;
        height: 240px;
      }
      .picture {
        display: flex;
        height: 280px;
      }
      .picture + .picture {
        margin-top: 12px;
      }
      .scroller {
        position: relative;
        margin-top: 16px;
        overflow-x: auto;
        scrollbar-width: thin;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        min-width: 96px;
        max-width: 240px;
        padding: 4px 24px 4px 0;
        text-align: left;
        font-weight: 400;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        color: var(--ink-light);
      }
      thead th {
        border-bottom: 1px solid var(--hairline);
        color: var(--ink);
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    const asked = this.rows.map(({ id }) => id).join(' ');
    if (!changed.has('rows') || asked === this.#asked) return;
    this.#asked = asked;
    void this.#load(asked, this.rows);
  }

  override render(): TemplateResult {
    return html`
      ${this.#losses()} ${this.#facts()}
      <div class="panels">
        ${this.rows.map((row, index) => this.#panel(row, this.names[index]))}
      </div>
    `;
  }

  #losses(): TemplateResult {
    const { overlays } = this;
    const [first] = overlays;
    const different = overlays.some(({ basis }) => incomparable(basis, first.basis));
    if (different) return html`<p class="light small">${runTableText().notInOneChart}</p>`;
    const label = runTableText().lossesOf(this.names.join(', '));
    return html`<section aria-label=${runTableText().losses}>
      <h3>${runTableText().losses}</h3>
      <lab-overlay-key .overlays=${overlays} bare></lab-overlay-key>
      <div class="losses">
        <lab-plot .label=${label} .of=${[overlays]} .draw=${(surface: Surface) => this.#draw(surface)}></lab-plot>
      </div>
    </section>`;
  }

  #draw(surface: Surface): Drawn {
    const none = { at: [], train: [], validation: [], smoothTrain: [], smoothValidation: [] };
    const frame = drawLosses(surface, {
      columns: none,
      log: true,
      marks: { best: undefined, stop: undefined, changes: [], training: '', validation: '' },
      overlays: this.overlays,
      title: this.trained ? runTableText().trainingLoss : runTableText().validationLoss,
      time: text.common.epoch,
      end: Math.max(1, ...this.overlays.map(({ loss }) => loss.at.at(-1) ?? 0)),
    });
    return { frame, readings: overlayReadings(frame, this.overlays, text.common.epoch) };
  }

  #facts(): TemplateResult {
    const runs = this.rows.flatMap((row) => row.runs);
    const columns = columnsOf(runs, false);
    const tables = new Set(runs.map(({ table }) => table.key)).size > 1;
    const line = (label: string, words: (row: Row) => string, title = '') => html`<tr>
      <th scope="row" title=${title || nothing}>${label}</th>
      ${this.rows.map((row) => html`<td>${words(row)}</td>`)}
    </tr>`;
    return html`<div class="scroller" role="region" tabindex="0" aria-label=${runTableText().scoresAndSettings}>
      <table>
        <caption class="unseen">
          ${runTableText().scoresAndSettings}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${this.names.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${tables ? line(runTableText().table, ({ runs: [run] }) => run.table.name) : nothing}
          ${runs.some(({ state: now }) => stateWords(now)) ? line(runTableText().state, ({ runs: [run] }) => stateWords(run.state)) : nothing}
          ${columns.map(({ label, title, kind, words }: Column) => line(label, (row) => words(row) || (kind === 'setting' && !row.runs[0].fit ? text.common.off : ''), title))}
        </tbody>
      </table>
    </div>`;
  }

  #panel(row: Row, name: string): TemplateResult {
    const answer = this.answers.get(row.id);
    return html`<section aria-label=${runTableText().answers(name)}>
      <h3>${name}</h3>
      ${
        answer === undefined
          ? html`<p class="light small">${runTableText().loading}</p>`
          : 'why' in answer
            ? html`<p class="light small">${inLanguage(answer.why)}</p>`
            : this.#views(answer.views)
      }
    </section>`;
  }

  #views({ data, predictions, residuals }: StoredViews): TemplateResult {
    return html`<div class="picture">
        <lab-fit .data=${data} .predictions=${predictions}></lab-fit>
      </div>
      ${
        residuals
          ? html`<div class="picture">
              <lab-residuals .residuals=${residuals} .target=${data.targetLabel} .numbering=${data.numbering}></lab-residuals>
            </div>`
          : nothing
      }`;
  }

  async #load(asked: string, rows: Row[]): Promise<void> {
    this.answers = new Map();
    const pictures = await Promise.all(rows.map(({ runs }) => this.stored.pictures(runs.map(({ id }) => id))));
    if (asked !== this.#asked) return;
    this.trained = !pictures.flat().some((picture) => picture?.validation.some((loss) => loss !== null));
    this.overlays = rows.flatMap(({ id, runs: [run] }, slot) => {
      const { key } = run.table;
      const known = pictures[slot].filter((picture): picture is RunPicture => picture !== null);
      return overlayOf(id, this.names[slot], slot, basisOf(key, run.target, run.task, run.settings), known) ?? [];
    });
    for (const {
      id,
      runs: [run],
    } of rows) {
      const views = run.sweep
        ? runTableText().trialAnswers
        : run.fit
          ? runTableText().openToSee
          : await this.stored.views(run.id);
      if (asked !== this.#asked) return;
      const answer = isViews(views) ? { views } : { why: views ?? runTableText().modelNotKept };
      this.answers = new Map([...this.answers, [id, answer]]);
    }
  }
}

function isViews(answer: StoredViews | Said | undefined): answer is StoredViews {
  return typeof answer === 'object' && 'predictions' in answer;
}
