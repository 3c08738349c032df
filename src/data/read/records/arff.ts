/** ARFF, Weka's format, to records: names from its attributes, rows from below @data. Types are found as for any table. */
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { splitLines } from './lines.ts';
import { type Block, rowsTogether, type Unread } from './records.ts';

const text = `'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)"`;
const attribute = new RegExp(`^@attribute\\s+(?:${text}|(\\S+))\\s+\\S`, 'i');

export function arffRecords(portions: AsyncIterable<string>, source: string): Unread {
  const names: string[] = [];

  async function* blocks(): AsyncGenerator<Block> {
    let records: string[][] = [];
    let row = 0;
    let begin: number | undefined;
    for await (const line of splitLines(portions)) {
      row += 1;
      const trimmed = line.trim();
      if (begin === undefined) {
        if (/^@data\b/i.test(trimmed)) begin = row;
        else if (/^@attribute\b/i.test(trimmed)) names.push(readName(trimmed, row));
        continue;
      }
      if (trimmed.startsWith('{')) {
        throw new InputError(message(reading, 'arff_sparse', { source, row }));
      }
      records.push(trimmed.startsWith('%') ? [] : splitCells(trimmed));
      if (records.length < rowsTogether) continue;
      yield { records, row: begin };
      begin += records.length;
      records = [];
    }
    if (begin === undefined) throw new InputError(message(reading, 'arff_without_data', { source }));
    yield { records, row: begin };
  }

  function readName(line: string, row: number): string {
    const found = attribute.exec(line);
    if (!found) {
      throw new InputError(message(reading, 'arff_attribute', { source, row, text: line }));
    }
    const [, single, double, bare] = found;
    return bare ?? unescaped(single ?? double);
  }

  return { kind: 'arff', delimiter: ',', blocks: blocks(), names, notices: [] };
}

function splitCells(line: string): string[] {
  const cell = new RegExp(`\\s*(?:(?:${text})\\s*|([^,]*))(?:,|$)`, 'y');
  const cells: string[] = [];
  while (cell.lastIndex <= line.length) {
    const found = cell.exec(line);
    if (!found) break;
    const [all, single, double, bare] = found;
    cells.push(bare ?? unescaped(single ?? double));
    if (!all.endsWith(',')) break;
  }
  return cells;
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/g, '$1');
}
