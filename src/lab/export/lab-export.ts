/** Saves a model in the format that a person chooses; the model's own file unless they choose another. */
import { wrap } from 'comlink';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { type Said, saidBy } from '../../util/errors.ts';
import { modelExport, modelExportText } from '../i18n/en/later/model-export.ts';
import { inLanguage } from '../i18n/language.ts';
import type { ExportWorker } from '../protocol/export.ts';
import { carryErrors } from '../shared/thrown.ts';
import { download } from '../ui/download.ts';
import { icon } from '../ui/icons.ts';
import { base, buttons } from '../ui/styles/shared.ts';

type SaveFormat = keyof typeof modelExport.formats;

const formats = Object.keys(modelExport.formats) as SaveFormat[];

carryErrors();

export class LabExport extends LitElement {
  @state() private shown = false;
  @state() private format: SaveFormat = 'safetensors';
  @state() private saving = false;
  @state() private failure: Said = '';
  @query('input:checked') private chosen!: HTMLInputElement;
  #name = '';
  #bytes: Uint8Array = new Uint8Array();

  static override styles = [
    base,
    buttons,
    css`
      fieldset {
        margin: 12px 0 0;
        padding: 0;
        border: 0;
      }
      label {
        display: grid;
        grid-template-columns: 20px 1fr;
        padding: 8px 0;
        border-top: 1px solid var(--hairline);
        cursor: pointer;
      }
      input {
        width: 14px;
        height: 14px;
        margin: 4px 0 0;
        accent-color: var(--accent);
      }
      b {
        display: block;
        font-weight: 600;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: center;
        margin-top: 16px;
      }
    `,
  ];

  /** @param name without its ending @param bytes of the model's own file */
  async open(name: string, bytes: Uint8Array): Promise<void> {
    this.#name = name;
    this.#bytes = bytes;
    this.failure = '';
    this.shown = true;
    await this.updateComplete;
    this.chosen.focus();
  }

  override render(): TemplateResult {
    const said = modelExportText();
    return html`<lab-dialog heading=${said.title} ?open=${this.shown} @dialog-close=${this.#close}>
      <form @submit=${this.#save}>
        <p class="light">${said.intro}</p>
        <fieldset aria-label=${said.format}>
          ${formats.map((format) => {
            const [name, use] = said.formats[format];
            return html`<label>
              <input
                type="radio"
                name="format"
                value=${format}
                .checked=${format === this.format}
                aria-describedby=${`use-${format}`}
                @change=${() => {
                  this.format = format;
                }}
              />
              <span><b>${name}</b><span class="small light" id=${`use-${format}`}>${use}</span></span>
            </label>`;
          })}
        </fieldset>
        <div class="actions">
          <button class="primary" ?disabled=${this.saving}>${icon('save')} ${said.save}</button>
          <span class="small" role="status">${this.saving ? said.saving : nothing}</span>
        </div>
        ${this.failure ? html`<p class="problem small" role="alert">${inLanguage(this.failure)}</p>` : nothing}
      </form>
    </lab-dialog>`;
  }

  readonly #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { format } = this;
    if (format === 'safetensors') {
      download(`${this.#name}.safetensors`, new Blob([this.#bytes as Uint8Array<ArrayBuffer>]));
      this.#close();
      return;
    }
    const worker = new Worker(new URL('../worker/export-worker.ts', import.meta.url), { type: 'module' });
    const ended = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (problem) => {
        problem.preventDefault();
        reject(new Error(modelExportText().workerStopped));
      });
    });
    this.saving = true;
    this.failure = '';
    try {
      const files = await Promise.race([wrap<ExportWorker>(worker).files(this.#bytes, format), ended]);
      for (const { name, bytes } of files) {
        // Several name each other.
        download(files.length > 1 ? name : name.replace(/^model\./, `${this.#name}.`), new Blob([bytes]));
      }
      this.#close();
    } catch (error) {
      this.failure = saidBy(error);
    } finally {
      this.saving = false;
      worker.terminate();
    }
  };

  readonly #close = (): void => {
    this.shown = false;
    this.#bytes = new Uint8Array();
  };
}
