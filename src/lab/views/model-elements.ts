/** The views of a model that is no run, loaded with what shows such a model. */
import { defineAll } from '../ui/define-once.ts';
import { LabModelViews } from './lab-model-views.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-model-views': LabModelViews;
  }
}

/** Safe to call twice. */
export function defineModelViews(): void {
  defineAll({ 'lab-model-views': LabModelViews });
}
