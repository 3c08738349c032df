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

/** Values of several settings, whole, in as many lines as they take; one that is wider than a line goes on in the next. */
export function partsInLines(context: Measure, parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? `${part},` : part;
    const last = lines.at(-1);
    if (last !== undefined && context.measureText(`${last} ${text}`).width <= width) {
      lines[lines.length - 1] = `${last} ${text}`;
    } else lines.push(...broken(context, text, width));
  }
  return lines;
}

/** After a dash or a blank where there is one, else after any letter. */
function broken(context: Measure, text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  // A letter stands alone where there is no room, as in a dialog that is closed.
  while (rest.length > 1 && context.measureText(rest.join('')).width > width) {
    let fits = Math.max(1, mostLetters(rest, width));
    while (fits > 1 && context.measureText(rest.slice(0, fits).join('')).width > width) fits -= 1;
    const fitting = rest.slice(0, fits);
    const at = Math.max(fitting.lastIndexOf('-'), fitting.lastIndexOf(' ')) + 1 || fits;
    lines.push(rest.slice(0, at).join('').trimEnd());
    rest = rest.slice(at);
  }
  return [...lines, rest.join('')];
}
