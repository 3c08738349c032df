/**
 * Markup as a template: what stands in the template is markup, what is put in is text, so that a column called
 * `<script>` is a column called `<script>`. Only what `html` made, or `markup` vouched for, goes in as it is.
 */
export interface Markup {
  readonly markup: string;
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = strings[0];
  for (let index = 0; index < parts.length; index++) text += written(parts[index]) + strings[index + 1];
  return { markup: text };
}

/** Vouches for markup that was not made by `html`, such as the coordinates of a path. */
export function markup(text: string): Markup {
  return { markup: text };
}

/** Good between tags and within quoted attributes; what no HTML may hold becomes a replacement character. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/'/g, '&#39;')
  );
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return escaped(String(part));
  if ('markup' in part) return part.markup;
  let text = '';
  for (const one of part) text += written(one);
  return text;
}
