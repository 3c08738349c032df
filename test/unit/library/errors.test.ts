/** Errors of the library: their codes tell what their parameters are, to programs and to TypeScript. */
import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, it } from 'vitest';
import { InputError, type MessageCode, type MessageParams, RunError, readCsv } from '../../../src/index.ts';
import { englishCatalogues } from '../../support/text/english-catalogues.ts';

it('have codes whose parameters TypeScript knows', async () => {
  const error: unknown = await readCsv('x,y\n1,2\n3\n', { max_short_rows: 0 }).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw error;
  expect(error.name).toBe('InputError');
  if (error.code !== 'row_width') throw error;
  expectTypeOf(error.params.row).toEqualTypeOf<number>();
  expect(error.params).toMatchObject({ row: 3, cells: 1, width: 2 });
  // @ts-expect-error no message has this code
  expect(error.code === 'no_such_code').toBe(false);
  expect(error instanceof RunError).toBe(false);
});

it('have the codes of all catalogues but those of the page', () => {
  expectTypeOf<MessageParams<'row_length'>['count']>().toEqualTypeOf<number>();
  expectTypeOf<'row_width'>().toExtend<MessageCode>();
  const named = readFileSync('src/library/errors.ts', 'utf8').matchAll(/typeof (\w+)/g);
  const { lessons: _, page: __, columns: ___, baseModel: ____, ...own } = englishCatalogues;
  expect([...named].map(([, name]) => name).sort()).toEqual(Object.keys(own).sort());
});
