/**
 * What messages quote comes from files, links and command lines: a name may have 50 MB, or characters that move a terminal's
 * cursor. `message` cuts every text among the parameters, and prints the finished sentence, by these functions.
 */
import { controlCharacter, writtenOut } from './control-characters.ts';

/** Characters of a name, value or path that a message quotes. */
const maxQuoted = 300;
/** Characters of a whole message, reasons within it included. */
const maxText = 2000;
/** Groups within groups among the parameters. */
const maxDepth = 6;

/** The text, or its beginning and end. */
export function quotable(text: string): string {
  return cut(text, maxQuoted);
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor(most / 5);
  return `${text.slice(0, most - tail - 1)}…${text.slice(-tail)}`;
}

const unprintable = new RegExp(controlCharacter, 'gu');

/** A sentence as it can be shown anywhere: one line, no longer than somebody would read. */
export function printable(text: string): string {
  return cut(cut(text, maxText).replace(unprintable, writtenOut), maxText);
}

type Params = Readonly<Record<string, unknown>>;

/** Parameters in which no text is longer than can be quoted. */
export function boundedParams(params: Params): Params {
  return bounded(params, 0) as Params;
}

function bounded(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return quotable(value);
  if (typeof value !== 'object' || value === null || isMessage(value)) return value;
  if (depth === maxDepth) return '…';
  if (Array.isArray(value)) return value.map((inner) => bounded(inner, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [quotable(name), bounded(inner, depth + 1)]));
}

/** A reason, which was bounded when it was made. */
function isMessage(value: { text?: unknown }): boolean {
  return 'code' in value && 'params' in value && typeof value.text === 'string' && value.text.length <= maxText;
}
