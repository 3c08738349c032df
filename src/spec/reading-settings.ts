/** How a file becomes a table. Nearly all of it is guessed from the first rows, and can be said instead. */
import * as z from 'zod/mini';
import { count, holds, name, optional, setting } from './declare.ts';
import { type Field, fieldsOf } from './fields.ts';

export type { ReadingInput, ReadingSettings } from './types/reading.ts';

/** More rows than any file has. */
const mostRows = 1_000_000_000;

export const readingSettings = z
  .strictObject({
    header: optional(z.boolean(), {
      label: 'Names in the first row',
      help: 'Whether the first row holds the column names',
    }),
    delimiter: optional(z.string().check(holds((text) => /^[^"\r\n\ufeff]+$/.test(text), 'delimiter_unfit')), {
      label: 'Delimiter',
      help: 'What separates cells, such as ; or tab; space is any number of blanks',
    }),
    decimal: optional(z.enum(['.', ',']), {
      label: 'Decimal mark',
      help: 'What stands before the decimals of a number',
    }),
    thousands: optional(z.enum(['', ',', '.', ' ', "'"]), {
      label: 'Thousands mark',
      help: 'What stands between the thousands of a number',
    }),
    encoding: optional(name, {
      label: 'Encoding',
      help: 'How letters are written as bytes, such as utf-8, cp949 (euc-kr) or windows-1252',
    }),
    missing: optional(z.array(z.string()), {
      label: 'Missing values',
      help: 'Texts that mean "no value", instead of NA, NaN, null and the like',
    }),
    skip: optional(count(0, mostRows), {
      label: 'Rows to skip',
      help: 'Rows at the top that are not of the table; titles above the names are found unless it is given',
    }),
    comment: optional(z.string().check(holds((text) => /^[^"\s]+$/.test(text), 'comment_unfit')), {
      label: 'Comment mark',
      help: 'Lines that begin with it are left out, such as #',
    }),
    sheet: optional(name, {
      label: 'Sheet',
      help: 'The sheet of an Excel workbook; the first unless it is given',
    }),
    max_short_rows: setting(count(0, mostRows), 10, {
      label: 'Short rows',
      help: 'Rows that may have fewer cells than the header; what they lack is missing, and a notice names them',
    }),
  })
  .check(holds(({ decimal, thousands }) => !thousands || thousands !== (decimal ?? ''), 'marks_equal', ['thousands']));

/** Every setting of how a file becomes a table. */
export const readingFields: Field[] = fieldsOf(readingSettings.shape);
