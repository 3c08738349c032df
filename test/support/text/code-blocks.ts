/** The fenced code blocks and the headings of a page of docs/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface CodeBlock {
  /** The first word after the fence; empty where there is none. */
  language: string;
  /** The second word: the file that the block is, which later blocks of the page find beside them. */
  file?: string;
  code: string;
  /** Of the fence, counted from 1. */
  line: number;
  /** The heading that it stands under. */
  section: string;
}

export interface DocPage {
  /** Its path in the repository. */
  path: string;
  text: string;
  blocks: CodeBlock[];
  /** With their `#`. */
  headings: string[];
}

/** The pages of docs/, or of the folder of a language in it. */
export function docPages(folder = 'docs'): DocPage[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => readPage(`${folder}/${name}`));
}

export function readPage(path: string): DocPage {
  return { path, ...parsePage(readFileSync(path, 'utf8')) };
}

/** @throws Error where a fence is not closed */
export function parsePage(text: string): Omit<DocPage, 'path'> {
  const blocks: CodeBlock[] = [];
  const headings: string[] = [];
  let open: (CodeBlock & { indent: string }) | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent, language, file] = /^( *)```(\S*)(?: +(\S+))?$/.exec(line) ?? [];
    if (open && indent !== undefined && language === '') {
      const { indent: _, ...block } = open;
      blocks.push(block);
      open = undefined;
    } else if (open) {
      open.code += `${line.startsWith(open.indent) ? line.slice(open.indent.length) : line}\n`;
    } else if (indent !== undefined) {
      open = { language, file, code: '', line: index + 1, section: headings.at(-1) ?? '', indent };
    } else if (/^#{1,6} /.test(line)) {
      headings.push(line);
    }
  }
  if (open) throw new Error(`the code block of line ${open.line} is not closed`);
  return { text, blocks, headings };
}
