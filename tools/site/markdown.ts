/** A Markdown file as what a page of the site is made of: its title, headings, sections for the search, and its HTML. */
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { escaped } from '../../src/html/escape.ts';
import { type Highlight, knowsLanguage } from './highlight.ts';

export type Token = ReturnType<typeof markdown.parse>[number];

export interface Heading {
  level: number;
  id: string;
  text: string;
}

/** What stands under one heading, as plain text. */
export interface Section {
  heading: Heading;
  prose: string;
  /** Tables and code. */
  rest: string;
}

export interface Parsed {
  tokens: Token[];
  title: string;
  headings: Heading[];
  sections: Section[];
  /** The first sentence, for lists of pages. */
  summary: string;
}

export interface Picture {
  src: string;
  /** The same in dark colours. */
  dark?: string;
  width: number;
  height: number;
}

/** What a file asks of the rest of the site; each names what is wrong in it to `problem`, with the line. */
export interface Surroundings {
  /** Where it leads, and the title of the page there. */
  link(href: string, line: number): { href: string; title?: string };
  picture(src: string, line: number): Picture | undefined;
  problem(text: string, line: number): void;
  highlight: Highlight;
}

/** As markdown-it hands it to the rules below. */
interface Environment {
  surroundings: Surroundings;
  line: number;
  [key: string | symbol]: unknown;
}

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

/** Headings get their ids as GitHub gives them, so that one link works in both places. */
export function parse(text: string): Parsed {
  const tokens = markdown.parse(text, {});
  const slugger = new GithubSlugger();
  const headings: Heading[] = [];
  const sections: Section[] = [];
  tokens.forEach((token, index) => {
    const section = sections.at(-1);
    if (token.type === 'heading_open') {
      const text = plainText(tokens[index + 1]);
      const heading = { level: Number(token.tag.slice(1)), id: slugger.slug(text), text };
      token.attrSet('id', heading.id);
      headings.push(heading);
      sections.push({ heading, prose: '', rest: '' });
    } else if (token.type === 'inline' && section && tokens[index - 1].type !== 'heading_open') {
      section[/^t[hd]_open$/.test(tokens[index - 1].type) ? 'rest' : 'prose'] += `${plainText(token)} `;
    } else if (/^(fence|code_block)$/.test(token.type) && section) section.rest += `${token.content}\n`;
  });
  const first = tokens.findIndex(
    (token) => token.type === 'paragraph_open' && token.level === 0 && !isFigure(tokens, token),
  );
  return {
    tokens,
    title: headings[0]?.text ?? '',
    headings,
    sections,
    summary: first === -1 ? '' : firstSentence(plainText(tokens[first + 1])),
  };
}

export function plainText({ children }: Token): string {
  return (children ?? [])
    .map((child) =>
      /break$/.test(child.type)
        ? ' '
        : child.type === 'image'
          ? ''
          : child.type.startsWith('html')
            ? ''
            : child.content,
    )
    .join('');
}

/** Without what it is decided to be: records begin with "**Decision.**". */
export function firstSentence(text: string): string {
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(text.replace(/^(Decision|결정)\.\s+/, ''))?.[0] ?? text;
  return sentence.replace(/:$/, '.');
}

function isFigure(tokens: readonly Token[], paragraph: Token): boolean {
  const children = tokens[tokens.indexOf(paragraph) + 1]?.children ?? [];
  return children.length === 1 && children[0].type === 'image';
}

export function render({ tokens }: Parsed, surroundings: Surroundings): string {
  const environment: Environment = { surroundings, line: 0 };
  let html = '';
  for (const [index, token] of tokens.entries()) {
    if (token.map) environment.line = token.map[0] + 1;
    prepare(token, environment);
    if (token.type === 'inline')
      html += markdown.renderer.renderInline(token.children ?? [], markdown.options, environment);
    else {
      const rule = markdown.renderer.rules[token.type];
      html += rule
        ? rule(tokens, index, markdown.options, environment, markdown.renderer)
        : markdown.renderer.renderToken(tokens, index, markdown.options);
    }
  }
  return html;
}

/** Links lead to pages, and the alignment of cells is a class: styles within elements are forbidden. */
function prepare(token: Token, environment: Environment): void {
  const style = String(token.attrGet('style') ?? '');
  if (style) {
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
    const side = style.replace('text-align:', '');
    if (side !== 'left') token.attrJoin('class', side);
  }
  let line = environment.line;
  const children = token.children ?? [];
  for (const [index, child] of children.entries()) {
    if (/break$/.test(child.type)) line += 1;
    if (child.type === 'link_open') {
      const written = String(child.attrGet('href'));
      const { href, title } = environment.surroundings.link(written, line);
      child.attrSet('href', href);
      // The name of a file means nothing on a page.
      const text = children[index + 1];
      if (title && text.content.endsWith('.md') && written.split('#')[0].endsWith(text.content)) text.content = title;
    }
    if (child.type === 'html_inline') environment.surroundings.problem(`HTML: ${child.content}`, line);
  }
}

const { rules } = markdown.renderer;

rules.heading_open = (tokens, index) => {
  const { tag } = tokens[index];
  const id = escaped(String(tokens[index].attrGet('id')));
  return tag === 'h1' || hasLink(tokens[index + 1])
    ? `<${tag} id="${id}">`
    : `<${tag} id="${id}"><a class="anchor" href="#${encodeURIComponent(id)}">`;
};

rules.heading_close = (tokens, index) => {
  const { tag } = tokens[index];
  return tag === 'h1' || hasLink(tokens[index - 1]) ? `</${tag}>\n` : `</a></${tag}>\n`;
};

const hasLink = ({ children }: Token) => (children ?? []).some(({ type }) => type === 'link_open');

// What does not fit scrolls, and can be scrolled with keys.
rules.table_open = () => '<div class="table" tabindex="0" role="group">\n<table>\n';
rules.table_close = () => '</table>\n</div>\n';

rules.fence = (tokens, index, _, env) => {
  const { surroundings, line } = env as Environment;
  const { info, content } = tokens[index];
  const [language, file] = info.trim().split(/\s+/);
  const known = knowsLanguage(language);
  if (!known) surroundings.problem(`no colours for ${language}: name it in tools/site/highlight.ts`, line);
  return codeBlock(known ? surroundings.highlight(withoutEnd(content), language) : escaped(content), file);
};

rules.code_block = (tokens, index) => codeBlock(escaped(withoutEnd(tokens[index].content)));

const withoutEnd = (code: string) => code.replace(/\n$/, '');

/** @param file what the code is called, where that matters */
function codeBlock(html: string, file?: string): string {
  const name = file ? `<p>${escaped(file)}</p>` : '';
  return `<div class="code">${name}<pre tabindex="0"><code>${html}</code></pre></div>\n`;
}

rules.html_block = (tokens, index, _, env) => {
  const environment = env as Environment;
  const { content } = tokens[index];
  if (!/^\s*<!--.*-->\s*$/s.test(content))
    environment.surroundings.problem(`HTML: ${content.trim()}`, environment.line);
  return '';
};

rules.image = (tokens, index, _, env) => {
  const environment = env as Environment;
  const { content } = tokens[index];
  const picture = environment.surroundings.picture(String(tokens[index].attrGet('src')), environment.line);
  if (!picture) return '';
  const { src, dark, width, height } = picture;
  const image = `<img src="${escaped(src)}" alt="${escaped(content)}" width="${width}" height="${height}" loading="lazy">`;
  if (!dark || tokens.length > 1) return image;
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${escaped(dark)}">${image}</picture>`;
};
