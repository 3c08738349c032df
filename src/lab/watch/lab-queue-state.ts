/** The queue itself: its jobs, those that have failed, and its workers. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { QueueStatus, WorkerState } from '../../sweep/queue-status.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { inLanguage } from '../i18n/language.ts';
import { count, figure, roughDuration } from '../shared/format.ts';
import { base } from '../ui/styles/shared.ts';
import { commands } from './lab-watch.styles.ts';

export class LabQueueState extends LitElement {
  @property({ attribute: false }) status!: QueueStatus;
  /** Where it is. */
  @property() queue = '';

  static override styles = [
    base,
    commands,
    css`
      h3 {
        margin-top: 20px;
        font: var(--text);
        font-weight: 600;
      }
      p + p {
        margin-top: 4px;
      }
      ul {
        list-style: none;
      }
      li {
        padding: 8px 0;
        border-bottom: 1px solid var(--hairline);
      }
      li:last-child {
        border: 0;
      }
      .worker {
        display: flex;
        align-items: baseline;
        gap: 12px;
      }
      .worker > :first-child {
        flex: 1;
        min-width: 0;
      }
      li {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render(): TemplateResult {
    const { jobs, failures, workers, trials_per_second: rate, seconds_left: left } = this.status;
    const counts = {
      waiting: count(jobs.waiting + jobs.delayed),
      active: count(jobs.active),
      done: count(jobs.done),
      failed: count(jobs.failed),
    };
    return html`
      <h3>${watchText().jobs}</h3>
      <p class="number">${watchText().jobCounts(counts)}</p>
      <p class="small light number">
        ${left === null ? watchText().idle : left > 0 ? watchText().speedAndLeft({ rate: figure(rate), left: roughDuration(left) }) : nothing}
      </p>
      ${failures.length > 0 ? this.#failures() : nothing}
      <h3>${watchText().workers(count(workers.length))}</h3>
      ${workers.length > 0 ? this.#workers() : this.#noWorkers()}
    `;
  }

  #failures(): TemplateResult {
    return html`<h3>${watchText().failures}</h3>
      <ul>
        ${this.status.failures.map(
          ({ job, attempts, why }) => html`<li class="small">
            <span class="light">${watchText().failure({ job, attempts })}</span>
            <span class="problem">${inLanguage(why)}</span>
          </li>`,
        )}
      </ul>`;
  }

  #workers(): TemplateResult {
    const order = (a: WorkerState, b: WorkerState) => a.machine.localeCompare(b.machine) || a.pid - b.pid;
    return html`<ul>
      ${this.status.workers.toSorted(order).map((worker) => this.#worker(worker))}
    </ul>`;
  }

  #worker({ machine, engine, adapter, version, ...own }: WorkerState): TemplateResult {
    const jobs = {
      active: count(own.active),
      concurrency: count(own.concurrency),
      jobs: count(own.jobs),
      trials: count(own.trials),
    };
    return html`<li>
      <p class="worker">
        <span>${machine}</span>
        <span class="number">${watchText().perSecond(figure(own.trials_per_second))}</span>
      </p>
      <p class="small light">${engine}: ${adapter}</p>
      <p class="small light number">
        ${version === this.status.version ? watchText().workerJobs(jobs) : watchText().workerVersion(version)}
      </p>
    </li>`;
  }

  #noWorkers(): TemplateResult {
    return html`<p class="small">${watchText().noWorkers}</p>
      <code lang="en">npx perceptron-lab worker --queue ${this.queue}</code>`;
  }
}
