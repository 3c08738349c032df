/** What the preview says of columns, in the person's language. */
import { count } from './format.ts';
import { inLanguage } from './language.ts';
import type { ColumnPreview, Fate } from './table-preview.ts';
import { text } from './text/text.ts';

/** What becomes of the column. */
export function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'target':
      return text.data.target;
    case 'out':
      return fate.reason === 'ignored' ? text.data.ignored : text.data.leftOut(inLanguage(fate.reason));
    case 'boolean':
      return text.data.oneBooleanInput(fate.truth);
    case 'category':
      return fate.other
        ? text.data.inputsRareAsOne(count(fate.features))
        : text.data.inputsForEachValue(count(fate.features));
    default:
      return fate.features === 1 ? text.data.oneInput : text.data.inputs(count(fate.features));
  }
}

/** What is done about cells without a value. */
export function missingWords({ missing, fate }: ColumnPreview): string {
  if (missing === 0) return text.data.noneMissing;
  const how = fillWords(fate);
  return how === '' ? text.data.missing(count(missing)) : text.data.missingAndHow({ missing: count(missing), how });
}

function fillWords(fate: Fate | null): string {
  switch (fate?.kind) {
    case 'target':
      return text.data.rowsNotUsed;
    case 'number':
    case 'date':
      return fate.indicator ? text.data.filledWithIndicator(fate.fill) : text.data.filledWith(fate.fill);
    case 'category':
      return fate.fill?.startsWith('(') ? text.data.valueOfTheirOwn : text.data.filledWith(fate.fill ?? '');
    case 'boolean':
      return text.data.filledWith(fate.fill);
    default:
      return '';
  }
}

/** The distribution in a line, for those who do not see it. */
export function distributionWords({ range, levels, distinct }: ColumnPreview): string {
  if (range) return text.data.fromToMedian({ least: range.least, most: range.most, median: range.median });
  if (levels.length === 0) return text.data.noValues;
  const shown = levels.slice(0, 4).map(({ text, count: rows }) => `${text}: ${count(rows)}`);
  return text.data.valuesSuchAs({ values: count(distinct), shown: shown.join(', ') });
}

/** What is written under the bars. */
export function endsWords({ range, levels, distinct }: ColumnPreview): [string, string] {
  if (range) return [range.least, range.most];
  if (levels.length === 0) return ['', ''];
  return [levels[0].text, distinct === 1 ? '' : text.data.values(count(distinct))];
}
