/** What does the sums: a choice, and in words what this browser can do. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { EngineChoice, GpuPresence } from '../protocol/messages.ts';
import { engineChoices } from '../shared/form.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base, fields } from '../ui/styles/shared.ts';

const nameOf = (choice: (typeof engineChoices)[number]) =>
  ({ auto: 'auto', webgpu: 'WebGPU', cpu: 'CPU', reproducible: text.run.reproducible })[choice];

function presenceWords(presence: GpuPresence): string {
  if (presence === 'no-adapter') {
    return text.run.noAdapter;
  }
  return presence === 'absent' ? text.run.noWebGPU : '';
}

/** Where a run has the same bits again. */
function sameBits(choice: EngineChoice): string {
  const { sameBits } = text.run;
  return choice === 'reference' ? '' : sameBits[choice];
}

export class LabEngine extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  static override styles = [
    base,
    fields,
    css`
      label.changed {
        color: var(--ink);
      }
      .mark {
        display: inline-block;
        width: 6px;
        height: 6px;
        margin-left: 8px;
        border-radius: 50%;
        background: var(--accent);
        vertical-align: 2px;
      }
      p {
        margin-top: 2px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { worker, controls } = this.trainer;
    const { form, changes } = controls;
    const words = worker.presence ? presenceWords(worker.presence) : '';
    const problem = form.problems.get('engine') ?? '';
    const changed = changes.has('engine');
    return html`
      <h2>${text.common.engine}</h2>
      <div class="row" @focusin=${this.#look} @pointerenter=${this.#look} @click=${this.#look}>
        <div>
          <label for="engine" class=${changed ? 'changed' : ''}>${text.common.runOn}</label>
          <span class="mark" title=${text.common.notInRunYet} ?hidden=${!changed}></span>
        </div>
        <select
          id="engine"
          aria-describedby="bits presence problem"
          aria-invalid=${problem ? 'true' : 'false'}
          @change=${this.#chosen}
        >
          ${engineChoices.map((choice) => html`<option value=${choice}>${nameOf(choice)}</option>`)}
        </select>
      </div>
      <p class="small light" id="bits">${sameBits(form.engine)}</p>
      <p class="small light" id="presence" ?hidden=${!words}>${words}</p>
      <p class="problem" id="problem" role="alert" ?hidden=${!problem}>${inLanguage(problem)}</p>
    `;
  }

  override updated(): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = this.trainer.controls.form.engine;
  }

  #look({ type }: Event): void {
    emit(this, 'setting-look', { path: 'engine', passing: type === 'pointerenter' });
  }

  #chosen(event: Event): void {
    this.trainer.controls.change('engine', (event.target as HTMLSelectElement).value);
  }
}
