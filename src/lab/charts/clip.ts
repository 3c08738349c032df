/** Names in less room than they need: an ellipsis, never squeezed glyphs. Two names mostly differ at one of their ends. */

/** A context of a canvas, or what counts in other units. */
interface Measure {
  measureText(text: string): { width: number };
}

/** The beginning and the end of a text, as much of them as there is room for. */
export function clipped(context: Measure, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  // By characters as people see them: half of a surrogate pair would be drawn as a box.
  const letters = [...text];
  for (let kept = mostLetters(letters, width); kept > 1; kept--) {
    const short = shortened(letters, kept);
    if (context.measureText(short).width <= width) return short;
  }
  return `${letters[0] ?? ''}…`;
}

/** Names beside each other: what all of them begin and end with goes first, so that they can still be told apart. */
export function clippedApart(context: Measure, names: readonly string[], width: number): string[] {
  if (names.length < 2 || names.every((name) => context.measureText(name).width <= width)) {
    return names.map((name) => clipped(context, name, width));
  }
  const letters = names.map((name) => [...name]);
  const begin = common(letters);
  const end = common(letters.map((name) => name.slice(begin).reverse()));
  return letters.map((name) => {
    const own = name.slice(begin, name.length - end).join('');
    const text = `${begin > leastCommon ? '…' : name.slice(0, begin).join('')}${own}${end > leastCommon ? '…' : name.slice(name.length - end).join('')}`;
    return clipped(context, context.measureText(name.join('')).width <= width ? name.join('') : text, width);
  });
}

/** The same of text that is not drawn but laid out, in letters. */
export function shortNames(names: readonly string[], letters: number): string[] {
  return clippedApart({ measureText: (text) => ({ width: [...text].length }) }, names, letters);
}

/** Fewer letters than this in common are not worth an ellipsis. */
const leastCommon = 2;

/** How many letters all of them begin with; not all letters of any. */
function common(names: readonly (readonly string[])[]): number {
  const most = Math.min(...names.map(({ length }) => length)) - 1;
  let same = 0;
  while (same < most && names.every((name) => name[same] === names[0][same])) same += 1;
  return Math.max(0, same);
}

/** Hardly a letter is narrower than a pixel: what is longer need not be measured. */
function mostLetters({ length }: readonly string[], width: number): number {
  return Math.min(length, Math.ceil(width));
}

function shortened(letters: readonly string[], kept: number): string {
  const head = Math.ceil(kept / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`;
}

/** A letter, an ellipsis and a letter. */
const leastShown = 3;

/**
 * Values of several settings in lines that each fit, so that every value is seen: the longest ones are shortened first.
 * @param most lines; where fewer do, there are fewer
 */
export function partsInLines(context: Measure, parts: readonly string[], width: number, most: number): string[] {
  const whole = parts.join(', ');
  if (most <= 1 || parts.length <= 1 || context.measureText(whole).width <= width) {
    return [fitted(context, parts, width)];
  }
  const half = Math.ceil(parts.length / 2);
  return [fitted(context, parts.slice(0, half), width), fitted(context, parts.slice(half), width)];
}

function fitted(context: Measure, parts: readonly string[], width: number): string {
  const letters = parts.map((part) => [...part]);
  const shown = letters.map((part) => mostLetters(part, width));
  const text = () =>
    letters.map((part, at) => (shown[at] < part.length ? shortened(part, shown[at] - 1) : part.join(''))).join(', ');
  while (context.measureText(text()).width > width) {
    const longest = shown.indexOf(Math.max(...shown));
    if (shown[longest] <= leastShown) return clipped(context, text(), width);
    shown[longest] -= 1;
  }
  return text();
}
