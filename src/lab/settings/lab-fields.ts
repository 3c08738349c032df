/** Several settings one below the other, taken from the form by path. */

import { consume } from '@lit/context';
import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { applies, type FormField, valueAt } from '../shared/form.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import { itemsChanged } from '../ui/equality.ts';
import { LabElement } from '../ui/lab-element.ts';
import { base } from '../ui/styles/shared.ts';
import type { NamedColumn } from './lab-column-types.ts';

export class LabFields extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;
  @property({ attribute: false, hasChanged: itemsChanged }) entries: FormField[] = [];

  /** Of the open table. */
  @property({ attribute: false }) columns: readonly NamedColumn[] = [];

  static override styles = base;

  override render(): TemplateResult[] {
    const { form } = this.trainer.controls;
    return this.entries.filter((entry) => applies(form, entry)).map((entry) => this.#field(entry));
  }

  #field(entry: FormField): TemplateResult {
    const { path } = entry;
    const { applied, controls } = this.trainer;
    const { form, changes, live } = controls;
    return html`<lab-field
      data-path=${path}
      .entry=${entry}
      .columns=${this.columns}
      .value=${valueAt(form, path)}
      .problem=${form.problems.get(path) ?? ''}
      ?fixed=${controls.isFixed(path)}
      ?changed=${changes.has(path) && !controls.isFixed(path)}
      .refusal=${live.refusals.get(path) ?? ''}
      .applied=${applied ? valueAt(applied, path) : undefined}
    ></lab-field>`;
  }
}
