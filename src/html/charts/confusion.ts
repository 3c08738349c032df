/** Who is taken for whom: a table, since counts are read, with cells shaded by their share of the actual class. */
import { figure } from '../../util/format.ts';
import { count } from '../../util/thousands.ts';
import { html, type Markup } from '../escape.ts';

export interface Confusion {
  classes: string[];
  /** [actual][predicted] rows. */
  confusion: number[][];
}

/** A larger matrix is no longer read: then the most frequent mistakes are named instead. */
export const mostConfused = 20;

/** Shades of a cell, from none to all of a class: names and not inline styles, which the page's policy forbids. */
const shades = 20;
const shadeOf = (share: number) => `shade-${Math.round(shades * share)}`;
export const shadeStyles = Array.from(
  { length: shades + 1 },
  (_, shade) => `.shade-${shade} { --share: ${shade / shades}; }`,
).join('\n');

export function confusionMatrix({ classes, confusion }: Confusion, caption: string): Markup {
  const totals = confusion.map(sum);
  return html`<div class="scroller" tabindex="0"><table class="confusion"><caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">actual ↓<br>predicted →</th>${classes.map((name) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col" class="number light">rows</th></tr></thead>
<tbody>${confusion.map(
    (counts, actual) =>
      html`<tr><th scope="row">${classes[actual]}</th>${counts.map((rows, predicted) => {
        const share = totals[actual] > 0 ? rows / totals[actual] : 0;
        const shade = actual === predicted ? `right ${shadeOf(share)}` : `wrong ${shadeOf(Math.sqrt(share))}`;
        return html`<td class="number ${shade}">${rows === 0 ? html`<span class="light">0</span>` : count(rows)}</td>`;
      })}<td class="number light">${count(totals[actual])}</td></tr>\n`,
  )}</tbody></table></div>`;
}

/** Precision, recall and F1 of each class, with its rows. */
export function classTable({ classes, confusion }: Confusion): Markup {
  return html`<div class="scroller" tabindex="0"><table><thead><tr><th scope="col">class</th><th scope="col" class="number">rows</th><th scope="col" class="number">precision</th><th scope="col" class="number">recall</th><th scope="col" class="number">F1</th></tr></thead>
<tbody>${classes.map((name, index) => {
    const right = confusion[index][index];
    const actual = sum(confusion[index]);
    const chosen = sum(confusion.map((counts) => counts[index]));
    const cells = [
      chosen > 0 ? right / chosen : Number.NaN,
      actual > 0 ? right / actual : Number.NaN,
      actual + chosen > 0 ? (2 * right) / (actual + chosen) : Number.NaN,
    ];
    return html`<tr><th scope="row">${name}</th><td class="number">${count(actual)}</td>${cells.map((value) => html`<td class="number">${Number.isNaN(value) ? '–' : figure(value)}</td>`)}</tr>\n`;
  })}</tbody></table></div>`;
}

/** The pairs of classes that are confused most, most frequent first. */
export function worstMistakes({ classes, confusion }: Confusion, most: number): string[] {
  const mistakes = confusion.flatMap((counts, actual) =>
    counts.flatMap((rows, predicted) => (rows > 0 && actual !== predicted ? [{ rows, actual, predicted }] : [])),
  );
  mistakes.sort((a, b) => b.rows - a.rows);
  return mistakes
    .slice(0, most)
    .map(({ rows, actual, predicted }) => `${classes[actual]} taken for ${classes[predicted]} (${count(rows)})`);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
