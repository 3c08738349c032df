/** The few icons, drawn on a 16 x 16 grid in the text's colour. They are decoration: buttons carry words or labels. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const shapes = {
  play: svg`<path d="M4 2.5v11l9-5.5z" fill="currentColor" />`,
  pause: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />`,
  stop: svg`<path d="M3.5 3.5h9v9h-9z" fill="currentColor" />`,
  step: svg`<path d="M3 2.5v11L10 8z" fill="currentColor" /><path d="M11 3h2v10h-2z" fill="currentColor" />`,
  reset: svg`<path d="M3.2 6A5.2 5.2 0 1 1 2.8 9M3 2.5V6h3.5" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  open: svg`<path d="M8 10V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  save: svg`<path d="M8 2.5V10M4.8 7 8 10.2 11.2 7M2.5 10v3.5h11V10" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  close: svg`<path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  plus: svg`<path d="M8 3.5v9M3.5 8h9" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  minus: svg`<path d="M3.5 8h9" fill="none" stroke="currentColor" stroke-width="1.5" />`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof shapes;

export function icon(name: IconName, size = 16): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;
}
