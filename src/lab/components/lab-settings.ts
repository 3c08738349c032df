/** The training settings that everybody needs, and behind one disclosure all the others. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { settingAt } from '../../spec/fields.ts';
import { type Form, type FormField, formFields, groupPaths, type LegalForm } from '../form.ts';
import { base, fields } from '../styles/shared.ts';

const firstPaths = [
  'trial.training.optimizer.kind',
  'trial.training.optimizer.learning_rate',
  'trial.training.optimizer.momentum',
  'trial.training.batch_size',
  'trial.training.epochs',
  'trial.training.seed',
];
/** Elsewhere on the page. */
const placedPaths = ['trial.model.hidden', 'trial.model.activation', 'data.target'];

const groupLabels: Record<string, string> = {
  'trial.training.early_stopping': 'Early stopping',
  'trial.training.loss_plateau': 'Loss plateau',
};

/** @event group-switch An optional group is switched on or off: `{ path, on }`. */
export type GroupSwitch = CustomEvent<{ path: `trial.${string}`; on: boolean }>;

export class LabSettings extends LitElement {
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();

  static override styles = [
    base,
    fields,
    css`
      details {
        margin-top: 8px;
      }
      summary {
        min-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
      .changed:not([open]) summary::after,
      .wrong:not([open]) summary::after {
        content: '';
        display: inline-block;
        width: 6px;
        height: 6px;
        margin-left: 8px;
        border-radius: 50%;
        background: var(--accent);
        vertical-align: 2px;
      }
      .wrong:not([open]) summary::after {
        background: var(--error);
      }
      .group {
        margin-top: 12px;
      }
      .switch {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        color: var(--ink);
      }
      .mark {
        width: 6px;
        height: 6px;
        border-radius: 50%;
        background: var(--accent);
      }
      .inside {
        padding-left: 12px;
        border-left: 1px solid var(--hairline);
      }
    `,
  ];

  override render(): TemplateResult {
    const others = formFields.filter(
      ({ path, field }) => !firstPaths.includes(path) && !placedPaths.includes(path) && !field.group,
    );
    const inside = (path: string) =>
      groupPaths.some((group) => path.startsWith(group)) ||
      path === 'data.split' ||
      others.some((entry) => entry.path === path);
    const mark = [...this.form.problems.keys()].some(inside)
      ? 'wrong'
      : [...this.changes].some(inside)
        ? 'changed'
        : '';
    return html`
      <h2>Training</h2>
      ${this.#fields(firstPaths.map((path) => formFields.find((entry) => entry.path === path) as FormField))}
      <details class=${mark}>
        <summary>More settings</summary>
        ${this.#fields(others.filter(({ path }) => path.startsWith('trial.')))}
        ${groupPaths.map((path) => this.#group(path as `trial.${string}`))}
        <div class="group">
          ${this.#fields(others.filter(({ path }) => path.startsWith('data.')))}
          <p class="problem" role="alert" ?hidden=${!this.#splitProblem()}>${this.#splitProblem()}</p>
        </div>
      </details>
    `;
  }

  #fields(entries: FormField[]): TemplateResult {
    return html`<lab-fields
      .entries=${entries}
      .form=${this.form}
      .applied=${this.applied}
      .changes=${this.changes}
    ></lab-fields>`;
  }

  #group(path: `trial.${string}`): TemplateResult {
    const on = settingAt(this.form, path) !== undefined;
    const inside = formFields.filter(({ field }) => `trial.${field.group}` === path);
    const switched = (event: Event) => {
      const detail = { path, on: (event.target as HTMLInputElement).checked };
      this.dispatchEvent(new CustomEvent('group-switch', { detail, bubbles: true, composed: true }));
    };
    return html`<div class="group">
      <label class="switch"><input type="checkbox" .checked=${on} @change=${switched} /> ${groupLabels[path]}
        <span class="mark" title="Not in the run yet" ?hidden=${!this.changes.has(path)}></span></label>
      <div class="inside" ?hidden=${!on}>${this.#fields(inside)}</div>
    </div>`;
  }

  #splitProblem(): string {
    return this.form.problems.get('data.split') ?? '';
  }
}
