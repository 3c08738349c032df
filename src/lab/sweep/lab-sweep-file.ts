/** The sweep that is put together as the command line has it: the command, and the file that it reads. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { copy } from '../ui/clipboard.ts';
import { emit } from '../ui/emit.ts';
import { base, buttons } from '../ui/styles/shared.ts';

export class LabSweepFile extends LitElement {
  /** The text of the sweep file. */
  @property() file = '';
  @property() command = '';

  /** What was copied last, or selected instead. */
  @state() private copied: { name: 'command' | 'definition'; done: boolean } | undefined;

  static override styles = [
    base,
    buttons,
    css`
      details {
        margin-top: 16px;
      }
      summary {
        font: var(--label);
        line-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
      pre {
        max-height: 180px;
        margin: 4px 0 8px;
        padding: 8px;
        overflow: auto;
        border-radius: var(--radius);
        background: var(--shade);
        font: 12px / 16px ui-monospace, monospace;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .copy {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
        margin-bottom: 8px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { file, command } = this;
    return html`<details>
      <summary>${sweepText().onCommandLine}</summary>
      <p class="small light">${sweepText().sameSweepAsFile}</p>
      <pre id="command">${command}</pre>
      <div class="copy">
        <button class="quiet small" type="button" @click=${() => this.#copy('command', command)}>${sweepText().copyCommand}</button>
        ${this.#copyWords('command')}
      </div>
      <pre id="definition" tabindex="0">${file}</pre>
      <div class="copy">
        <button class="quiet small" type="button" @click=${() => this.#copy('definition', file)}>${sweepText().copySweepJson}</button>
        <button class="quiet small" type="button" @click=${() => emit(this, 'sweep-command', { do: 'save-definition' })}>
          ${sweepText().downloadSweepJson}
        </button>
        ${this.#copyWords('definition')}
      </div>
    </details>`;
  }

  async #copy(name: 'command' | 'definition', text: string): Promise<void> {
    this.copied = { name, done: await copy(text, this.renderRoot.querySelector(`#${name}`)) };
  }

  #copyWords(name: 'command' | 'definition'): TemplateResult {
    const { copied } = this;
    const words = copied?.done ? sweepText().copied : sweepText().selectedToCopy;
    return html`<span class="small light" role="status">${copied?.name === name ? words : ''}</span>`;
  }
}
