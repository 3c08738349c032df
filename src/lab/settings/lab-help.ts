/**
 * What a setting does, at the foot of the settings: of the one that has the focus, the pointer, or whose name was tapped.
 * A place of its own, so that nothing moves and nothing is covered while settings are explored.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { settingAt } from '../../spec/fields.ts';
import type { Said } from '../../util/errors.ts';
import { helpOf, inLanguage, labelOf, unitOf } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { type Form, type FormField, formFields, valueAt } from '../shared/form.ts';
import { typed } from '../shared/format.ts';
import type { EventOf } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { defaultWords, effectWords, rangeWords } from './field-facts.ts';

export class LabHelp extends LitElement {
  @property({ attribute: false }) form!: Form;
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();
  /** Why the run could not take on changes as it trains, by path. */
  @property({ attribute: false }) refusals: ReadonlyMap<string, Said> = new Map();

  @state() private path: string | undefined;
  #around: HTMLElement | null = null;

  static override styles = [
    base,
    css`
      :host {
        position: relative;
        flex: none;
        height: 68px;
        font: var(--label);
      }
      /* Grows upwards where there is more to say. */
      div {
        position: absolute;
        inset: auto 0 0;
        min-height: 100%;
        padding: 7px 20px 8px;
        border-top: 1px solid var(--hairline);
        background: var(--paper);
      }
      strong {
        font-weight: 600;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#around = this.parentElement;
    this.#around?.addEventListener('setting-look', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#around?.removeEventListener('setting-look', this.#look);
  }

  override render(): TemplateResult {
    const entry = formFields.find(({ path }) => path === this.path);
    const other = entry || !this.path ? undefined : otherWords()[this.path];
    return html`<div>
      ${entry ? this.#of(entry) : other ? html`<p><strong>${other.label}</strong></p><p>${other.help}</p><p class="light">${text.settings.needsRestart}</p>` : html`<p class="light">${text.settings.pointAtSetting}</p>`}
    </div>`;
  }

  #of({ path, field }: FormField): TemplateResult {
    const part = path.startsWith('data.') ? 'data' : 'trial';
    const unit = unitOf(field, part);
    const kind = field.kindPath ? String(settingAt(this.form.trial, field.kindPath)) : undefined;
    const facts = [rangeWords(field), defaultWords(field, kind), effectWords(path)].filter((words) => words !== '');
    const had =
      this.applied && this.changes.has(path) ? typed(valueAt(this.applied, path)) || text.settings.nothing : '';
    return html`
      <p><strong>${labelOf(field, part)}</strong>${unit ? html` <span class="light">(${unit})</span>` : nothing}</p>
      <p>${helpOf(field, part)}.</p>
      <p class="light number">${facts.join(' · ')}</p>
      ${had ? html`<p class="light">${text.settings.runHas(had)} ${inLanguage(this.refusals.get(path) ?? '')}</p>` : nothing}
    `;
  }

  readonly #look = ({ detail }: EventOf<'setting-look'>): void => {
    this.path = detail.path;
  };
}

/** What is no setting of the schema by itself: the engine, and groups of settings that are switched on or off. */
function otherWords(): Record<string, { label: string; help: string }> {
  return {
    engine: { label: text.common.runOn, help: text.settings.engineHelp },
    'trial.training.early_stopping': {
      label: text.common.earlyStopping,
      help: text.settings.earlyStoppingHelp,
    },
    'trial.training.loss_plateau': {
      label: text.common.lossPlateau,
      help: text.settings.lossPlateauHelp,
    },
  };
}
