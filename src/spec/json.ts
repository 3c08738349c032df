/**
 * JSON that somebody else wrote: models, sweeps, fits, lessons. `JSON.parse` keeps the last of two values by one name, takes
 * groups of any depth, which whoever goes through them does not, and `__proto__` for a name.
 */
import { settings } from '../messages/en/training/settings.ts';
import { InputError } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';

/** Groups and lists within each other; what the program writes has eight at most. */
export const usualDepth = 64;

/**
 * The value of a text.
 * @throws SyntaxError where it is no JSON, as `JSON.parse` does
 * @throws InputError where it is, and may not be
 */
export function parseJson(text: string, maxDepth = usualDepth): unknown {
  // Before it is parsed: 100 MB of brackets would take gigabytes.
  const problem = checkNames(text, maxDepth);
  const value: unknown = JSON.parse(text);
  if (problem) throw new InputError(problem);
  return value;
}

/** What is wrong with a name. @throws InputError where groups are too deep */
function checkNames(text: string, maxDepth: number): Message | undefined {
  /** The names of each group that is open; none of a list. */
  const open: (Set<string> | undefined)[] = [];
  const mark = /["{}[\]]/g;
  let problem: Message | undefined;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const { 0: character, index } = found;
    if (character === '"') {
      mark.lastIndex = endOfText(text, index);
      if (!problem && isName(text, mark.lastIndex))
        problem = nameProblem(text.slice(index, mark.lastIndex), open.at(-1));
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw new InputError(message(settings, 'json_too_deep', { limit: maxDepth }));
    } else open.pop();
  }
  return problem;
}

/** Where the text that begins at a quote ends. */
export function endOfText(text: string, start: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = start + 1;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '"') return mark.lastIndex;
    mark.lastIndex += 1;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}

/** @param json the name as it is written @param names those before it */
function nameProblem(json: string, names: Set<string> | undefined): Message | undefined {
  const name: string = json.includes('\\') ? JSON.parse(json) : json.slice(1, -1);
  if (name === '__proto__') return message(settings, 'json_name_barred', { name });
  if (names?.has(name)) return message(settings, 'json_name_twice', { name });
  names?.add(name);
  return undefined;
}
