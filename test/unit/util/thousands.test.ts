/** Large numbers, written one way wherever people read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatShort } from '../../../src/founding/format.ts';
import { figure, plainFigure } from '../../../src/util/format.ts';
import { count, counted, grouped, rounded } from '../../../src/util/thousands.ts';

it('a large number has thin spaces between its thousands, whoever writes it', () => {
  const written = [39_500, 39_500.4].flatMap((value) => [count(value), figure(value), formatShort(value)]);
  expect(new Set([...written, plainFigure(39_500, 3), rounded(39_500, 3), grouped('39500')])).toEqual(
    new Set(['39\u202f500']),
  );
  expect([999, 1000, -1000, 1_234_567, -0.4].map(count)).toEqual([
    '999',
    '1\u202f000',
    '−1\u202f000',
    '1\u202f234\u202f567',
    '0',
  ]);
  expect(['-123', '-1234', '1234.5678', 'NaN'].map((digits) => grouped(digits))).toEqual([
    '-123',
    '-1\u202f234',
    '1\u202f234.5678',
    'NaN',
  ]);
  expect([1, 2000].map((rows) => counted(rows, 'row'))).toEqual(['1 row', '2\u202f000 rows']);
  expect(
    [[1234, 3] as const, [19.2, 3] as const, [10, 3] as const].map(([value, digits]) => rounded(value, digits)),
  ).toEqual(['1\u202f230', '19.2', '10']);
});

it('no other code writes them its own way', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(names.filter((name) => /toLocaleString|NumberFormat\(\)/.test(readFileSync(`src/${name}`, 'utf8')))).toEqual(
    [],
  );
});
