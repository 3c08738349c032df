/** What every drawing shares: its text alternative, its two widths, and how wide words are where nothing can measure. */
import { html, type Markup } from '../escape.ts';

export interface Size {
  width: number;
  height: number;
}

/** A drawing as one image with words for those who do not see it. */
export function drawing({ width, height }: Size, label: string, body: Markup | Markup[]): Markup {
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;
}

/**
 * Drawn twice, for a desk and paper and for a telephone, since letters in a drawing shrink with it. The page shows one of
 * them at a time, to eyes and to screen readers alike.
 */
export function twoWidths(height: number, draw: (size: Size) => Markup): Markup {
  return html`<div class="wide">${draw({ width: 720, height })}</div><div class="narrow">${draw({ width: 352, height: Math.min(height, 280) })}</div>`;
}

/** About as wide as a system face sets it at 12 px; characters of East Asia are twice as wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character > '\u2e7f' ? 12 : 6.9;
  return width;
}

/** Cut with an ellipsis where it would be wider. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && widthOf(characters.join('')) + 8 > width) characters.pop();
  return `${characters.join('')}…`;
}

/** Tenths of a pixel are enough. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
