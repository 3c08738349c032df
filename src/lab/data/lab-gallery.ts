/** The samples, each as a button with a small picture of its rows; one press opens it and trains. */
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Thumbnail } from '../protocol/messages.ts';
import { type SampleInfo, samples, thumbnailHeight, thumbnailWidth } from '../shared/samples.ts';
import { emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { columnsInWords, rowsInWords, sampleWords } from './data-text.ts';

const classColours = 6;

declare global {
  interface HTMLElementEventMap {
    /** A sample was chosen. */
    'sample-open': CustomEvent<{ name: string }>;
  }
}

export class LabGallery extends LitElement {
  @property({ attribute: false }) thumbnails: readonly Thumbnail[] = [];
  /** The sample that is open. */
  @property() current = '';

  static override styles = [
    base,
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
      svg {
        display: block;
        width: 100%;
        aspect-ratio: 3 / 2;
        border: 1px solid var(--hairline);
        border-radius: var(--radius);
        background: var(--paper);
      }
      path {
        fill: none;
        stroke: var(--points);
        stroke-width: 2.5;
        stroke-linecap: round;
      }
      .few path {
        stroke-width: 9;
      }
      .filled path {
        fill: var(--points);
        stroke: none;
      }
      .classes .of-1 {
        stroke: var(--run-1);
      }
      .classes .of-2 {
        stroke: var(--run-2);
      }
      .classes .of-3 {
        stroke: var(--run-3);
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
      aria-current=${sample.name === this.current ? 'true' : 'false'}
      @click=${() => this.#choose(sample.name)}
    >
      ${this.#picture(sample)}
      <span class="title">${title}</span>
      <span class="facts">${description}</span>
      <span class="facts number">${rowsInWords(sample.rows)}, ${columnsInWords(sample.columns)}</span>
    </button>`;
  }

  #picture({ name, task, rows }: SampleInfo): TemplateResult {
    const paths = this.thumbnails.find((thumbnail) => thumbnail.name === name)?.paths ?? [];
    const kind = name === 'digits' ? 'filled' : task === 'classification' ? 'classes' : '';
    return html`<svg class="${kind} ${rows < 20 ? 'few' : ''}" viewBox="0 0 ${thumbnailWidth} ${thumbnailHeight}" aria-hidden="true">
      ${paths.map((path, index) => svg`<path class="of-${(index % classColours) + 1}" d=${path} />`)}
    </svg>`;
  }

  #choose(name: string): void {
    emit(this, 'sample-open', { name });
  }
}
