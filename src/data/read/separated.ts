/** Separated values to records: what separates them, and which rows at the top are not of the table. */
import { reading } from '../../messages/en/reading.ts';
import { message } from '../../util/message.ts';
import { info } from '../table/notices.ts';
import { guessDelimiter } from './delimiter.ts';
import { tabbed, withoutComments, withoutLines, withTabs } from './lines.ts';
import { type Block, firstRecords, looked, type RecordSource, recordBlocks, usualBlock } from './records.ts';
import { continued, readSample } from './source.ts';
import { type Titles, titleRows, withoutMark } from './titles.ts';

export interface SeparatedOptions {
  source: string;
  delimiter?: string;
  skip?: number;
  comment?: string;
  header?: boolean;
  blockSize?: number;
}

export async function separatedRecords(
  portions: AsyncGenerator<string>,
  { source, delimiter: given, skip, comment, header, blockSize = usualBlock }: SeparatedOptions,
): Promise<RecordSource> {
  const below = skip ? withoutLines(portions, skip) : portions;
  const lines = comment ? withoutComments(below, comment) : below;
  const { parts, sample, whole } = await readSample(lines);
  // Excel's own way to say it.
  const separator = skip === undefined ? /^sep=([^\n])\n/i.exec(sample)?.[1] : undefined;
  const text = separator === undefined ? sample : sample.slice('sep=;\n'.length);
  const delimiter = given ?? separator ?? (await guessDelimiter(text, whole));
  const isBlanks = delimiter === ' ';
  const mark = isBlanks ? '\t' : delimiter;
  const { data } = await firstRecords(isBlanks ? tabbed(sample) : sample, mark, whole, looked);
  if (separator !== undefined) data[0] = [];
  const titles = skip === undefined && header !== false ? titleRows(data) : { rows: 0, marked: false };
  const records = { leftOut: Math.max(titles.rows, separator === undefined ? 0 : 1), marked: titles.marked };
  const notices = titleNotices(data, titles);
  const all = continued(parts, lines);
  const blocks = recordBlocks(isBlanks ? withTabs(all) : all, mark, source, blockSize);
  return {
    kind: 'csv',
    delimiter,
    blocks: placed(blocks, records, skip ?? 0),
    first: withoutTitles(data, 0, records),
    notices,
  };
}

type LeftOut = { leftOut: number } & Pick<Titles, 'marked'>;

async function* placed(blocks: AsyncIterable<Block>, leftOut: LeftOut, skip: number): AsyncGenerator<Block> {
  for await (const block of blocks) {
    yield { ...block, records: withoutTitles(block.records, block.row, leftOut), row: block.row + skip };
  }
}

/** Rows that are left out become blank, so that the others keep their numbers. */
function withoutTitles(records: string[][], row: number, { leftOut, marked }: LeftOut): string[][] {
  for (let index = 0; index < records.length && row + index <= leftOut; index += 1) {
    if (row + index < leftOut) records[index] = [];
    else if (marked) records[index] = withoutMark(records[index]);
  }
  return records;
}

function titleNotices(records: readonly string[][], { rows, marked }: Titles) {
  const titles = records.slice(0, rows).flatMap((record, index) => {
    const text = record.join(' ').trim();
    return text === '' ? [] : [{ text, row: index + 1 }];
  });
  const notices = marked ? [info(message(reading, 'header_marked'))] : [];
  if (titles.length === 0) return notices;
  const [{ text, row }] = titles;
  const above =
    titles.length === 1
      ? message(reading, 'row_above_table', { row, text })
      : message(reading, 'rows_above_table', { row, last: titles[titles.length - 1].row, text });
  return [info(above), ...notices];
}
