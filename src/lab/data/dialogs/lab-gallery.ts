/** The samples, each as a button with a small picture of its rows; one press opens it and trains. */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { type SampleInfo, samples } from '../../shared/samples.ts';
import { emit } from '../../ui/emit.ts';
import { LabElement } from '../../ui/lab-element.ts';
import { base } from '../../ui/styles/shared.ts';
import { type DataController, tablesContext } from '../controller.ts';
import { columnsInWords, rowsInWords, sampleWords } from '../data-text.ts';
import { thumbnail, thumbnailStyles } from '../thumbnail.ts';

declare global {
  interface HTMLElementEventMap {
    /** A sample was chosen. */
    'sample-open': CustomEvent<{ name: string }>;
  }
}

export class LabGallery extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  static override styles = [
    base,
    thumbnailStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
        gap: 4px;
        margin: 0 -8px;
        list-style: none;
      }
      button {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        width: 100%;
        height: 100%;
        padding: 8px;
        border: 1px solid transparent;
        border-radius: var(--radius);
        background: transparent;
        color: var(--ink);
        font: var(--label);
        text-align: left;
        cursor: pointer;
      }
      button:hover {
        background: var(--shade);
      }
      button[aria-current='true'] {
        border-color: var(--accent);
      }
      .title {
        margin-top: 6px;
        font: var(--text);
        font-weight: 600;
      }
      .facts {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<ul>
      ${samples.map((sample) => html`<li>${this.#sample(sample)}</li>`)}
    </ul>`;
  }

  #sample(sample: SampleInfo): TemplateResult {
    const { title, description } = sampleWords(sample.name);
    return html`<button
      type="button"
      data-sample=${sample.name}
      aria-current=${sample.name === this.tables.sample?.name ? 'true' : 'false'}
      @click=${() => this.#choose(sample.name)}
    >
      ${thumbnail(sample, this.tables.thumbnails)}
      <span class="title">${title}</span>
      <span class="facts">${description}</span>
      <span class="facts number">${rowsInWords(sample.rows)}, ${columnsInWords(sample.columns)}</span>
    </button>`;
  }

  #choose(name: string): void {
    emit(this, 'sample-open', { name });
  }
}
