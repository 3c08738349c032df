/** How numbers, tables and sentences look in a terminal: aligned, one accent, nothing coloured that is not a terminal. */

import columnsOf from 'string-width';
import { type Notice, sortNotices, warning } from '../../data/table/notices.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { type Label, summary } from '../../messages/en/command-line/summary.ts';
import { message, type Said } from '../../util/message.ts';
import { grouped } from '../../util/thousands.ts';
import { fixOption, type GivenSettings } from '../fix-option.ts';
import { inLanguage } from '../language.ts';
import { isColoured, printError, visible, visibleJson, visibleLines, visibleSentence } from './terminal.ts';

const accentCode = '\u001b[36m';
const faintCode = '\u001b[2m';
const plainCode = '\u001b[0m';

/** For the number that matters. */
export function accent(text: string): string {
  return styled(text, accentCode);
}

/** For labels and what may be passed over. */
export function faint(text: string): string {
  return styled(text, faintCode);
}

function styled(text: string, code: string): string {
  return isColoured() && text ? `${code}${text}${plainCode}` : text;
}

/** Lines no longer than people like to read. */
export function width(): number {
  return Math.min(process.stdout.columns ?? 100, 100);
}

export function print(text = ''): void {
  process.stdout.write(`${visibleLines(text)}\n`);
}

/** The one object of `--json`, on one line. Numbers that are not finite become null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${visibleJson(JSON.stringify(value))}\n`);
}

/** Four significant digits; a dash for what cannot be said. */
export function significant(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e12)) return trimmed(value.toExponential(2));
  if (size >= 1000) return grouped(String(Math.round(value)));
  return value === 0 ? '0' : value.toPrecision(4);
}

/** A score of at most 1, such as r2: its digits after the point are what is compared. */
export function score(value: number | null | undefined): string {
  const ordinary = typeof value === 'number' && Math.abs(value) < 10;
  return ordinary ? value.toFixed(4) : significant(value);
}

function trimmed(exponential: string): string {
  return exponential.replace(/\.?0+e/, 'e').replace('e+', 'e');
}

export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Pairs of a label and a text, the texts in one column and wrapped there. */
export function pairs(entries: readonly (readonly [label: string, text: string])[]): string {
  const labels = Math.max(...entries.map(([label]) => columnsOf(label)));
  const critical = heading('critical');
  const styled = (label: string) => (label === critical ? accent : faint)(padEnd(label, labels));
  return entries.map(([label, text]) => `${styled(label)}  ${wrapped(text, labels + 2)}`).join('\n');
}

export type Pair = readonly [label: string, text: string];

/** The label of a line or the title of a column. */
export function heading(label: Label): string {
  return inLanguage(message(summary, 'label', { label }));
}

export function fact(label: Label, said: Said): Pair {
  return [heading(label), inLanguage(said)];
}

/** @param how which plan trains */
export function engineFact({ kind, adapter, software, why }: EngineInfo<string>, how: Said): Pair {
  return fact('engine', message(summary, 'engine_used', { engine: kind, adapter, software, how, why }));
}

/** The files that were written; nothing where there are none. */
export function writtenFiles(files: readonly string[]): string[] {
  return files.length > 0 ? [pairs([fact('wrote', files.join(', '))])] : [];
}

/**
 * Facts with a line for each notice below them; above them what makes all that follows doubtful.
 * @param given settings of the data, which the option that mends something adds to
 */
export function notedFacts(facts: readonly Pair[], notices: readonly Notice[], given: GivenSettings = {}): string {
  const sorted = sortNotices(notices);
  const lines = (wanted: boolean) =>
    sorted.filter(({ severity }) => (severity === 'critical') === wanted).map((notice) => notePair(notice, given));
  return pairs([...lines(true), ...facts, ...lines(false)]);
}

/** To standard error, where nothing but scores is printed: they cannot be believed. */
export function warnCritical(notices: readonly Notice[], given: GivenSettings): void {
  for (const notice of notices) {
    if (notice.severity === 'critical') printError(withOption(notice, given));
  }
}

/** Of trials that diverged. */
export function divergedNotices(trials: number): Notice[] {
  if (trials === 0) return [];
  return [warning(message(cli, 'trials_diverged', { count: trials }))];
}

function notePair(notice: Notice, given: GivenSettings): Pair {
  return [heading(notice.severity === 'info' ? 'note' : notice.severity), withOption(notice, given)];
}

/** What a notice says, and the option that does what it advises. */
export function withOption(notice: Notice, given: GivenSettings = {}): string {
  const option = notice.fix && fixOption(notice.fix, given);
  const said = inLanguage(notice);
  return option ? inLanguage(message(summary, 'mended_by', { said, option })) : said;
}

/** A text broken at blanks, but not before a sign of percent or of seconds; every line but the first indented. */
export function wrapped(text: string, indent = 0): string {
  const most = Math.max(20, width() - indent);
  const lines = [''];
  for (const word of visibleSentence(text).split(/ (?!%|s\.)/)) {
    const line = lines[lines.length - 1];
    if (line && columnsOf(line) + 1 + columnsOf(word) > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** Columns of the terminal, of which a letter of Korean or Chinese takes two. */
function padEnd(text: string, columns: number): string {
  return text + blanks(columns - columnsOf(text));
}

const blanks = (count: number) => ' '.repeat(Math.max(0, count));

/** The first column to the left, numbers on their decimal points. `mark` is the [row, column] that gets the accent. */
export function table(titles: string[], cells: string[][], mark?: [row: number, column: number]): string {
  const header = titles.map(visible);
  const rows = cells.map((row) => row.map(visible));
  const columns = header.map((_, column) =>
    aligned(
      rows.map((row) => row[column]),
      column,
    ),
  );
  const widths = header.map((title, column) =>
    Math.max(columnsOf(title), ...columns[column].map((cell) => columnsOf(cell))),
  );
  const place = (cell: string, column: number) =>
    column === 0 ? padEnd(cell, widths[column]) : blanks(widths[column] - columnsOf(cell)) + cell;
  const lines = rows.map((_, row) =>
    header
      .map((_, column) => {
        const cell = place(columns[column][row], column);
        return mark && mark[0] === row && mark[1] === column ? accent(cell) : cell;
      })
      .join('   ')
      .trimEnd(),
  );
  return [faint(header.map(place).join('   ')), ...lines].join('\n');
}

function aligned(cells: string[], column: number): string[] {
  if (column === 0) return cells;
  const fraction = (cell: string) => (cell.includes('.') ? cell.length - cell.indexOf('.') : 0);
  const most = Math.max(...cells.map(fraction));
  return cells.map((cell) => (/\d/.test(cell) ? cell + ' '.repeat(most - fraction(cell)) : cell));
}
