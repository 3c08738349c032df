/** Defines elements, which all follow the language and keep the focus; those that are loaded when they are first wanted may be asked for twice. */
import type { LitElement } from 'lit';
import { followLanguage } from '../i18n/language.ts';
import { keepFocus } from './focus.ts';

export function defineOnce(name: string, element: typeof LitElement): void {
  if (customElements.get(name)) return;
  element.addInitializer(followLanguage);
  element.addInitializer(keepFocus);
  customElements.define(name, element as unknown as CustomElementConstructor);
}

export function defineAll(elements: Record<string, typeof LitElement>): void {
  for (const [name, element] of Object.entries(elements)) defineOnce(name, element);
}
