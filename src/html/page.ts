/**
 * The page that a report is: one file that asks nobody for anything, which its own policy makes sure of. Everything can be
 * read without a script, on a telephone, in the dark and on A4.
 */

import { styleHash } from '../util/report-style-hash.ts';
import { shadeStyles } from './charts/confusion.ts';
import { html, type Markup, markup, type Part } from './escape.ts';
import styles from './page.css?raw';
import tokens from './tokens.css?raw';

export interface Page {
  title: string;
  /** Under the title: what, how large, when. */
  subtitle: Part[];
  body: Part;
  version: string;
}

export function pageOf({ title, subtitle, body, version }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="perceptron-lab ${version}">
<title>${title}</title>
<style>${markup(pageStyles())}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="light">${subtitle.filter(Boolean).flatMap((part, index) => (index === 0 ? [part] : [html`<span aria-hidden="true"> · </span>`, part]))}</p>
</header>
${body}
<footer class="light"><p>Written by perceptron-lab ${version}.</p></footer>
</main>
</body>
</html>
`.markup;
}

/** A section with its heading. */
export function section(id: string, heading: string, ...body: Part[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${body}</section>\n`;
}

/** The same in every report, and so known by its hash; comments are for those who write them. */
export function pageStyles(): string {
  return [tokens, styles, shadeStyles]
    .map((text) =>
      text
        .replaceAll('\r\n', '\n')
        .replace(/\/\*[\s\S]*?\*\/\s*/g, '')
        .trim(),
    )
    .join('\n');
}
