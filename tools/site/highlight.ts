/** Colours code when the site is built: each piece of code has a class, and no style of its own. */
import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';
import { escaped } from '../../src/html/escape.ts';

const theme = createCssVariablesTheme({ name: 'classes', variablePrefix: '--', fontStyle: false });

const grammars = [
  'c',
  'csv',
  'html',
  'javascript',
  'json',
  'jsx',
  'python',
  'shellscript',
  'typescript',
  'wgsl',
  'yaml',
] as const;

type Grammar = (typeof grammars)[number];

/** As fences name them. */
const names: Record<string, Grammar> = {
  bash: 'shellscript',
  c: 'c',
  csv: 'csv',
  html: 'html',
  js: 'javascript',
  json: 'json',
  jsx: 'jsx',
  python: 'python',
  sh: 'shellscript',
  ts: 'typescript',
  wgsl: 'wgsl',
  yaml: 'yaml',
};

/** Of output, trees of files and formulas. */
const plain = ['', 'text'];

export const knowsLanguage = (name: string) => plain.includes(name) || name in names;

export type Highlight = (code: string, language: string) => string;

export async function createHighlight(): Promise<Highlight> {
  const highlighter = await createHighlighter({ themes: [theme], langs: [...grammars] });
  return (code, language) => (plain.includes(language) ? escaped(code) : coloured(highlighter, code, names[language]));
}

function coloured(highlighter: Highlighter, code: string, lang: Grammar): string {
  const lines = highlighter.codeToTokensBase(code, { lang, theme, tokenizeTimeLimit: 0 });
  return lines
    .map((tokens) =>
      merged(tokens.map(({ content, color }) => ({ content, kind: kindOf(content, color) })))
        .map(({ content, kind }) => (kind ? `<span class="${kind}">${escaped(content)}</span>` : escaped(content)))
        .join(''),
    )
    .join('\n');
}

interface Piece {
  content: string;
  kind: string | undefined;
}

/** Neighbours of one kind as one piece. */
function merged(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const { content, kind } of pieces) {
    const last = result.at(-1);
    if (last && (last.kind === kind || content.trim() === '')) last.content += content;
    else result.push({ content, kind });
  }
  return result;
}

/** var(--token-keyword) is the kind "keyword"; kinds that look like other text have none, as have bare words of a shell. */
function kindOf(content: string, color: string | undefined): string | undefined {
  if (color === 'var(--token-string)' && !/^\s*["']/.test(content)) return undefined;
  // Names that are not assigned again are no more constant than others to a reader.
  if (color === 'var(--token-constant)' && !/^\s*(-?[\d.]|true|false|null|None|True|False)/.test(content))
    return undefined;
  const kind = /^var\(--token-(string|comment|keyword|constant)/.exec(color ?? '')?.[1];
  return kind && `code-${kind}`;
}
