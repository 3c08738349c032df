/** Command lines of documentation, as a shell reads them: words, quotes, comments, lines that go on, `> FILE`. */

export interface ShellLine {
  words: string[];
  /** The file that the output goes to. */
  to?: string;
}

/** @throws Error for what a shell would do more with: pipes, variables, several commands in a line */
export function shellLines(code: string): ShellLine[] {
  return code
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map(parseLine)
    .filter(({ words }) => words.length > 0);
}

function parseLine(line: string): ShellLine {
  const tokens = [...line.matchAll(/\s+|(?<=^|\s)#.*$|(?:'[^']*'|"[^"$`\\]*"|[^\s'"])+|./g)].map(([token]) => token);
  const spoken = tokens.filter((token) => !/^\s|^#/.test(token));
  const at = spoken.indexOf('>');
  const plain = at < 0 ? spoken : spoken.toSpliced(at, 2);
  const odd = plain.find((token) => /^['"]$|[|&;<>`]|\$/.test(token.replaceAll(/'[^']*'|"[^"]*"/g, '')));
  if (odd !== undefined) throw new Error(`${odd} is nothing that a test runs: ${line}`);
  const words = plain.map((token) => token.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
  return { words, ...(at < 0 ? {} : { to: spoken[at + 1] }) };
}
