/** The founding report's dialog, which is loaded when it is first opened. */
import { updateWhenLocaleChanges } from '@lit/localize';
import type { LitElement } from 'lit';
import { LabFounding } from './components/lab-founding.ts';

/** Safe to call twice. */
export function defineFounding(): void {
  if (customElements.get('lab-founding')) return;
  (LabFounding as typeof LitElement).addInitializer(updateWhenLocaleChanges);
  customElements.define('lab-founding', LabFounding);
}
