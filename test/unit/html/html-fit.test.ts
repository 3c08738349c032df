/** The report of a fit: a page like the others, whatever columns and classes are called, that says what was measured. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import { fitPage } from '../../../src/fit/fit-page.ts';
import type { FitResult } from '../../../src/fit/result.ts';
import { checkFit } from '../../../src/spec/check.ts';
import { commandOf } from '../../../src/spec/shell.ts';
import { figure } from '../../../src/util/format.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

const odd = `<b>&'x'`;
const plan = { folds: 3, held_out: 1 / 3, max_rows: 1000, max_width: 32, trials: 3, epochs: 10, packs: 5 };
const numbers = Array.from({ length: 90 }, (_, row) => [uniformAt(1, 2 * row), uniformAt(1, 2 * row + 1)]);
const tables = {
  curve: ['x,y', ...numbers.map(([x]) => `${x},${Math.sin(6 * x)}`)],
  plane: [`${odd},b,y`, ...numbers.map(([a, b]) => `${a},${b},${a - b}`)],
  classes: ['a,b,y', ...numbers.map(([a, b]) => `${a},${b},${a > b ? odd : 'no'}`)],
};

async function pageOf(kind: keyof typeof tables): Promise<{ page: string; result: FitResult }> {
  const table: Table = await readCsv(tables[kind].join('\n'), { source: odd });
  const engine = await requestEngine({ kind: 'cpu', threads: 1 });
  const result = await fitModel(engine, table, {
    target: 'y',
    plan,
    split: { train: 0.7, validation: 0.2, test: 0.1 },
  });
  const page = await fitPage({
    file: odd,
    rows: table,
    settings: checkFit({ plan }),
    result,
    interrupted: true,
    notices: result.notices,
    origin: {
      command: commandOf(['fit', odd, '--repeat', 'fit.json']),
      version: '0.0.0',
      engine: { ...result.engine, why: inEnglish(result.engine.why) },
    },
    asked: commandOf(['fit', odd, '--target', 'y']),
  });
  engine.destroy();
  return { page, result };
}

describe('the report of a fit', () => {
  const pages: Partial<Record<keyof typeof tables, { page: string; result: FitResult }>> = {};
  beforeAll(async () => {
    for (const kind of ['curve', 'plane', 'classes'] as const) pages[kind] = await pageOf(kind);
  });
  const of = (kind: keyof typeof tables) => {
    const found = pages[kind];
    if (!found) throw new Error('no page');
    return { ...found, text: textOfPage(found.page) };
  };

  it.each(['curve', 'plane', 'classes'] as const)('is a page that stands alone: %s', (kind) => {
    expectReport(of(kind).page);
  });

  it.each(['curve', 'plane', 'classes'] as const)('says the verdict, the scores and how it was ended: %s', (kind) => {
    const { text, result } = of(kind);
    for (const { text: sentence } of result.verdict) expect(text).toContain(sentence.replaceAll(' %', '\u00a0%'));
    const { metrics, linear, baseline } = result;
    const score = (scores: typeof metrics) => ('rmse' in scores ? scores.rmse : scores.log_loss);
    for (const scores of [metrics, linear, baseline]) expect(text).toContain(figure(scores && score(scores), 3));
    expect(text).toContain('It was ended by hand, and kept the best so far.');
    expect(text).toContain('held out in 3 turns');
    expect(text).toContain('fit, test rows');
  });

  it('draws the curve of one number with its intervals, and held-out rows', () => {
    const { page, text } = of('curve');
    expect(page).toMatch(/<path class="band t-model" d="M[^"]{100}/);
    expect(text).toContain('The band holds 90 % of new rows.');
    expect(text).toContain('between the blue lines is the 90 % interval');
  });

  it('draws held-out rows alone where there are several columns', () => {
    const { page, text } = of('plane');
    expect(page).not.toContain('class="band');
    expect(text).toMatch(/Predicted against actual y of the held-out rows/);
  });

  it('counts who is taken for whom', () => {
    const { text } = of('classes');
    expect(text).toContain('held-out rows by actual class (down) and predicted class (across)');
    expect(text).toMatch(/Probabilities are made (less sure|surer|as sure as before) by temperature/);
  });

  it('lists members once for all folds, heaviest first, their weights adding up', () => {
    const { page, result } = of('curve');
    const [, body] = /The \d+ members of the ensemble[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/.exec(page) ?? [];
    const weights = [...(body ?? '').matchAll(/<th[^>]*>([\d.]+)\s%<\/th>/g)].map(([, weight]) => Number(weight));
    expect(weights).toHaveLength(result.model.members.length / 3);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 0);
  });

  it('shows the score over the seconds, and how to repeat it', () => {
    const { text } = of('curve');
    expect(text).toContain('The score so far over the seconds');
    expect(text).toContain('--repeat');
    expect(text).toMatch(/plan\.packs 5 /);
  });
});
