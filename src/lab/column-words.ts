/** What the preview says of columns, in the person's language. */
import { msg, str } from '@lit/localize';
import type { ColumnType } from '../spec/data-settings.ts';
import { count } from './format.ts';
import { inLanguage } from './language.ts';
import type { ColumnPreview, Fate } from './table-preview.ts';

export function typeWords(type: ColumnType): string {
  switch (type) {
    case 'number':
      return msg('number');
    case 'integer':
      return msg('whole number');
    case 'boolean':
      return msg('yes or no');
    case 'category':
      return msg('category');
    case 'date':
      return msg('date');
    case 'identifier':
      return msg('identifier');
    case 'text':
      return msg('free text');
  }
}

/** What becomes of the column. */
export function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'target':
      return msg('Target');
    case 'out':
      return fate.reason === 'ignored' ? msg('Ignored') : msg(str`Left out: ${inLanguage(fate.reason)}`);
    case 'boolean':
      return msg(str`1 input: 1 for ${fate.truth}`);
    case 'category':
      return fate.other
        ? msg(str`${count(fate.features)} inputs, rare values as one`)
        : msg(str`${count(fate.features)} inputs, one for each value`);
    default:
      return fate.features === 1 ? msg('1 input') : msg(str`${count(fate.features)} inputs`);
  }
}

/** What is done about cells without a value. */
export function missingWords({ missing, fate }: ColumnPreview): string {
  if (missing === 0) return msg('None missing');
  const how = fillWords(fate);
  return how === '' ? msg(str`${count(missing)} missing`) : msg(str`${count(missing)} missing: ${how}`);
}

function fillWords(fate: Fate | null): string {
  switch (fate?.kind) {
    case 'target':
      return msg('those rows are not used');
    case 'number':
    case 'date':
      return fate.indicator
        ? msg(str`filled with ${fate.fill}, and an input says so`)
        : msg(str`filled with ${fate.fill}`);
    case 'category':
      return fate.fill?.startsWith('(') ? msg('a value of their own') : msg(str`filled with ${fate.fill ?? ''}`);
    case 'boolean':
      return msg(str`filled with ${fate.fill}`);
    default:
      return '';
  }
}

/** The distribution in a line, for those who do not see it. */
export function distributionWords({ range, levels, distinct }: ColumnPreview): string {
  if (range) return msg(str`From ${range.least} to ${range.most}, median ${range.median}`);
  if (levels.length === 0) return msg('No values');
  const shown = levels.slice(0, 4).map(({ text, count: rows }) => `${text}: ${count(rows)}`);
  return msg(str`${count(distinct)} values; ${shown.join(', ')}`);
}

/** What is written under the bars. */
export function endsWords({ range, levels, distinct }: ColumnPreview): [string, string] {
  if (range) return [range.least, range.most];
  if (levels.length === 0) return ['', ''];
  return [levels[0].text, distinct === 1 ? '' : msg(str`${count(distinct)} values`)];
}
