/** What of a link cannot be had as it says, and what to do about it. */
import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { inLanguage } from '../language.ts';
import { itemsChanged } from '../same.ts';
import { base } from '../styles/shared.ts';

export class LabLinked extends LitElement {
  /** The file that the link was made with and that is not kept here; empty where nothing is missing. */
  @property() missing = '';
  /** What of the link was not understood. */
  @property({ attribute: false, hasChanged: itemsChanged }) problems: readonly string[] = [];
  /** Whether the run that the link is of was changed at steps that are not known. */
  @property({ type: Boolean }) unrepeated = false;

  static override styles = [
    base,
    css`
      div {
        margin-bottom: 12px;
        padding: 8px 12px;
        border-left: 3px solid var(--accent);
        background: var(--accent-wash);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (!this.missing && this.problems.length === 0 && !this.unrepeated) return nothing;
    return html`<div role="status">
      ${this.missing ? html`<p>${msg(str`This link was made with ${this.missing}, which stays on the computer of whoever made it. Open that file here and it is trained with the settings of the link.`)}</p>` : nothing}
      ${this.problems.length > 0 ? html`<p>${msg(str`Left out of the link, as it is not understood: ${this.problems.map(inLanguage).join('; ')}`)}</p>` : nothing}
      ${this.unrepeated ? html`<p>${msg('The earlier run was changed while it trained, at steps that are not known: this run has its initial settings alone, and does not repeat it.')}</p>` : nothing}
    </div>`;
  }
}
