/** How far a sweep or a fit is, above what came of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { watchText } from '../i18n/en/later/watch.ts';
import type { ShownWork } from './controller.ts';
import { helpOf, nameOf, shareOf } from './work-text.ts';

/** @param words how it stands @param version of the queue: what another one sends is said to be so */
export function standing(work: ShownWork, words: string, version: string): TemplateResult {
  const help = helpOf(work);
  const own = work.status.version;
  return html`<div>
    <p class="number">${words}</p>
    <progress aria-label=${nameOf(work.status)} max="1" .value=${shareOf(work.status)}></progress>
    ${help ? html`<p class="small">${help}</p>` : nothing}
    ${own === version ? nothing : html`<p class="small light">${watchText().otherVersion(own)}</p>`}
  </div>`;
}
