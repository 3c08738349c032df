/** What came of it: the number that matters, all metrics, how the run ended, what trained it, and files to take away. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Notice } from '../../data/table/notices.ts';
import type { EpochMetrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import type { Outcome } from '../../train/trainer.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { RunView } from '../protocol/messages.ts';
import { count, duration, figure } from '../shared/format.ts';
import { headlineOf, scoreAt } from '../shared/scores.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { endInWords, recoveryAction, recoveryInWords, takeRecoveryAction } from '../trainer/status-text.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementEventMap {
    /** The trained network as .safetensors. */
    'download-model': CustomEvent<undefined>;
    /** In a format that the person chooses. */
    'export-model': CustomEvent<undefined>;
    /** The epochs as CSV. */
    'download-history': CustomEvent<undefined>;
    /** The run as a page of its own. */
    'download-report': CustomEvent<undefined>;
  }
}

export class LabResults extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    buttons,
    css`
      section + section {
        margin-top: 28px;
      }
      .headline {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
        margin-top: 4px;
      }
      .display {
        font: var(--display);
        letter-spacing: -0.02em;
        flex: none;
        min-width: 152px;
      }
      @media (max-width: 1200px) and (min-width: 900px) {
        .beside {
          flex-basis: 100%;
        }
      }
      .beside {
        white-space: nowrap;
        color: var(--ink-light);
      }
      .validation {
        color: var(--validation-text);
      }
      /* Two lines, as most ends take, so that nothing below moves then. */
      .outcome {
        min-height: 40px;
        margin-top: 8px;
      }
      .outcome.diverged,
      .outcome.failed {
        padding-left: 12px;
        border-left: 3px solid var(--error);
        color: var(--error-text);
      }
      .outcome p + p {
        margin-top: 4px;
      }
      .outcome button {
        margin-top: 8px;
        border-color: var(--error-text);
        color: var(--error-text);
      }
      lab-notices {
        margin-top: 8px;
      }
      p {
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 16px;
        margin-top: 8px;
      }
      dt {
        color: var(--ink-light);
      }
      dd {
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      .why {
        margin-top: 8px;
      }
      .files {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 12px;
      }
      .files button {
        gap: 4px;
        padding: 4px 8px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<section>${this.#headline()} ${this.#outcome()}</section>
      <section>${this.#metrics()}</section>
      ${this.trainer.run ? html`<section>${this.#about(this.trainer.run)}</section>` : nothing}
      <section>${this.#files()}</section>`;
  }

  #headline(): TemplateResult {
    const set = this.#set();
    const baseline = this.trainer.run?.data.baseline[set];
    const task = this.trainer.run?.data.task ?? 'regression';
    const first = headlineOf(task, this.trainer.run?.data.baseline.train, this.#now());
    const value = scoreAt(this.#now(), first);
    const verdict = this.trainer.latest?.verdict ?? [];
    return html`
      <h2>${text.common.results}</h2>
      ${this.#notices(this.trainer.run?.data.notices.filter(({ severity }) => severity === 'critical') ?? [])}
      <div class="headline number">
        <span class="display" id="headline">${figure(value)}</span>
        <span class="beside">${text.results.baselineScore(figure(scoreAt(baseline, first)))}</span>
      </div>
      <p class="small">
        <span class=${set}>
          ${set === 'train' ? text.common.trainingMetric(first.label) : text.common.validationMetric(first.label)}
        </span>
        <span class="light">
          ${this.trainer.run ? words(task, this.trainer.run.data.targetLabel) : ''}
        </span>
      </p>
      <div id="run-verdict" ?hidden=${verdict.length === 0}>
        <lab-notices ranked .notices=${verdict} .most=${2}></lab-notices>
      </div>
    `;
  }

  /** Validation where there are such rows. */
  #set(): 'validation' | 'train' {
    return this.trainer.run && this.trainer.run.data.sets.validation === 0 ? 'train' : 'validation';
  }

  #now(): EpochMetrics | null | undefined {
    return this.trainer.latest?.metrics
      ? this.trainer.latest.metrics[this.#set()]
      : this.trainer.history.last?.validation;
  }

  #outcome(): TemplateResult {
    return html`<div class="outcome ${this.trainer.state}">
      <p id="outcome">${this.#words()}</p>
      ${this.trainer.recovered ? html`<p id="recovered" class="small light">${recoveryInWords(this.trainer.recovered)}</p>` : nothing}
      ${this.trainer.notKept ? html`<p id="not-kept" class="small">${text.results.notKept}</p>` : nothing}
      ${
        recoveryAction(this.trainer)
          ? html`<button
              type="button"
              @click=${() => takeRecoveryAction(this.trainer)}
            >
              ${recoveryAction(this.trainer)}
            </button>`
          : nothing
      }
    </div>`;
  }

  #notices(notices: readonly Notice[]): TemplateResult | typeof nothing {
    if (notices.length === 0) return nothing;
    return html`<lab-notices .notices=${notices}></lab-notices>`;
  }

  #words(): string {
    const epoch = this.trainer.history.last?.number ?? 0;
    switch (this.trainer.state) {
      case 'loading':
        return text.results.notTrainedYet;
      case 'ready':
        return this.trainer.run?.data.picture.kind === 'curve' ? text.results.initialCurve : text.results.notTrainedYet;
      case 'running':
        return text.common.isTraining;
      case 'paused':
        return text.common.isPausedAfterEpoch(count(epoch));
      case 'failed':
        return this.trainer.failure ? inLanguage(this.trainer.failure) : text.common.runFailed;
      default:
        return endInWords(this.trainer.latest);
    }
  }

  #metrics(): TemplateResult {
    const final = this.trainer.latest?.metrics;
    return html`<lab-metrics
      .task=${this.trainer.run?.data.task ?? 'regression'}
      .train=${final?.train ?? null}
      .validation=${final ? final.validation : (this.trainer.history.last?.validation ?? null)}
      .test=${final?.test ?? null}
      .baseline=${this.trainer.run?.data.baseline ?? null}
      ?ended=${!!final}
    ></lab-metrics>`;
  }

  #about(run: RunView): TemplateResult {
    const { engine, parameters } = run;
    const outcome = this.trainer.latest?.outcome;
    const best = outcome
      ? this.trainer.history.bestOf(outcome)
      : this.trainer.history.epochs[this.trainer.history.best];
    const byHand = engine.choice === engine.kind || engine.choice === 'reproducible';
    const kinds = { webgpu: 'WebGPU', cpu: 'CPU', reference: text.results.reference };
    return html`
      <dl>
        <dt>${text.results.bestEpoch}</dt>
        <dd id="best">${best ? bestWords(best, outcome) : '–'}</dd>
        <dt>${text.results.trainingTime}</dt>
        <dd>${duration(this.trainer.latest?.seconds ?? 0)}</dd>
        <dt>${text.results.parameters}</dt>
        <dd>${count(parameters)}</dd>
        <dt>${text.common.engine}</dt>
        <dd id="engine">
          ${text.results.engineAndPlan({ engine: kinds[engine.kind], plan: engine.plan })}${engine.software ? html`, <strong>${text.results.softwareAdapter}</strong>` : ''}
        </dd>
        <dt>${text.results.adapter}</dt>
        <dd>${engine.adapter}</dd>
      </dl>
      ${
        // It is said above where it went on on the CPU.
        this.trainer.recovered?.moved
          ? nothing
          : html`<p class="why small light">${byHand ? text.results.chosenByHand : sentence(inLanguage(engine.why))}</p>`
      }
    `;
  }

  #files(): TemplateResult {
    const nothingYet = !this.trainer.run || this.trainer.state === 'loading' || this.trainer.state === 'failed';
    const file = (
      words: string,
      whole: string,
      name: 'download-model' | 'download-history' | 'download-report',
      disabled: boolean,
    ) =>
      html`<button type="button" aria-label=${whole} title=${whole} ?disabled=${disabled} @click=${() => emit(this, name)}>
        ${icon('save')} ${words}
      </button>`;
    return html`
      <div class="files">
        ${file(text.common.model, text.results.downloadModel, 'download-model', nothingYet)}
        ${file(text.results.history, text.results.downloadHistory, 'download-history', !this.trainer.history.last)}
        ${file(text.results.report, text.results.downloadReport, 'download-report', nothingYet || !this.trainer.history.last)}
        <button type="button" ?disabled=${nothingYet} @click=${() => emit(this, 'export-model')}>${text.common.exportModel}</button>
      </div>
    `;
  }
}

/** With the epoch whose parameters are kept, once the run has ended: metrics and views are of that one. */
function bestWords(best: number, outcome: Outcome | null | undefined): string {
  if (!outcome) return count(best);
  const kept = outcome.kept_epoch;
  return kept === best
    ? text.results.weightsKept(count(best))
    : text.results.weightsKeptOf({ best: count(best), kept: count(kept) });
}

function words(task: Task, target: string): string {
  return task === 'regression' ? text.results.unitsAndBaseline(target) : text.results.classesAndBaseline(target);
}

/** An engine gives its reason as a clause. */
function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1).replace(/\.$/, '')}.`;
}
