/** The training settings that everybody needs, and behind one disclosure all the others. */

import { consume } from '@lit/context';
import { css, html, nothing, type TemplateResult } from 'lit';
import { settingAt } from '../../spec/fields.ts';
import type { Said } from '../../util/errors.ts';
import { type DataController, tablesContext } from '../data/controller.ts';
import { groupLabel } from '../data/data-text.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { applies, type FormField, formFields, groupPaths } from '../shared/form.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { computed } from '../ui/observed.ts';
import { base, fields } from '../ui/styles/shared.ts';
import type { NamedColumn } from './lab-column-types.ts';

const firstPaths = [
  'trial.training.loss',
  'trial.training.optimizer.kind',
  'trial.training.optimizer.learning_rate',
  'trial.training.batch_size',
  'trial.training.epochs',
  'trial.training.seed',
];
/** Elsewhere on the page. */
const placedPaths = ['trial.model.hidden', 'trial.model.activation', 'trial.model.dropout', 'data.target'];

type Section = 'Network' | 'Optimizer' | 'Regularisation' | 'Learning-rate schedule' | 'Stopping' | 'Data' | 'More';

/** Behind the disclosure, in this order. A path may stand for all below it that no other group names. */
const sections: { title: Section; paths: string[] }[] = [
  {
    title: 'Network',
    paths: ['trial.model.embedding', 'trial.model.output_activation', 'trial.model.initializer', 'trial.model'],
  },
  {
    title: 'Optimizer',
    paths: [
      'trial.training.optimizer.momentum',
      'trial.training.optimizer.nesterov',
      'trial.training.optimizer.alpha',
      'trial.training.optimizer.betas',
      'trial.training.optimizer',
    ],
  },
  {
    title: 'Regularisation',
    paths: [
      'trial.training.optimizer.weight_decay',
      'trial.training.l1',
      'trial.training.l2',
      'trial.training.clip_norm',
      'trial.training.label_smoothing',
    ],
  },
  {
    title: 'Learning-rate schedule',
    paths: [
      'trial.training.schedule.kind',
      'trial.training.schedule.every',
      'trial.training.schedule.plateau',
      'trial.training.schedule.factor',
      'trial.training.schedule.flat',
      'trial.training.schedule',
      'trial.training.schedule.warmup',
    ],
  },
  { title: 'Stopping', paths: ['trial.training.early_stopping', 'trial.training.loss_plateau'] },
  { title: 'Data', paths: ['data.split', 'data.numeric', 'data.scaling', 'data', 'trial.training.shuffle'] },
  { title: 'More', paths: ['trial'] },
];

const others = formFields.filter(
  ({ path, field }) => !firstPaths.includes(path) && !placedPaths.includes(path) && !field.group,
);

/** The fields of each section, in the order of its paths; each field goes where it is named most exactly. */
const sectionFields: FormField[][] = sections.map(({ paths }) =>
  paths.flatMap((path) => others.filter((entry) => placeIn(entry.path) === path)),
);

function placeIn(path: string): string | undefined {
  const places = sections.flatMap(({ paths }) => paths).filter((place) => `${path}.`.startsWith(`${place}.`));
  return places.sort((one, other) => other.length - one.length)[0];
}

function titleOf(section: Section): string {
  return {
    Network: text.common.network,
    Optimizer: text.common.optimizer,
    Regularisation: text.settings.regularisation,
    'Learning-rate schedule': text.settings.learningRateSchedule,
    Stopping: text.settings.stopping,
    Data: text.common.data,
    More: text.common.more,
  }[section];
}

export class LabSettings extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  /** The open table's, with what each was taken for where the table has been looked at. */
  readonly #columns = computed((): readonly NamedColumn[] => {
    const known = this.tables.preview?.columns ?? [];
    return (this.trainer.data?.columns ?? []).map((name, index) =>
      known[index]?.name === name ? { name, guess: known[index].guess } : { name },
    );
  });

  static override styles = [
    base,
    fields,
    css`
      .head {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
      }
      .head label {
        display: flex;
        align-items: center;
        gap: 6px;
        font: var(--label);
        color: var(--ink-light);
      }
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
      section {
        margin-top: 16px;
      }
      h3 {
        margin-bottom: 2px;
        font: var(--text);
        font-weight: 600;
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
    const { atOnce, controls } = this.trainer;
    const { form, changes } = controls;
    const inside = (path: string) =>
      groupPaths.some((group) => path.startsWith(group)) ||
      path === 'data.split' ||
      others.some((entry) => entry.path === path);
    const mark = [...form.problems.keys()].some(inside) ? 'wrong' : [...changes].some(inside) ? 'changed' : '';
    return html`
      <div class="head">
        <h2>${text.common.trainingHeading}</h2>
        <label title=${text.settings.atOnceHelp}>
          <input
            type="checkbox"
            .checked=${atOnce.on}
            @change=${(event: Event) => atOnce.switch((event.target as HTMLInputElement).checked)}
          />
          ${text.settings.atOnce}
        </label>
      </div>
      ${this.#fields(firstPaths.map((path) => formFields.find((entry) => entry.path === path) as FormField))}
      <details class=${mark}>
        <summary>${text.settings.moreSettings}</summary>
        ${sections.map((_, index) => this.#section(index))}
      </details>
    `;
  }

  #section(index: number): TemplateResult | typeof nothing {
    const { title, paths } = sections[index];
    const entries = sectionFields[index].filter((entry) => applies(this.trainer.controls.form, entry));
    const groups = groupPaths.filter((path) => paths.includes(path));
    if (entries.length === 0 && groups.length === 0) return nothing;
    const problem = paths.includes('data.split') ? this.#splitProblem() : '';
    return html`<section aria-labelledby="section-${index}">
      <h3 id="section-${index}">${titleOf(title)}</h3>
      ${this.#fields(entries)} ${groups.map((path) => this.#group(path as `trial.${string}`))}
      <p class="problem" role="alert" ?hidden=${!problem}>${inLanguage(problem)}</p>
    </section>`;
  }

  #fields(entries: FormField[]): TemplateResult {
    return html`<lab-fields
      .entries=${entries}
      .columns=${this.#columns()}
    ></lab-fields>`;
  }

  #group(path: `trial.${string}`): TemplateResult {
    const { controls } = this.trainer;
    const on = Boolean(settingAt(controls.form, path));
    const inside = formFields.filter(({ field }) => `trial.${field.group}` === path);
    const look = ({ type }: Event) => emit(this, 'setting-look', { path, passing: type === 'pointerenter' });
    const switched = (event: Event) => {
      controls.switchGroup(path, (event.target as HTMLInputElement).checked);
    };
    return html`<div>
      <label class="switch" @focusin=${look} @pointerenter=${look} @click=${look}><input type="checkbox" .checked=${on} @change=${switched} /> ${groupLabel(path)}
        <span class="mark" role="img" aria-label=${text.common.notInRunYet} title=${text.common.notInRunYet} ?hidden=${!controls.changes.has(path)}></span></label>
      <div class="inside" ?hidden=${!on}>${this.#fields(inside)}</div>
    </div>`;
  }

  #splitProblem(): Said {
    return this.trainer.controls.form.problems.get('data.split') ?? '';
  }
}
