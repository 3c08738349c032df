/** Separated values to records: what separates them, and which rows at the top are not of the table. */

import { continued, readSample } from '../bytes/source.ts';
import { guessDelimiter } from './delimiter.ts';
import { tabbed, withoutComments, withoutLines, withTabs } from './lines.ts';
import { type Block, firstRecords, looked, type RecordSource, recordBlocks, usualBlock } from './records.ts';
import { type LeftOut, leaveOut, titleNotices, titleRows } from './titles.ts';

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
    first: leaveOut(data, 0, records),
    notices,
  };
}

async function* placed(blocks: AsyncIterable<Block>, leftOut: LeftOut, skip: number): AsyncGenerator<Block> {
  for await (const block of blocks) {
    yield { ...block, records: leaveOut(block.records, block.row, leftOut), row: block.row + skip };
  }
}
