/**
 * A chart's numbers as a table, behind a disclosure; its rows are made only when they are looked at. The attribute `up`
 * opens it upwards.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { text } from '../i18n/text.ts';
import { base } from './styles/shared.ts';

export class LabTable extends LitElement {
  @property() caption = '';
  @property({ attribute: false }) head: string[] = [];
  @property({ attribute: false }) rows: () => string[][] = () => [];

  @state() private open = false;

  static override styles = [
    base,
    css`
      details {
        position: relative;
      }
      summary {
        font: var(--label);
        line-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
      :host([up]) .panel {
        bottom: 100%;
      }
      .panel {
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
      table {
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
        text-align: right;
        font-weight: 400;
      }
      th {
        color: var(--ink-light);
        border-bottom: 1px solid var(--hairline);
      }
      :is(th, td):first-child {
        padding-left: 0;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<details @toggle=${this.#toggled} @keydown=${this.#key}>
      <summary aria-label=${text.app.tableOf(this.caption)}>${text.app.table}</summary>
      ${this.open ? this.#panel() : ''}
    </details>`;
  }

  #panel(): TemplateResult {
    return html`<div class="panel" tabindex="0" role="region" aria-label=${text.app.tableOf(this.caption)}>
      <table>
        <caption>
          ${this.caption}
        </caption>
        <thead>
          <tr>
            ${this.head.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.rows().map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
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
