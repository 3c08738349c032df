/** What of a link cannot be had as it says, and what to do about it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Said } from '../../util/errors.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { itemsChanged } from '../ui/equality.ts';
import { base } from '../ui/styles/shared.ts';

export class LabLinked extends LitElement {
  /** The file that the link was made with and that is not kept here; empty where nothing is missing. */
  @property() missing = '';
  /** Whether it is a lesson that is about that file, and no link. */
  @property({ type: Boolean }) lesson = false;
  /** What of the link was not understood. */
  @property({ attribute: false, hasChanged: itemsChanged }) problems: readonly Said[] = [];
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
      ${this.missing ? html`<p>${this.lesson ? text.runs.lessonNeedsFile(this.missing) : text.runs.linkNeedsFile(this.missing)}</p>` : nothing}
      ${this.problems.length > 0 ? html`<p>${text.runs.linkLeftOut(this.problems.map(inLanguage).join('; '))}</p>` : nothing}
      ${this.unrepeated ? html`<p>${text.runs.changedAtUnknownSteps}</p>` : nothing}
    </div>`;
  }
}
