/** Which settings of a sweep matter, as a table with a bar for each. */
import { drawing, rounded } from './charts/svg.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { variedOf } from './swept.ts';

/** The share of the variance of the metric that goes with a setting (see `sweep/results/variance-shares.ts`). */
export interface VarianceShare {
  path: string;
  share: number;
}

const leftOver = 'interplay and chance';
const size = { width: 240, height: 12 };

export function sharesTable(shares: readonly VarianceShare[] | null, metric: string, numbers: Numbering): Part {
  if (!shares) return '';
  const names = variedOf([{ settings: Object.fromEntries(shares.map(({ path }) => [path, null])) }]);
  const rows = shares.map(({ share }, index) => [
    names[index].name,
    wholePercent(share),
    bar(names[index].name, share),
  ]);
  const rest = restOf(shares);
  return numbers.table(
    tableOf(
      [{ title: 'setting' }, { title: 'share', number: true }, { title: '' }],
      [...rows, [html`<span class="light">${leftOver}</span>`, wholePercent(rest), bar(leftOver, rest)]],
    ),
    `Which settings matter: the share of the variance of the mean ${metric} over all combinations that goes with each setting by itself (main effects of an analysis of variance, less what chance gives a setting without effect). It holds for the values that were tried.`,
  );
}

/** What no setting has by itself. */
export function restOf(shares: readonly VarianceShare[]): number {
  return Math.max(0, 1 - shares.reduce((sum, { share }) => sum + share, 0));
}

/** "62 %" */
export function wholePercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function bar(name: string, share: number): Markup {
  return drawing(
    size,
    `${name}: ${wholePercent(share)}`,
    html`<rect class="bars" x="0" y="1" width="${rounded(size.width * share)}" height="10"/>`,
  );
}
