/** What the preview says of columns, in the person's language. */
import { dataDialogsText } from '../../i18n/en/later/data-dialogs.ts';
import type { ColumnPreview, Fate } from '../../protocol/preview.ts';
import { count } from '../../shared/format.ts';

/** What becomes of the column. */
export function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'target':
      return dataDialogsText().target;
    case 'out':
      return fate.reason === 'ignored' ? dataDialogsText().ignored : dataDialogsText().leftOut(fate.reason);
    case 'boolean':
      return dataDialogsText().oneBooleanInput(fate.truth);
    case 'category':
      return fate.other
        ? dataDialogsText().inputsRareAsOne(count(fate.features))
        : dataDialogsText().inputsForEachValue(count(fate.features));
    default:
      return fate.features === 1 ? dataDialogsText().oneInput : dataDialogsText().inputs(count(fate.features));
  }
}

/** What is done about cells without a value. */
export function missingWords({ missing, fate }: ColumnPreview): string {
  if (missing === 0) return dataDialogsText().noneMissing;
  const how = fillWords(fate);
  return how === ''
    ? dataDialogsText().missing(count(missing))
    : dataDialogsText().missingAndHow({ missing: count(missing), how });
}

function fillWords(fate: Fate | null): string {
  switch (fate?.kind) {
    case 'target':
      return dataDialogsText().rowsNotUsed;
    case 'number':
    case 'date':
      return fate.indicator
        ? dataDialogsText().filledWithIndicator(fate.fill)
        : dataDialogsText().filledWith(fate.fill);
    case 'category':
      return fate.fill?.startsWith('(')
        ? dataDialogsText().valueOfTheirOwn
        : dataDialogsText().filledWith(fate.fill ?? '');
    case 'boolean':
      return dataDialogsText().filledWith(fate.fill);
    default:
      return '';
  }
}

/** The distribution in a line, for those who do not see it. */
export function distributionWords({ range, levels, distinct }: ColumnPreview): string {
  if (range) return dataDialogsText().fromToMedian({ least: range.least, most: range.most, median: range.median });
  if (levels.length === 0) return dataDialogsText().noValues;
  const shown = levels.slice(0, 4).map(({ text, count: rows }) => `${text}: ${count(rows)}`);
  return dataDialogsText().valuesSuchAs({ values: count(distinct), shown: shown.join(', ') });
}

/** What a bar is of, and how many rows that are. */
export function barWords({ bars, range, levels }: ColumnPreview, bar: number): string[] {
  const rows = dataDialogsText().rows(count(bars[bar]));
  if (!range) return [levels[bar].text, rows];
  const [low, high] = range.bins[bar];
  return [low === high ? low : dataDialogsText().fromTo({ low, high }), rows];
}

/** What is written under the bars. */
export function endsWords({ range, levels, distinct }: ColumnPreview): [string, string] {
  if (range) return [range.least, range.most];
  if (levels.length === 0) return ['', ''];
  return [levels[0].text, distinct === 1 ? '' : dataDialogsText().values(count(distinct))];
}
