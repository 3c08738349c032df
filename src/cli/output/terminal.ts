/**
 * What reaches a terminal holds no control characters but ours: names, classes and file names come from files, and an escape
 * sequence in one could clear the screen, change the title or hide what follows. Each is written as JSON has it, \u001b.
 */
import { controlCharacter, writtenOut } from '../../util/control-characters.ts';

const colours = '\\u001b\\[(?:36|2|0)m';
const any = new RegExp(controlCharacter, 'u');
/** By what is kept: nothing; our colours; lines, with tabs in them; lines in colours. */
const escaped = {
  nothing: new RegExp(controlCharacter, 'gu'),
  colours: new RegExp(`(?!${colours})${controlCharacter}`, 'gu'),
  lines: new RegExp(`(?!\\n|\\t|\\r\\n)${controlCharacter}`, 'gu'),
  colouredLines: new RegExp(`(?!\\n|\\t|\\r\\n|${colours})${controlCharacter}`, 'gu'),
};

/** hasColors() knows NO_COLOR, FORCE_COLOR and dumb terminals. */
export function isColoured(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors();
}

/** A name or a cell, in one line. */
export function visible(text: string): string {
  return replaced(text, escaped.nothing);
}

/** A sentence, in one line, with what we have coloured in it. */
export function visibleSentence(text: string): string {
  return replaced(text, isColoured() ? escaped.colours : escaped.nothing);
}

export function visibleLines(text: string): string {
  return replaced(text, isColoured() ? escaped.colouredLines : escaped.lines);
}

/** JSON of one line as JSON that means the same. */
export function visibleJson(json: string): string {
  return json.replace(escaped.nothing, writtenOut);
}

/** To standard error. */
export function printError(text: string): void {
  process.stderr.write(`${replaced(text, escaped.lines)}\n`);
}

function replaced(text: string, which: RegExp): string {
  return any.test(text) ? text.replace(which, writtenOut) : text;
}
