/**
 * What the keyboard reads off a chart is said by a line of its own: the one that is seen changes with every epoch too, and
 * nobody wants to hear that.
 */
import { html, type TemplateResult } from 'lit';

export function spokenLine(): TemplateResult {
  return html`<p class="unseen" id="spoken" role="status"></p>`;
}

export function say(root: ParentNode, words: string): void {
  const line = root.querySelector('#spoken');
  if (line) line.textContent = words.replace(/[ \n]+/g, ' ').trim();
}
