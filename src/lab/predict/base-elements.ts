/** What says that a run goes on from a model, loaded when one is first chosen, or a run that does is opened. */
import { defineAll } from '../ui/define-once.ts';
import { LabBaseModel } from './lab-base-model.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-base-model': LabBaseModel;
  }
}

/** Safe to call twice. */
export function defineBaseElements(): void {
  defineAll({ 'lab-base-model': LabBaseModel });
}
