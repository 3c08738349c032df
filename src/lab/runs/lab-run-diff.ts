/** The settings in which two runs differ, side by side. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { labelAt } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { StoredRun } from '../protocol/runs.ts';
import { base } from '../ui/styles/shared.ts';
import { differences } from './compare.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-run-diff': LabRunDiff;
  }
}

export class LabRunDiff extends LitElement {
  /** Two. */
  @property({ attribute: false }) runs: StoredRun[] = [];
  @property({ attribute: false }) names: string[] = [];

  static override styles = [
    base,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
        font: var(--label);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 4px 8px 4px 0;
        text-align: left;
        vertical-align: top;
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      th {
        color: var(--ink-light);
      }
      thead th {
        border-bottom: 1px solid var(--hairline);
      }
    `,
  ];

  override render(): TemplateResult {
    const [a, b] = this.runs;
    const rows = a && b ? differences(a, b) : [];
    const tables = a && b && a.table.key !== b.table.key;
    const bases = [a, b].map((run) => run?.settings.from);
    const differ = bases[0]?.key !== bases[1]?.key;
    if (rows.length === 0 && !tables && !differ) return html`<p class="small light">${text.runs.noSettingDiffers}</p>`;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${text.runs.setting}</th>
          ${this.names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${
          tables
            ? html`<tr>
                <th scope="row">${text.runs.table}</th>
                <td>${a.table.name}</td>
                <td>${b.table.name}</td>
              </tr>`
            : ''
        }
        ${
          differ
            ? html`<tr>
                <th scope="row">${text.runs.goesOnFrom}</th>
                ${bases.map((from) => html`<td>${from?.name ?? text.common.off}</td>`)}
              </tr>`
            : ''
        }
        ${rows.map(
          ({ field, values }) => html`<tr>
            <th scope="row">${labelAt(field)}</th>
            ${values.map((value) => html`<td>${value || text.common.off}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
