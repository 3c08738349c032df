/** Defines elements, which all follow the language and keep the focus; those that are loaded when they are first wanted may be asked for twice. */
import type { LitElement } from 'lit';
import { followLanguage } from '../i18n/language.ts';
import { keepFocus } from './focus.ts';

/** A tag has its class in `HTMLElementTagNameMap`, so that `querySelector` knows it. */
export type Elements = { [Tag in LabTag]?: ElementClass<Tag> };

type LabTag = keyof HTMLElementTagNameMap & `lab-${string}`;
type ElementClass<Tag extends LabTag> = typeof LitElement & (new () => HTMLElementTagNameMap[Tag]);

export function defineOnce<Tag extends LabTag>(name: Tag, element: ElementClass<Tag>): void {
  if (customElements.get(name)) return;
  element.addInitializer(followLanguage);
  element.addInitializer(keepFocus);
  customElements.define(name, element);
}

export function defineAll(elements: Elements): void {
  for (const [name, element] of Object.entries(elements)) defineOnce(name as LabTag, element);
}
