/** The API reference: a page for each function, class or group of types that the package exports, from its sources. */
import { importsOf, type Package, readPackage } from './api/exports.ts';
import { groups } from './api/groups.ts';
import { type Page, type Reference, readReference } from './api/reference.ts';
import { type Context, render, table } from './api/render.ts';

export interface ApiPage {
  /** Without an ending: `api/train`. */
  path: string;
  title: string;
  /** Pages of one group stand together, in its order; none of the first page, which lists them all. */
  group?: string;
  markdown: string;
}

/** The page that lists all others comes first, then they in their order. */
export async function apiPages(): Promise<ApiPage[]> {
  const known = readPackage();
  return pagesOf(known, readReference(known));
}

export function pagesOf(known: Package, reference: Reference): ApiPage[] {
  return [indexPage(reference), ...reference.pages.map((page) => markdownPage(known, reference, page))];
}

function indexPage({ pages }: Reference): ApiPage {
  const parts = groups.map(({ title }) => {
    const rows = pages
      .filter(({ group }) => group === title)
      .map(({ entries: [{ name, description }] }) => {
        const text = description.doc.text || description.signatures[0]?.doc.text || '';
        return [`[\`${name}\`](./${name}.md)`, text.split(/(?<=\.)\s/)[0]];
      });
    return `## ${title}\n\n${table(['', 'What it is'], rows)}`;
  });
  return {
    path: 'api/README',
    title: 'API reference',
    markdown: `${['# API reference', 'Every function, class and type that the package exports, by what it is for.', ...parts].join('\n\n')}\n`,
  };
}

function markdownPage(known: Package, reference: Reference, page: Page): ApiPage {
  const { group, entries } = page;
  const context: Context = {
    imports: (program) => importsOf(known, program),
    link: (symbol) => reference.link(symbol, page),
    linkName: (name) => {
      const entry = [page, ...reference.pages].flatMap((one) => one.entries).find((one) => one.name === name);
      return entry && context.link(entry.symbol);
    },
  };
  const blocks = entries.flatMap(({ name, description }, index) => [
    index === 0 ? `# ${name}\n\n${importLine(page)}` : `## ${name}`,
    ...render(name, description, context),
  ]);
  const [{ name }] = entries;
  return { path: `api/${name}`, title: name, group, markdown: `${blocks.join('\n\n')}\n` };
}

/** Functions and classes are what programs import; else the type that the page is called by. */
function importLine({ entries }: Page): string {
  const [{ name, exported }] = entries;
  const values = entries.filter((one) => one.exported?.isValue).map((one) => one.name);
  const words = values.length > 0 ? `import { ${values.join(', ')} }` : `import type { ${name} }`;
  return `\`\`\`ts\n${words} from '${exported?.from}';\n\`\`\``;
}
