/** What a metric says, in which unit, which values are good, and the lesson that shows it. Loaded when one is first asked about. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { metricFacts } from '../../spec/metric-facts.ts';
import { type MetricKey, metricHelpText } from '../i18n/en/later/metric-help.ts';
import { defineOnce } from '../ui/define-once.ts';
import { type LessonName, lessonLink } from '../ui/lesson-link.ts';
import { base, buttons } from '../ui/styles/shared.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-metric-help': LabMetricHelp;
  }
}

const lessons: Partial<Record<MetricKey, LessonName>> = { accuracy: 'xor', log_loss: 'or' };

export class LabMetricHelp extends LitElement {
  @property() metric: MetricKey = 'rmse';

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: 0 0 8px;
        font: var(--label);
        text-align: left;
      }
      button.lesson {
        margin-left: -8px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { what, good } = metricHelpText()[this.metric];
    const lesson = lessons[this.metric];
    return html`<p>${what}</p>
      <p class="light">${[unitOf(this.metric), good].filter(Boolean).join('. ')}</p>
      ${lesson ? lessonLink(lesson) : nothing}`;
  }
}

function unitOf(metric: MetricKey): string {
  const help = metricHelpText();
  const own = help[metric];
  const words =
    'unit' in own
      ? own.unit
      : metric === 'mse'
        ? help.ofSquare
        : metric === 'log_loss'
          ? help.nats
          : metricFacts[metric]?.range[1] === 1
            ? help.share
            : metricFacts[metric]
              ? help.ofTarget
              : '';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export function defineMetricHelp(): void {
  defineOnce('lab-metric-help', LabMetricHelp);
}
