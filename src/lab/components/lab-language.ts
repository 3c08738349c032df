/** The language of the page: a choice, each language in its own words. */
import { msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { changeLanguage, type Language, language, languages } from '../language.ts';
import { base, fields } from '../styles/shared.ts';

export class LabLanguage extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      select {
        width: auto;
        border-color: transparent;
        background-color: transparent;
        color: var(--ink-light);
        font: var(--label);
      }
      select:hover {
        background-color: var(--shade);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<select aria-label=${msg('Language')} @change=${this.#chosen}>
      ${Object.entries(languages).map(
        ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
      )}
    </select>`;
  }

  async #chosen(event: Event): Promise<void> {
    const select = event.target as HTMLSelectElement;
    if (!(await changeLanguage(select.value as Language))) select.value = language();
  }
}
