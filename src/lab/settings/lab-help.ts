/**
 * What a setting does, at the foot of the settings: of the one that has the focus, the pointer, or whose name was tapped.
 * A place of its own, so that nothing moves and nothing is covered while settings are explored.
 */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { settingAt } from '../../spec/fields.ts';
import { helpOf, inLanguage, labelOf, unitOf } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { type FormField, formFields, valueAt } from '../shared/form.ts';
import { typed } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import type { EventOf } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { type LessonName, lessonLink } from '../ui/lesson-link.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import { defaultWords, effectWords, rangeWords, usualWords } from './field-facts.ts';

/** Where a setting can be seen at work. */
const lessons: Partial<Record<string, LessonName>> = {
  'trial.model.hidden': 'xor',
  'trial.model.activation': 'activations',
  'trial.model.initializer': 'gradients',
  'trial.training.loss': 'or',
  'trial.training.optimizer.kind': 'optimizers',
  'trial.training.optimizer.learning_rate': 'optimizers',
  'trial.training.optimizer.momentum': 'optimizers',
  'trial.training.batch_size': 'batches',
};

/** A pointer that only passes over settings, on its way to a lesson, asks about none of them. */
const restMilliseconds = 120;

export class LabHelp extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  @state() private path: string | undefined;
  #around: HTMLElement | null = null;
  #resting: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    buttons,
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
        padding: 8px 20px 8px;
        border-top: 1px solid var(--hairline);
        background: var(--paper);
      }
      strong {
        font-weight: 600;
      }
      .head {
        display: flex;
        gap: 4px;
      }
      button.lesson {
        margin: -4px -8px -4px auto;
        padding: 4px 8px;
        color: var(--accent);
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
    this.#stay();
  }

  override render(): TemplateResult {
    const entry = formFields.find(({ path }) => path === this.path);
    const other = entry || !this.path ? undefined : otherWords()[this.path];
    return html`<div @pointerenter=${this.#stay}>
      ${entry ? this.#of(entry) : other ? html`<p><strong>${other.label}</strong></p><p>${other.help}</p><p class="light">${text.settings.needsRestart}</p>` : html`<p class="light">${text.settings.pointAtSetting}</p>`}
    </div>`;
  }

  #of({ path, field }: FormField): TemplateResult {
    const { applied, controls } = this.trainer;
    const { form, changes, live } = controls;
    const part = path.startsWith('data.') ? 'data' : 'trial';
    const unit = unitOf(field, part);
    const kind = field.kindPath ? String(settingAt(form.trial, field.kindPath)) : undefined;
    const facts = [rangeWords(field), usualWords(field), defaultWords(field, kind), effectWords(path)].filter(
      (words) => words !== '',
    );
    const lesson = lessons[path];
    const had = applied && changes.has(path) ? typed(valueAt(applied, path)) || text.settings.nothing : '';
    return html`
      <p class="head">
        <span><strong>${labelOf(field, part)}</strong>${unit ? html` <span class="light">(${unit})</span>` : nothing}</span>
        ${lesson ? lessonLink(lesson) : nothing}
      </p>
      <p>${helpOf(field, part)}.</p>
      <p class="light number">${facts.join(' · ')}</p>
      ${had ? html`<p class="light">${text.settings.runHas(had)} ${inLanguage(live.refusals.get(path) ?? '')}</p>` : nothing}
    `;
  }

  readonly #look = ({ detail: { path, passing } }: EventOf<'setting-look'>): void => {
    this.#stay();
    if (!passing) this.path = path;
    else
      this.#resting = setTimeout(() => {
        this.path = path;
      }, restMilliseconds);
  };

  readonly #stay = (): void => clearTimeout(this.#resting);
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
