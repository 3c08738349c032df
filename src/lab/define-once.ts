/** Defines an element that is loaded when it is first wanted; like all the others it follows the language. */
import { updateWhenLocaleChanges } from '@lit/localize';
import type { LitElement } from 'lit';

export function defineOnce(name: string, element: typeof LitElement): void {
  if (customElements.get(name)) return;
  element.addInitializer(updateWhenLocaleChanges);
  customElements.define(name, element as unknown as CustomElementConstructor);
}
