/** The search for the best model in the place of the single run: how good it is so far, and then what came of it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EngineKind } from '../../engine/engine.ts';
import type { FitProgress } from '../../fit/fit.ts';
import { chosenPercent, percent } from '../../util/words.ts';
import { fitText } from '../i18n/en/later/fit.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { FitEnd, FitFile } from '../protocol/fit.ts';
import { MetricRows, metricStyles } from '../run/metric-rows.ts';
import { count, duration, figure } from '../shared/format.ts';
import { scoreAt, suitedScoresOf } from '../shared/scores.ts';
import { copy } from '../ui/clipboard.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { bestModelStyles } from './lab-best-model.styles.ts';
import { comparedLabel, comparedScore, type FitCommand, type FitView, isBusy } from './view.ts';

const engineNames: Record<EngineKind, string> = { webgpu: 'WebGPU', cpu: 'CPU', reference: 'reference' };

export class LabBestModel extends LitElement {
  @property({ attribute: false }) view!: FitView;

  /** Whether the command is on the clipboard, or selected where there is none. */
  @state() private copied: boolean | undefined;

  readonly #rows = new MetricRows(this);

  static override styles = [base, buttons, metricStyles, bestModelStyles];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get('view') as FitView | undefined;
    if (before && before.end !== this.view.end) this.copied = undefined;
  }

  override render(): TemplateResult {
    const { view } = this;
    const { end, progress, failure, target, table } = view;
    const known = end ?? progress.at(-1);
    return html`
      <header class="head">
        <h2>${fitText().title(target)}</h2>
        <p class="light small">${table}</p>
      </header>
      <p class="problem" role="alert" ?hidden=${!failure}>${inLanguage(failure)}</p>
      ${known ? this.#score(known) : this.#nothingYet()}
      ${end ? this.#verdict(end) : nothing}
      ${known ? this.#scores(known) : nothing}
      <div class="charts ${end ? 'two' : ''}" ?hidden=${!known && !isBusy(view)}>
        ${end ? html`<lab-held-out .end=${end} .target=${target}></lab-held-out>` : nothing}
        <lab-score-curve
          .progress=${progress}
          .task=${view.task}
          .seconds=${end ? end.seconds : view.seconds}
        ></lab-score-curve>
      </div>
      ${end ? this.#after() : nothing}
    `;
  }

  #nothingYet(): TemplateResult | typeof nothing {
    return isBusy(this.view) ? html`<p class="light standing">${fitText().preparing}</p>` : nothing;
  }

  #score(known: FitProgress | FitEnd): TemplateResult {
    const { task, end } = this.view;
    const metric = comparedLabel(task);
    return html`<div>
      <div class="headline number">
        <span class="display" id="best-score">${figure(comparedScore(known.metrics))}</span>
        <span class="light">
          ${fitText().beside({ linear: figure(comparedScore(known.linear)), baseline: figure(comparedScore(known.baseline)) })}
        </span>
      </div>
      <p class="small">
        <span class="held-out">${end ? fitText().heldOut(metric) : fitText().soFar(metric)}</span>
        <span class="light">${end ? nothing : fitText().soFarHelp}</span>
      </p>
      ${end ? nothing : html`<p class="light small number">${this.#trained(known)}</p>`}
    </div>`;
  }

  #trained({ networks, members }: FitProgress | FitEnd): string {
    return fitText().trained({ networks: count(networks), members: count(members) });
  }

  #verdict(end: FitEnd): TemplateResult {
    const [first, ...others] = end.verdict;
    const done = fitText().done({
      networks: count(end.networks),
      members: count(end.members),
      time: duration(end.seconds),
      engine: engineNames[end.engine.kind],
    });
    const [score] = suitedScoresOf(this.view.task, end.baseline);
    return html`<div class="verdict number">
      ${first ? html`<p id="verdict">${inLanguage(first)}</p>` : nothing}
      ${
        end.coverage
          ? html`<p id="coverage">
              ${fitText().coverage({ level: chosenPercent(end.coverage.level), share: percent(end.coverage.share), rows: count(end.rows) })}
            </p>`
          : nothing
      }
      ${
        end.test
          ? html`<p>
              ${fitText().test({ rows: count(end.test.rows), metric: score.label, score: figure(scoreAt(end.test.metrics, score)) })}
            </p>`
          : nothing
      }
      <lab-notices .notices=${[...others, ...end.notices]} .most=${2}></lab-notices>
      <p class="light small" id="done">${end.interrupted ? fitText().endedByHand(done) : done}</p>
    </div>`;
  }

  #scores({ metrics, linear, baseline }: FitProgress | FitEnd): TemplateResult {
    const cells = [metrics, linear, baseline];
    return html`<table title=${fitText().heldOutHelp}>
      <caption class="unseen">
        ${fitText().scores}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="own">${fitText().model}</th>
          <th scope="col" title=${fitText().linearTitle}>${fitText().linear}</th>
          <th scope="col" title=${fitText().baselineTitle}>${fitText().baseline}</th>
        </tr>
      </thead>
      <tbody>
        ${suitedScoresOf(this.view.task, baseline).map((score) =>
          this.#rows.row(
            score,
            cells.map(
              (of, index) => html`<td class=${index === 0 ? '' : 'light'}>${figure(rounded(scoreAt(of, score)))}</td>`,
            ),
            cells.length,
          ),
        )}
      </tbody>
    </table>`;
  }

  #after(): TemplateResult {
    const { gone, command, kept } = this.view;
    if (gone) return html`<p class="light">${fitText().gone}</p>`;
    return html`
      <div class="files" role="group" aria-label=${fitText().files}>
        <button type="button" @click=${() => this.#say({ do: 'predict' })}>${fitText().predict}</button>
        ${this.#file('model.safetensors', fitText().downloadModel)}
        <button type="button" @click=${() => this.#say({ do: 'export' })}>${text.common.exportModel}</button>
        ${kept ? nothing : html`${this.#file('fit.json', fitText().downloadPlan)} ${this.#file('report.html', fitText().downloadReport)}`}
      </div>
      <p class="light small">${kept ? fitText().keptModel : fitText().keptWithRuns}</p>
      <slot></slot>
      ${kept ? nothing : this.#command(command)}
    `;
  }

  #command(command: string): TemplateResult {
    return html`
      <details>
        <summary>${fitText().onCommandLine}</summary>
        <p class="small light">${fitText().sameNumbers}</p>
        <pre id="command" tabindex="0">${command}</pre>
        <button class="quiet small" type="button" @click=${this.#copy}>${fitText().copyCommand}</button>
        <span class="small light" role="status">
          ${this.copied === undefined ? '' : this.copied ? fitText().copied : fitText().selectedToCopy}
        </span>
      </details>
    `;
  }

  #file(name: FitFile, title: string): TemplateResult {
    return html`<button type="button" title=${title} @click=${() => this.#say({ do: 'save', name })}>
      ${icon('save')} ${name}
    </button>`;
  }

  async #copy(): Promise<void> {
    this.copied = await copy(this.view.command, this.renderRoot.querySelector('#command'));
  }

  #say(detail: FitCommand): void {
    emit(this, 'fit-command', detail);
  }
}

/** R² of always answering with the mean is 0 but for rounding. */
function rounded(value: number | undefined): number | undefined {
  return value !== undefined && Math.abs(value) < 1e-9 ? 0 : value;
}
