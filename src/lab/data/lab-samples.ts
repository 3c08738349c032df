/** The samples at first sight: a small picture of each, and the way to the gallery, which says more of them. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import type { Thumbnail } from '../protocol/messages.ts';
import { samples } from '../shared/samples.ts';
import { emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { sampleWords } from './data-text.ts';
import { thumbnail, thumbnailStyles } from './thumbnail.ts';

export class LabSamples extends LitElement {
  @property({ attribute: false }) thumbnails: readonly Thumbnail[] = [];
  /** The sample that is open. */
  @property() current = '';

  static override styles = [
    base,
    thumbnailStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(6, 1fr);
        gap: 6px;
        list-style: none;
      }
      button {
        display: block;
        width: 100%;
        height: 100%;
        padding: 0;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--accent);
        font: var(--text);
        cursor: pointer;
      }
      button:hover svg {
        border-color: var(--border);
        background: var(--shade);
      }
      button:hover.all {
        background: var(--shade);
      }
      button[aria-current='true'] svg {
        border-color: var(--accent);
        outline: 1px solid var(--accent);
      }
      path {
        stroke-width: 4;
      }
      .few path {
        stroke-width: 16;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<ul aria-label=${text.data.chooseSample}>
      ${samples.map((sample) => {
        const { title, description } = sampleWords(sample.name);
        return html`<li>
          <button
            type="button"
            data-sample=${sample.name}
            aria-label=${title}
            title=${`${title}: ${description}`}
            aria-current=${sample.name === this.current ? 'true' : 'false'}
            @click=${() => emit(this, 'sample-open', { name: sample.name })}
          >
            ${thumbnail(sample, this.thumbnails)}
          </button>
        </li>`;
      })}
      <li>
        <button
          class="all"
          type="button"
          aria-label=${text.data.chooseSample}
          title=${text.data.allSamples}
          @click=${() => emit(this, 'data-dialog', { dialog: 'samples' })}
        >
          …
        </button>
      </li>
    </ul>`;
  }
}
