/**
 * A chart's numbers as a table, behind a disclosure, and beside it the chart as a file. Rows are made only when they are
 * looked at or saved. The attribute `up` opens both upwards.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { spaced } from '../../util/arrays.ts';
import { text } from '../i18n/text.ts';
import { type Cell, columnText, count, isNumeric } from '../shared/format.ts';
import { breakable } from '../ui/breakable.ts';
import { emit } from '../ui/emit.ts';
import { Loader } from '../ui/loader.ts';
import { base } from '../ui/styles/shared.ts';
import type { Still } from './pen.ts';

/** More rows are not read; the file has all of them. */
const mostRows = 25;

declare global {
  interface HTMLElementEventMap {
    /** A file of a plot was made, for the page to name and hand out. */
    'plot-save': CustomEvent<{ plot: string; extension: string; content: Blob; apart: boolean }>;
  }
}

export class LabTable extends LitElement {
  @property() caption = '';
  /** Names the chart's files. */
  @property() plot = '';
  /** Whether the chart is of something else than the open run. */
  @property({ type: Boolean }) apart = false;
  @property({ attribute: false }) head: string[] = [];
  @property({ attribute: false }) rows: () => Cell[][] = () => [];
  /** The chart, where it can be drawn. */
  @property({ attribute: false }) still: (() => Still | Promise<Still> | undefined) | undefined;

  @state() private open = false;
  /** Whether pictures show a part of the plot. */
  @state() private zoomed = false;
  readonly #loader = new Loader(this);

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        gap: 12px;
        position: relative;
      }
      summary {
        font: var(--label);
        line-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
      :host([up]) :is(.panel, .files) {
        bottom: 100%;
      }
      .panel,
      .files {
        position: absolute;
        z-index: 3;
        right: 0;
        max-height: 320px;
        padding: 4px 16px 12px;
        overflow: auto;
        border-radius: var(--radius);
        background: var(--raised);
        box-shadow: var(--shadow);
      }
      .files {
        display: flex;
        flex-direction: column;
        padding: 4px;
      }
      .files button {
        min-height: 32px;
        padding: 4px 12px;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--ink);
        font: var(--text);
        text-align: left;
        white-space: nowrap;
        cursor: pointer;
      }
      .files p {
        width: 0;
        min-width: 100%;
        padding: 4px 12px;
        font: var(--label);
        color: var(--ink-light);
      }
      .files button:hover {
        background: var(--shade);
      }
      table {
        width: max-content;
        border-collapse: collapse;
        font: var(--label);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      caption {
        padding: 8px 0;
        text-align: left;
        color: var(--ink-light);
      }
      th,
      td {
        padding: 2px 0 2px 16px;
        text-align: left;
        font-weight: 400;
      }
      .number {
        text-align: right;
      }
      th {
        max-width: 200px;
        color: var(--ink-light);
        border-bottom: 1px solid var(--hairline);
        vertical-align: bottom;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      :is(th, td):first-child {
        padding-left: 0;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<details name="plot" @toggle=${this.#toggled} @keydown=${this.#key}>
        <summary aria-label=${text.app.tableOf(this.caption)}>${text.app.table}</summary>
        ${this.open ? this.#panel() : ''}
      </details>
      <details name="plot" @toggle=${this.#filesToggled} @keydown=${this.#key}>
        <summary aria-label=${text.app.savePlot(this.caption)}>${text.app.save}</summary>
        <div class="files">
          ${
            this.still
              ? html`<button type="button" @click=${() => this.#save('png')}>${text.app.asPicture}</button>
                  <button type="button" @click=${() => this.#save('svg')}>${text.app.asDrawing}</button>`
              : nothing
          }
          <button type="button" @click=${() => this.#save('csv')}>${text.app.asTable}</button>
          ${this.zoomed ? html`<p>${text.app.zoom.saved}</p>` : nothing}
        </div>
      </details>
      ${this.#loader.line(true)}`;
  }

  #panel(): TemplateResult {
    const rows = this.rows();
    const shown = spaced(rows, mostRows);
    const columns = this.head.map((name, column) => {
      const cells = shown.map((row) => row[column]);
      return { name, texts: columnText(cells), side: isNumeric(cells) ? 'number' : '' };
    });
    const some =
      shown.length < rows.length ? text.app.someRows({ shown: count(shown.length), rows: count(rows.length) }) : '';
    return html`<div class="panel" tabindex="0" role="region" aria-label=${text.app.tableOf(this.caption)}>
      <table>
        <caption>
          ${this.caption}${some}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ name, side }) => html`<th scope="col" class=${side}>${breakable(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map((_, row) => html`<tr>${columns.map(({ texts, side }) => html`<td class=${side}>${texts[row]}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  async #save(extension: 'png' | 'svg' | 'csv'): Promise<void> {
    const files = await this.#loader.load(() => import('./save/save.ts'));
    const still = await this.still?.();
    if (!files || (extension !== 'csv' && !still)) return;
    const content =
      extension === 'csv' || !still
        ? files.csvOf(this.head, this.rows())
        : extension === 'svg'
          ? files.svgOf(still, this.caption)
          : await files.pngOf(still);
    const { plot, apart } = this;
    const detail = { plot, extension, content, apart };
    emit(this, 'plot-save', detail);
    this.renderRoot.querySelectorAll('details')[1].open = false;
  }

  #toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  async #filesToggled(): Promise<void> {
    this.zoomed = (await this.still?.())?.zoomed ?? false;
  }

  /** Escape closes this, and not what is around it as well; the keyboard goes on where it began. */
  #key(event: KeyboardEvent): void {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !details.open) return;
    event.preventDefault();
    event.stopPropagation();
    details.open = false;
    details.querySelector('summary')?.focus();
  }
}
