/** Several settings one below the other, taken from the form by path. */

import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Said } from '../../util/errors.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { applies, type Form, type FormField, valueAt } from '../shared/form.ts';
import { itemsChanged } from '../ui/equality.ts';
import { base } from '../ui/styles/shared.ts';
import type { NamedColumn } from './lab-column-types.ts';

export class LabFields extends LitElement {
  @property({ attribute: false, hasChanged: itemsChanged }) entries: FormField[] = [];
  @property({ attribute: false }) form!: Form;
  /** What the run has, where there is one. */
  @property({ attribute: false }) applied: LegalForm | undefined;
  @property({ attribute: false }) changes: ReadonlySet<string> = new Set();
  /** Why the run could not take on changes as it trains, by path. */
  @property({ attribute: false }) refusals: ReadonlyMap<string, Said> = new Map();

  /** Of the open table. */
  @property({ attribute: false }) columns: readonly NamedColumn[] = [];

  static override styles = base;

  override render(): TemplateResult[] {
    return this.entries.filter((entry) => applies(this.form, entry)).map((entry) => this.#field(entry));
  }

  #field(entry: FormField): TemplateResult {
    const { path } = entry;
    return html`<lab-field
      data-path=${path}
      .entry=${entry}
      .columns=${this.columns}
      .value=${valueAt(this.form, path)}
      .problem=${this.form.problems.get(path) ?? ''}
      ?changed=${this.changes.has(path)}
      .refusal=${this.refusals.get(path) ?? ''}
      .applied=${this.applied ? valueAt(this.applied, path) : undefined}
    ></lab-field>`;
  }
}
