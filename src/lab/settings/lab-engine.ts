/** What does the sums: a choice, and in words what this browser can do. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Said } from '../../util/errors.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { EngineChoice, GpuPresence } from '../protocol/messages.ts';
import { engineChoices } from '../shared/form.ts';
import { emit } from '../ui/emit.ts';
import { base, fields } from '../ui/styles/shared.ts';

const names: Record<string, string> = { auto: 'auto', webgpu: 'WebGPU', cpu: 'CPU' };

function presenceWords(presence: GpuPresence): string {
  if (presence === 'no-adapter') {
    return text.run.noAdapter;
  }
  return presence === 'absent' ? text.run.noWebGPU : '';
}

export class LabEngine extends LitElement {
  @property() choice: EngineChoice = 'auto';
  @property({ type: Boolean }) changed = false;
  @property({ attribute: false }) presence: GpuPresence | undefined;
  @property({ attribute: false }) problem: Said = '';

  static override styles = [
    base,
    fields,
    css`
      :host([changed]) label {
        color: var(--ink);
      }
      .mark {
        display: inline-block;
        width: 6px;
        height: 6px;
        margin-left: 7px;
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
    const words = this.presence ? presenceWords(this.presence) : '';
    return html`
      <h2>${text.common.engine}</h2>
      <div class="row" @focusin=${this.#look} @pointerenter=${this.#look} @click=${this.#look}>
        <div>
          <label for="engine">${text.common.runOn}</label>
          <span class="mark" title=${text.common.notInRunYet} ?hidden=${!this.changed}></span>
        </div>
        <select
          id="engine"
          aria-describedby="presence problem"
          aria-invalid=${this.problem ? 'true' : 'false'}
          @change=${this.#chosen}
        >
          ${engineChoices.map((choice) => html`<option value=${choice}>${names[choice]}</option>`)}
        </select>
      </div>
      <p class="small light" id="presence" ?hidden=${!words}>${words}</p>
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem}>${inLanguage(this.problem)}</p>
    `;
  }

  override updated(): void {
    const select = this.renderRoot.querySelector('select');
    if (select) select.value = this.choice;
  }

  #look({ type }: Event): void {
    emit(this, 'setting-look', { path: 'engine', passing: type === 'pointerenter' });
  }

  #chosen(event: Event): void {
    emit(this, 'setting-change', { path: 'engine', value: (event.target as HTMLSelectElement).value });
  }
}
