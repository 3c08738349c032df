/**
 * The samples at first sight: a small picture of each, and the way to the gallery, which says more of them. A toolbar: one
 * stop of the Tab key, arrows within.
 */

import { consume } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { samples } from '../shared/samples.ts';
import { emit } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { nextPlace } from '../ui/roving.ts';
import { base } from '../ui/styles/shared.ts';
import { type DataController, tablesContext } from './controller.ts';
import { sampleWords } from './data-text.ts';
import { thumbnail, thumbnailStyles } from './thumbnail.ts';

const columns = 6;

export class LabSamples extends LabElement {
  @consume({ context: tablesContext }) private readonly tables!: DataController;

  /** The button that Tab leads to, once one has had the focus; before that, the open sample's. */
  @state() private place: number | undefined;

  static override styles = [
    base,
    thumbnailStyles,
    css`
      [role='toolbar'] {
        display: grid;
        grid-template-columns: repeat(${columns}, 1fr);
        gap: 6px;
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
    const open = samples.findIndex(({ name }) => name === this.tables.sample?.name);
    const stop = this.place ?? Math.max(0, open);
    const tabindex = (place: number) => (place === stop ? 0 : -1);
    return html`<div
      role="toolbar"
      aria-label=${text.data.chooseSample}
      @keydown=${this.#key}
      @focusin=${({ target }: Event) => {
        this.place = this.#buttons().indexOf(target as HTMLButtonElement);
      }}
    >
      ${samples.map((sample, place) => {
        const { title, description } = sampleWords(sample.name);
        return html`<button
          type="button"
          data-sample=${sample.name}
          aria-label=${title}
          title=${`${title}: ${description}`}
          aria-current=${place === open ? 'true' : 'false'}
          tabindex=${tabindex(place)}
          @click=${() => emit(this, 'sample-open', { name: sample.name })}
        >
          ${thumbnail(sample, this.tables.thumbnails)}
        </button>`;
      })}
      <button
        class="all"
        type="button"
        aria-label=${text.data.chooseSample}
        title=${text.data.allSamples}
        tabindex=${tabindex(samples.length)}
        @click=${() => this.tables.show('samples')}
      >
        …
      </button>
    </div>`;
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const next = nextPlace(event, buttons.indexOf(event.target as HTMLButtonElement), buttons.length, columns);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next].focus();
  }
}
