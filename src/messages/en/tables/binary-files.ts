/** What is said of files that are no text: of those that are read (workbooks, Parquet, Arrow), and of the others. Loaded with the first. */
import { shown, some } from '../../../util/words.ts';
import { gigabytes } from '../engines/engines.ts';

const saveAsCsv = 'save the table as CSV (comma-separated values) first';
const todo = { save: saveAsCsv, unpack: 'unpack it first', open: 'open a text file such as CSV' };

/** What a file is that is no text. */
export const fileKinds = {
  xlsx: 'an Excel workbook',
  open_document: 'an OpenDocument file',
  zip: 'a zip archive',
  old_excel: 'an old Excel workbook (.xls) or one with a password',
  pdf: 'a PDF document',
  parquet: 'a Parquet file',
  arrow: 'an Arrow file',
  old_feather: 'a Feather file of version 1',
  hdf5: 'an HDF5 file',
  numpy: 'a NumPy file',
  matlab: 'a MATLAB file',
  spss: 'an SPSS file',
  stata: 'a Stata file',
  pickle: 'a Python pickle',
  rich_text: 'a rich text document',
  sqlite: 'an SQLite database',
  tar: 'a tar archive',
  seven_zip: 'an archive of 7z',
  rar: 'a RAR archive',
  bzip2: 'a bzip2 archive',
  xz: 'an xz archive',
  zstd: 'a zstd archive',
  image: 'an image',
  binary: 'a binary file',
};

type TypedKind = 'arrow' | 'parquet' | 'xlsx';

export const binaryFiles = {
  file_binary: (p: { source: string; kind: keyof typeof fileKinds; todo: keyof typeof todo }) =>
    `${p.source} is ${fileKinds[p.kind]}, not a text file; ${todo[p.todo]}.`,
  encoding_unmarked: ({ source, encoding }: { source: string; encoding: string }) =>
    `${source} seems to be UTF-16 text without a byte order mark; save it again as "CSV UTF-8", or give encoding ${encoding}.`,
  typed_damaged: (p: { source: string; kind: TypedKind; cause: string }) =>
    `${p.source} is ${fileKinds[p.kind]} that cannot be read (${shown(p.cause)}); get or write it again, or save the table as CSV.`,
  typed_too_large: ({ source, limit }: { source: string; limit: number }) =>
    `${source} has more than ${gigabytes(limit)}, which a file of this kind must not have, as it is read as a whole; save the table as CSV, or in parts.`,
  typed_bomb: ({ source, most }: { source: string; most: number }) =>
    `${source}: unpacks to more than ${most} times its size, as hardly a table does; if it is one, save it as CSV.`,
  columns_untyped: ({ columns }: { columns: readonly string[] }) =>
    `Columns whose cells are lists, groups or bytes are left out: ${some(columns.map(shown), 5)}.`,
  columns_none_typed: ({ source }: { source: string }) =>
    `${source} has no column of numbers, texts, dates or truth values; make columns of its lists or groups first.`,
  workbook_other: ({ source }: { source: string }) =>
    `${source} is an Office file without sheets that can be read; save the table as .xlsx or CSV first.`,
  workbook_empty: ({ source }: { source: string }) => `${source} has no sheet with cells; save the table as CSV first.`,
  sheet_unknown: ({ source, sheet, sheets }: { source: string; sheet: string; sheets: readonly string[] }) =>
    `sheet: ${source} has no sheet ${shown(sheet)}; its sheets are ${some(sheets.map(shown), 5)}.`,
  sheet_none: ({ source }: { source: string }) => `sheet: ${source} is no Excel workbook (.xlsx); leave sheet out.`,
  sheet_chosen: ({ sheet, sheets }: { sheet: string; sheets: readonly string[] }) =>
    `The sheet ${shown(sheet)} is read; others can be named: ${some(sheets.map(shown), 5)}.`,
};
