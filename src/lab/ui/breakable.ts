/** Names of columns where there is little room: they break after their joints, not within a word. */
import { html, type TemplateResult } from 'lit';

const joint = /(?<=[_./-])/;

export function breakable(name: string): TemplateResult {
  const [first, ...rest] = name.split(joint);
  return html`${first}${rest.map((part) => html`<wbr />${part}`)}`;
}
