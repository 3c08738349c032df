/** Puts a sweep together: what varies, how often each combination is trained, and what that comes to. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Field } from '../../spec/fields.ts';
import type { Trial } from '../../spec/settings.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { inLanguage, labelOf } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { count, roughDuration } from '../shared/format.ts';
import { emit } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';
import { firstDraws, type SweepDraft, variableFields } from './draft.ts';
import type { SweepCommand, SweepView } from './view.ts';

export class LabSweepSettings extends LitElement {
  @property({ attribute: false }) view!: SweepView;
  /** What all trials share. */
  @property({ attribute: false }) trial!: Trial;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset:disabled {
        opacity: 0.55;
      }
      .add {
        margin: 4px 0 12px;
      }
      .numbers {
        padding-top: 8px;
        border-top: 1px solid var(--hairline);
      }
      .row input[type='text'] {
        width: 76px;
      }
      .halving {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
      }
      .halving label {
        flex: 1;
      }
      .sum {
        margin: 12px 0;
        min-height: 84px;
      }
      .sum strong {
        font-weight: 600;
      }
      .train {
        width: 100%;
        min-height: 36px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { state, draft, problem, file, command } = this.view;
    const busy = state === 'starting' || state === 'training' || state === 'stopping';
    const about = (where: string) => (problem?.where === where ? problem.words : '');
    const own = draft.varied.some(({ path }) => path === problem?.where) ? problem?.where : undefined;
    return html`
      <fieldset ?disabled=${busy}>
        <legend class="unseen">${sweepText().whatItTries}</legend>
        <p class="small light">${sweepText().settingsOfForm}</p>
        ${this.#tried(draft)}
        ${this.#adder(draft)}
        ${repeat(
          draft.varied,
          ({ path }) => path,
          (variation) => html`<lab-vary
              .variation=${variation}
              .problem=${about(variation.path)}
              ?drawn=${draft.draws !== undefined}
            ></lab-vary>`,
        )}
        <div class="numbers">
          ${this.#number('seeds', draft.seeds, sweepText().seedsLabel, sweepText().seedsHelp, (seeds) => ({ seeds }))}
          ${this.#number('folds', draft.folds, sweepText().foldsLabel, sweepText().foldsHelp, (folds) => ({ folds }))}
          ${this.#halving(draft)}
        </div>
      </fieldset>
      <div class="sum">
        ${problem && !own ? html`<p class="problem" id="sweep-problem" role="alert">${inLanguage(problem.words)}</p>` : this.#sum(this.view.plan)}
      </div>
      ${this.#button(busy)}
      ${file ? html`<lab-sweep-file .file=${file} .command=${command}></lab-sweep-file>` : nothing}
    `;
  }

  #adder(draft: SweepDraft): TemplateResult {
    const groups = new Map<string, Field[]>();
    for (const field of variableFields(this.trial, draft)) {
      const group = groupOf(field.path);
      groups.set(group, [...(groups.get(group) ?? []), field]);
    }
    return html`<select class="add" aria-label=${sweepText().varySetting} @change=${this.#add}>
      <option value="">${sweepText().varySettingOption}</option>
      ${[...groups].map(
        ([group, members]) =>
          html`<optgroup label=${group}>
            ${members.map((field) => html`<option value=${field.path}>${labelOf(field, 'trial')}</option>`)}
          </optgroup>`,
      )}
    </select>`;
  }

  /** Every combination, or so many random draws. */
  #tried({ draws }: SweepDraft): TemplateResult {
    const number = (name: 'samples' | 'seed', label: string, help: string) =>
      draws && this.#number(name, draws[name], label, help, (value) => ({ draws: { ...draws, [name]: value } }));
    return html`<div class="row">
        <label for="tried">${sweepText().tried}</label>
        <select
          id="tried"
          @change=${(event: Event) =>
            this.#draft({ draws: (event.target as HTMLSelectElement).value === 'draws' ? firstDraws : undefined })}
        >
          <option value="grid" ?selected=${!draws}>${sweepText().everyCombination}</option>
          <option value="draws" ?selected=${!!draws}>${sweepText().randomDraws}</option>
        </select>
      </div>
      ${number('samples', sweepText().samplesLabel, sweepText().samplesHelp)}
      ${number('seed', sweepText().drawSeedLabel, sweepText().drawSeedHelp)}`;
  }

  #number(
    name: 'seeds' | 'folds' | 'samples' | 'seed',
    value: string,
    label: string,
    help: string,
    changes: (value: string) => Partial<SweepDraft>,
  ): TemplateResult {
    const { problem } = this.view;
    return html`<div class="row">
      <label for=${name} title=${help}>${label}</label>
      <input
        id=${name}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        title=${help}
        aria-invalid=${problem?.where === name ? 'true' : 'false'}
        .value=${value}
        @change=${(event: Event) => this.#draft(changes((event.target as HTMLInputElement).value))}
      />
    </div>`;
  }

  #halving({ halving }: SweepDraft): TemplateResult {
    const input = (name: 'first' | 'factor', label: string) => html`<div class="row">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        .value=${halving?.[name] ?? ''}
        @change=${(event: Event) =>
          halving && this.#draft({ halving: { ...halving, [name]: (event.target as HTMLInputElement).value } })}
      />
    </div>`;
    return html`<div class="halving">
        <input
          id="halving"
          type="checkbox"
          .checked=${halving !== undefined}
          @change=${(event: Event) =>
            this.#draft({
              halving: (event.target as HTMLInputElement).checked ? { first: '10', factor: '3' } : undefined,
            })}
        />
        <label for="halving" title=${sweepText().halvingHelp}>
          ${sweepText().halving}
        </label>
      </div>
      ${halving ? html`${input('first', sweepText().firstEpochs)} ${input('factor', sweepText().factor)}` : nothing}`;
  }

  #sum(plan: SweepPlan | undefined): TemplateResult {
    if (!plan) return html`<p class="light">…</p>`;
    const { cells, seeds, folds, parameters } = plan;
    const trials = cells.length * seeds.length * folds;
    const times = [
      this.#combinationWords(cells.length),
      seeds.length === 1 ? sweepText().oneSeed : text.common.seeds(count(seeds.length)),
      ...(folds > 1 ? [sweepText().folds(count(folds))] : []),
    ].join(' × ');
    const each =
      parameters.least === parameters.most
        ? count(parameters.least)
        : `${count(parameters.least)} – ${count(parameters.most)}`;
    return html`<p class="number" role="status">
        ${times} = <strong>${trials === 1 ? sweepText().oneTrial : sweepText().trials(count(trials))}</strong>
      </p>
      <p class="small light number">
        ${sweepText().size({ parameters: each, total: count(parameters.total), epochs: count(plan.epochs) })}
      </p>
      <p class="small light number pace">${this.#time()}</p>`;
  }

  #time(): string {
    const { estimate } = this.view;
    if (!estimate) return '';
    if (estimate === 'measuring') return sweepText().timeMeasured;
    const { seconds, at_most, engines } = estimate;
    const engine = engines.length > 1 ? sweepText().cpuAndGpu : sweepText().engines[engines[0]];
    return sweepText()[at_most ? 'timeAtMost' : 'timeAbout']({ time: roughDuration(seconds), engine });
  }

  #combinationWords(cells: number): string {
    const { draws, varied } = this.view.draft;
    if (draws && varied.length > 0) return cells === 1 ? sweepText().oneDraw : sweepText().draws(count(cells));
    return cells === 1 ? sweepText().oneCombination : sweepText().combinations(count(cells));
  }

  #button(busy: boolean): TemplateResult {
    const { state, plan, problem } = this.view;
    if (busy) {
      return html`<button class="train" type="button" ?disabled=${state !== 'training'} @click=${() => this.#say({ do: 'stop' })}>
        ${state === 'stopping' ? sweepText().stopping : sweepText().stop}
      </button>`;
    }
    return html`<button
      class="train primary"
      type="button"
      ?disabled=${!plan || !!problem}
      @click=${() => this.#say({ do: 'start' })}
    >
      ${icon('play')} ${sweepText().trainAll}
    </button>`;
  }

  /** Of what varies no more, to what can vary; of the button that began, to the one that ends. */
  focusAfter(gone: HTMLElement): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(gone.matches('.train') ? '.train' : '.add');
  }

  #add(event: Event): void {
    const select = event.target as HTMLSelectElement;
    if (select.value) this.#say({ do: 'vary', path: select.value });
    select.value = '';
  }

  #draft(changes: Partial<SweepDraft>): void {
    this.#say({ do: 'draft', draft: { ...this.view.draft, ...changes } });
  }

  #say(detail: SweepCommand): void {
    emit(this, 'sweep-command', detail);
  }
}

function groupOf(path: string): string {
  if (path.startsWith('model.')) return text.common.network;
  if (path.startsWith('training.optimizer.')) return text.common.optimizer;
  return path.startsWith('training.schedule.') ? sweepText().schedule : text.common.trainingHeading;
}
