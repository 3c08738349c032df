/** Lines of a text that comes in portions. Line ends are \n. */

/** Without the line end; what follows the last of them is a line where it is not empty. */
export async function* splitLines(portions: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = '';
  for await (const portion of portions) {
    const lines = (pending + portion).split('\n');
    pending = lines.pop() ?? '';
    yield* lines;
  }
  if (pending !== '') yield pending;
}

/** Portions that end with a line, but for the last. */
export async function* wholeLines(portions: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = '';
  for await (const portion of portions) {
    const end = portion.lastIndexOf('\n') + 1;
    if (end === 0) {
      pending += portion;
      continue;
    }
    yield pending + portion.slice(0, end);
    pending = portion.slice(end);
  }
  if (pending !== '') yield pending;
}

/** The text without its first lines. */
export async function* withoutLines(portions: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let left = count;
  for await (const portion of portions) {
    let at = 0;
    while (left > 0 && at < portion.length) {
      const end = portion.indexOf('\n', at);
      if (end < 0) {
        at = portion.length;
        break;
      }
      at = end + 1;
      left -= 1;
    }
    if (at < portion.length) yield portion.slice(at);
  }
}

/** Lines that begin with the mark become empty, so that rows keep their numbers; within quotes they are part of a cell. */
export async function* withoutComments(portions: AsyncIterable<string>, mark: string): AsyncGenerator<string> {
  let quoted = false;
  for await (const portion of wholeLines(portions)) {
    const lines = portion.split('\n').map((line) => {
      if (!quoted && line.trimStart().startsWith(mark)) return '';
      if (line.split('"').length % 2 === 0) quoted = !quoted;
      return line;
    });
    yield lines.join('\n');
  }
}

/** Cells parted by any number of blanks as cells parted by one tab; blanks within quotes stay. */
export function tabbed(text: string): string {
  return text.replace(/"(?:[^"]|"")*"|[ \t]+/g, (part, at: number) => {
    if (part.startsWith('"')) return part;
    const end = at + part.length;
    const isOutside = at === 0 || text[at - 1] === '\n' || end === text.length || text[end] === '\n';
    return isOutside ? '' : '\t';
  });
}

export async function* withTabs(portions: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const portion of wholeLines(portions)) yield tabbed(portion);
}
