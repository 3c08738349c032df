/** The report says what became of each column, by the numbers that were fitted. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { summarize } from '../../../src/data/prepare/summary.ts';
import { dataSection } from '../../../src/html/data-section.ts';
import { numbering } from '../../../src/html/figures.ts';
import { checkData } from '../../../src/spec/check.ts';
import type { DataSettingsInput } from '../../../src/spec/data-settings.ts';
import { range, tableOf } from '../../support/data/tables.ts';
import { textOfPage } from '../../support/text/pages.ts';

// Quartiles 2, 4 and 6, mean 4, deviation sqrt(20 / 3).
const table = tableOf({
  x: range(9),
  z: range(9).map((i) => (i === 3 ? null : i / 2)),
  y: range(9).map((i) => 10 * i * i),
});

function words(given: Partial<DataSettingsInput>): string {
  const settings = checkData({ target: 'y', split: { train: 1 }, types: { x: 'number', z: 'number' }, ...given });
  const data = prepare(table, settings);
  const facts = {
    file: table.source,
    summary: summarize(table, settings),
    preprocessing: data.preprocessing,
    rows: { total: 9, train: 9, validation: 0, test: 0 },
    inputs: data.columns,
    notices: [],
  };
  return textOfPage(dataSection(facts, numbering()).markup);
}

describe('what became of the columns', () => {
  it.each([
    ['scale', '(value − 4.00) / 2.58'],
    ['robust', '(value − 4.00) / 4.00, drawn in to ±3 at most'],
    ['quantile', 'normally distributed by 9 quantiles, to ±3.1 at most'],
    ['piecewise_linear', '3 pieces between quantiles, one input each'],
  ] as const)('is said under numeric: %s', (numeric, said) => {
    const text = words({ numeric });
    expect(text).toContain(said);
    expect(text).toContain('missing as 2.25; an input says where it was missing');
    expect(text).toContain('predictions from −64.0 to 704');
    expect(words({ numeric, clip_predictions: false })).not.toContain('predictions from');
  });
});
