/** The language of the page: a choice, each language in its own words. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { changeLanguage, type Language, language, languages } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { base, fields } from '../ui/styles/shared.ts';

export class LabLanguage extends LitElement {
  /** The language chosen last, where its words cannot be had. */
  @state() private missing: Language | undefined;

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
    return html`<select aria-label=${text.app.language} @change=${this.#chosen}>
      ${Object.entries(languages).map(
        ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
      )}
    </select>
    ${this.missing ? this.#unloaded(languages[this.missing]) : nothing}`;
  }

  async #chosen(event: Event): Promise<void> {
    const select = event.target as HTMLSelectElement;
    const chosen = select.value as Language;
    this.missing = (await changeLanguage(chosen)) ? undefined : chosen;
    select.value = language();
  }

  #unloaded(name: string): TemplateResult {
    return html`<lab-unloaded
      floating
      .words=${text.app.languageNotLoaded(name)}
      @dismiss=${() => {
        this.missing = undefined;
      }}
    ></lab-unloaded>`;
  }
}
