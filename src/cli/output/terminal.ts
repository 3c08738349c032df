/**
 * What reaches a terminal holds no control characters but ours: names, classes and file names come from files, and an escape
 * sequence in one could clear the screen, change the title or hide what follows. Each is written as JSON has it, \u001b.
 */

/** Controls of one byte, and what changes the direction of text (Boucher & Anderson 2021). */
const controls = '[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]';
const colours = '\\u001b\\[(?:36|2|0)m';
const any = new RegExp(controls, 'u');
/** By what is kept: nothing; our colours; lines, with tabs in them; lines in colours. */
const escaped = {
  nothing: new RegExp(controls, 'gu'),
  colours: new RegExp(`(?!${colours})${controls}`, 'gu'),
  lines: new RegExp(`(?!\\n|\\t|\\r\\n)${controls}`, 'gu'),
  colouredLines: new RegExp(`(?!\\n|\\t|\\r\\n|${colours})${controls}`, 'gu'),
};

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

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
  return json.replace(escaped.nothing, inJson);
}

/** To standard error. */
export function printError(text: string): void {
  process.stderr.write(`${replaced(text, escaped.lines)}\n`);
}

function replaced(text: string, which: RegExp): string {
  return any.test(text) ? text.replace(which, (control) => short[control] ?? inJson(control)) : text;
}

function inJson(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
