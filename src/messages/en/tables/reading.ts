/** How files are read, and why they are refused. */
import { counted, count as whole } from '../../../util/thousands.ts';
import { shown, some } from '../../../util/words.ts';
import { gigabytes } from '../engines/engines.ts';

interface Place {
  source: string;
  row: number;
}

const at = ({ source, row }: Place) => `${source}, row ${row}`;
const saveAsCsv = 'save the table as CSV (comma-separated values) first';

const top = (header: boolean) => (header ? 'header' : 'first row');
/** A number, or text where there is none. */
const numberOrText = (value: number | null) => (value === null ? 'text' : String(value));

export const reading = {
  file_unreadable: ({ source, cause }: { source: string; cause: string }) =>
    `${source} cannot be read any more (${cause}); choose the file again.`,
  gzip_damaged: ({ source }: { source: string }) =>
    `${source} is packed with gzip, but damaged or cut short; unpack it first, or get it again.`,
  file_not_text: ({ source }: { source: string }) => `${source} is not a text file; ${saveAsCsv}.`,
  file_xml: ({ source }: { source: string }) => `${source} is an XML file, not a table; ${saveAsCsv}.`,
  file_yaml: ({ source }: { source: string }) => `${source} is a YAML file, not a table; ${saveAsCsv}.`,
  file_empty: ({ source }: { source: string }) =>
    `${source} is empty; give a header row with column names and rows of numbers.`,
  file_without_rows: ({ source }: { source: string }) =>
    `${source} has a header row and nothing below it; add rows of numbers.`,
  encoding_unknown: ({ encoding }: { encoding: string }) =>
    `encoding ${JSON.stringify(encoding)} is not known; give utf-8, utf-16le, utf-16be, euc-kr (cp949), windows-1252 or another name of the Encoding Standard, such as shift_jis.`,
  encoding_wrong: ({ source, encoding }: { source: string; encoding: string }) =>
    `${source} is not ${encoding.toUpperCase()} text all through; save the table again as "CSV UTF-8", or name its encoding, such as euc-kr or windows-1252.`,
  encoding_guessed: ({ encoding }: { encoding: string }) =>
    `The text is not UTF-8 and is read as ${encoding}; if letters look wrong, give its encoding.`,
  block_size: ({ size }: { size: number }) => `blockSize: is ${size}; give a whole number from 1 up.`,
  nothing_to_skip: ({ source }: { source: string }) => `skip: ${source} has no rows above its names; leave skip out.`,

  quote_open: (place: Place) =>
    `${at(place)}: a quote (") that opens a cell is never closed properly; close it before the next delimiter, or double quotes that belong to the text.`,
  row_too_long: (place: Place) =>
    `${at(place)}: is longer than 16 MB, which no row of a table is; check that the file is a table with line ends.`,
  row_width: ({ cells, header, width, ...place }: Place & { cells: number; header: boolean; width: number }) =>
    `${at(place)}: has ${counted(cells, 'cell')}, but the ${top(header)} has ${width}; correct the row, and put quotes around a cell that contains the delimiter.`,
  rows_short: (p: { source: string; most: number; header: boolean; width: number; rows: readonly number[] }) =>
    `${p.source}: more than ${counted(p.most, 'row')} ${p.most === 1 ? 'has' : 'have'} fewer cells than the ${top(p.header)}, which has ${p.width}, such as rows ${some(p.rows.map(String), 3)}; correct them, or give a greater max_short_rows.`,
  rows_completed: ({ rows, header }: { rows: readonly number[]; header: boolean }) =>
    `${rows.length === 1 ? `Row ${rows[0]} has` : `Rows ${some(rows.map(String), 10)} have`} fewer cells than the ${top(header)}; what is lacking counts as missing.`,
  row_like_comment: ({ row }: { row: number }) =>
    `Row ${row} begins with #, and is read as data; if it is a comment, give comment "#".`,

  columns_too_many: ({ source, count, most }: { source: string; count: number; most: number }) =>
    `${source} has ${whole(count)} columns, and a table may have ${whole(most)}; leave columns out, or turn rows and columns around.`,
  table_too_large: (p: { source: string; total: number; width: number; bytes: number; limit: number }) =>
    `${p.source}: ${whole(p.total)} rows of ${whole(p.width)} columns take more than the ${gigabytes(p.limit)} of memory that there are; give fewer rows or columns.`,
  gzip_bomb: ({ source, most }: { source: string; most: number }) =>
    `${source}: unpacks to more than ${most} times its size, as hardly a table does; if it is one, unpack it and give it so.`,

  arff_sparse: (place: Place) => `${at(place)}: is a sparse ARFF row; save the table as CSV first.`,
  arff_without_data: ({ source }: { source: string }) => `${source} is an ARFF file without @data; get the file again.`,
  arff_attribute: ({ text, ...place }: Place & { text: string }) =>
    `${at(place)}: ${shown(text)} is no attribute with a name and a type; correct it.`,
  html_without_table: ({ source }: { source: string }) =>
    `${source} is an HTML page without a table; open the page that shows the table, or save the table as CSV.`,
  html_too_large: ({ source, cells }: { source: string; cells: number }) =>
    `${source}: the cells of a table span more than ${whole(cells)} others; save the table as CSV.`,
  html_too_long: ({ source }: { source: string }) =>
    `${source} is an HTML page of more than 256 MB; save the table as CSV.`,
  html_largest_table: ({ count }: { count: number }) => `The page has ${count} tables; the largest one is read.`,
  json_too_long: (place: Place) => `${at(place)}: is longer than 16 MB; check that the file is a list of rows.`,
  json_deep: ({ most, ...place }: Place & { most: number }) =>
    `${at(place)}: has more than ${most} objects and lists within each other, which is no row of a table; check its brackets.`,
  json_open: (place: Place) => `${at(place)}: has no end; check its brackets and quotes, or get the file again.`,
  json_cut: ({ source }: { source: string }) => `${source} ends before its list does; get the file again.`,
  json_no_object: ({ text, ...place }: Place & { text: string }) =>
    `${at(place)}: is ${shown(text)}, not an object with a value for each column; give a list of objects.`,
  json_invalid: (place: Place) => `${at(place)}: is not valid JSON; check its quotes, commas and brackets.`,
  json_one_object: ({ source }: { source: string }) =>
    `${source} holds one object and no list of rows; save it as a list of objects, such as [{"x": 1, "y": 2}, {"x": 3, "y": 4}].`,
  json_list_row: (place: Place) => `${at(place)}: is a list, but the first row is an object; make all rows alike.`,
  json_object_row: (place: Place) => `${at(place)}: is an object, but the first row is a list; make all rows alike.`,
  json_part: ({ name }: { name: string }) => `The rows are those of ${name}; the rest of the file is left out.`,
  json_lists: ({ columns }: { columns: readonly string[] }) =>
    `Lists within a row are read as text: ${some(columns.map(shown), 5)}.`,

  number_format: (p: {
    text: string;
    value: number | null;
    other: number | null;
    decimal: string;
    thousands: string;
  }) =>
    `${shown(p.text)} is read as ${numberOrText(p.value)}, but could be ${numberOrText(p.other)}; if it is, give decimal ${JSON.stringify(p.decimal)} and thousands ${JSON.stringify(p.thousands)}.`,
  commas_unread: ({ column, text }: { column: string; text: string }) =>
    `Column ${shown(column)} has cells such as ${shown(text)} that are not read as numbers; if they are, give decimal "," or thousands ",".`,
  codes_as_text: ({ example, columns }: { example: string; columns: readonly string[] }) =>
    `Numbers with needless zeros in front, such as ${shown(example)}, are codes; text because of them: ${some(columns.map(shown), 5)}.`,
  long_codes_as_text: ({ example, columns }: { example: string; columns: readonly string[] }) =>
    `Whole numbers of so many digits, such as ${shown(example)}, are codes, as a number could not hold the last ones; text because of them: ${some(columns.map(shown), 5)}.`,
  header_of_numbers:
    'The first row holds numbers, so it is read as data; if it holds the column names, say so (header).',
  header_mixed: ({ header }: { header: boolean }) =>
    `The first row has both names and numbers over numbers; it is read as ${header ? 'the column names' : 'data'}, which the header option can change.`,
  header_unclear: ({ header }: { header: boolean }) =>
    `The first row cannot be told from the others, as no column is of numbers; it is read as ${header ? 'the column names' : 'data'}, which the header option can change.`,
  header_marked: 'The column names stand behind a #, which is left out.',
  row_above_table: ({ row, text }: { row: number; text: string }) =>
    `Row ${row}, ${shown(text)}, stands above the table and is left out; if it is part of the table, give skip 0.`,
  rows_above_table: ({ row, last, text }: { row: number; last: number; text: string }) =>
    `Rows ${row} to ${last}, from ${shown(text)} on, stand above the table and are left out; if it is part of the table, give skip 0.`,
  columns_unnamed: ({ names }: { names: readonly string[] }) =>
    `Columns without a name are called ${some(names.map(shown), 5)}.`,
  columns_renamed: ({ names }: { names: readonly string[] }) =>
    `Names that stand twice in the header are changed to ${some(names.map(shown), 5)}.`,
  columns_called: ({ names }: { names: readonly string[] }) =>
    `The first row holds no names; the columns are called ${some(names.map(shown), 5)}.`,
  columns_dropped: ({ count }: { count: number }) =>
    `${counted(count, 'column')} at the end without a name or a value ${count > 1 ? 'are' : 'is'} left out.`,
};
