/** What reading made of a file, as text: the same in Node and on the page. */
import { summarize } from '../../src/data/prepare/summary.ts';
import { fileRow, isMissing, type Table, textOf } from '../../src/data/table/table.ts';
import { InputError } from '../../src/util/errors.ts';
import type { OddFile } from './files.ts';

/** More cells of a column are only counted. */
const mostCells = 12;

export async function fileOf({ name, content, gzip }: OddFile): Promise<File> {
  const blob = new Blob([content]);
  if (!gzip) return new File([blob], name);
  return new File([await new Response(blob.stream().pipeThrough(new CompressionStream('gzip'))).blob()], name);
}

/** @param read what is held to the outcome */
export async function outcomeOf(read: () => Promise<Table>): Promise<string> {
  try {
    return tableText(await read());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `refused: ${error.message}${error.where ? ` (${error.where})` : ''}`;
  }
}

function tableText(table: Table): string {
  const { kind, encoding, gzip, delimiter, header, decimal, thousands } = table.format ?? { kind: 'none' };
  const facts = [kind, encoding, ...(gzip ? ['gzip'] : []), JSON.stringify(delimiter), header ? 'names' : 'no names'];
  const lines = [
    `read: ${facts.join(', ')}, numbers as 1${thousands}234${decimal}5, ${table.rows} rows from row ${fileRow(table, 0)}`,
  ];
  const { columns, warnings } = summarize(table);
  for (const [index, column] of table.columns.entries()) {
    const cells = Array.from({ length: Math.min(table.rows, mostCells) }, (_, row) =>
      isMissing(column, row) ? '-' : column.kind === 'text' ? JSON.stringify(textOf(column, row)) : textOf(column, row),
    );
    const last = table.rows > mostCells ? ` ... ${textOf(column, table.rows - 1)}` : '';
    const name = column.name.length > 40 ? `${column.name.slice(0, 40)}...` : column.name;
    const { type, unit, dates } = columns[index];
    const kind = unit ? `${type} like ${unit.before}1${unit.after}` : type;
    const days = dates ? ` (${dates.earliest} to ${dates.latest})` : '';
    lines.push(`${kind} ${JSON.stringify(name)}: ${cells.join(' ')}${last}${days}`);
  }
  for (const { severity, text } of [...table.notices, ...warnings]) lines.push(`${severity}: ${text}`);
  return lines.join('\n');
}

/** The outcomes that are written down, by name. */
export function expectedOutcomes(text: string): Map<string, string> {
  const parts = text.trim().split(/^## /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]));
}

export function outcomesText(outcomes: ReadonlyMap<string, string>): string {
  return Array.from(outcomes, ([name, outcome]) => `## ${name}\n${outcome}\n`).join('\n');
}
