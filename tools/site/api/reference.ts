/** Which page tells of which export, and of what can be reached from it and has no other name to be imported by. */
import GithubSlugger from 'github-slugger';
import { type Description, describe, type Member, type Signature } from './describe.ts';
import type { Export, Package } from './exports.ts';
import { groups } from './groups.ts';
import { isOurs } from './type-text.ts';
import type { Ts } from './typescript.ts';

export interface Entry {
  name: string;
  symbol: Ts.Symbol;
  description: Description;
  /** None of what cannot be imported. */
  exported?: Export;
}

export interface Page {
  group: string;
  /** The exports of `groups.ts`, then what they mention. */
  entries: [Entry, ...Entry[]];
  anchors: string[];
}

export interface Reference {
  pages: Page[];
  /** Where it is told of: `Model.md#prediction` from other pages, `#prediction` on its own. */
  link(symbol: Ts.Symbol, from: Page): string | undefined;
}

interface Place {
  page: Page;
  index: number;
}

export function readReference(known: Package): Reference {
  const places = new Map<Ts.Symbol, Place>();
  const pages = groups.flatMap(({ title, pages }) => pages.map((names) => pageOf(known, title, names)));
  for (const page of pages) {
    page.entries.forEach(({ symbol }, index) => {
      places.set(symbol, { page, index });
    });
  }
  for (const page of pages) {
    // While they are looked through, more come up.
    for (const { description } of page.entries) {
      for (const symbol of mentioned(description)) {
        if (places.has(symbol) || !isOurs(symbol)) continue;
        places.set(symbol, { page, index: page.entries.length });
        page.entries.push({ name: symbol.name, symbol, description: describe(known, symbol) });
      }
    }
    page.anchors = anchorsOf(page.entries);
  }
  return {
    pages,
    link(symbol, from) {
      const place = places.get(symbol);
      if (!place) return undefined;
      const { page, index } = place;
      const anchor = `#${page.anchors[index]}`;
      if (page === from) return anchor;
      return `./${page.entries[0].name}.md${index === 0 ? '' : anchor}`;
    },
  };
}

function pageOf(known: Package, group: string, names: [string, ...string[]]): Page {
  const entries = names.map((name) => {
    const exported = known.exports.get(name);
    if (!exported) throw new Error(`tools/site/api/groups.ts names ${name}, which the package does not export.`);
    const { symbol } = exported;
    return { name, symbol, exported, description: describe(known, symbol) };
  });
  return { group, entries: entries as [Entry, ...Entry[]], anchors: [] };
}

function mentioned({ type, extended, signatures, methods, variants }: Description): Ts.Symbol[] {
  const ofSignature = ({ parameters, returns }: Signature) => [...parameters.flatMap(({ type }) => type), ...returns];
  const ofMember = ({ type, members }: Member): typeof type => (members.length > 0 ? members.flatMap(ofMember) : type);
  const all = [
    ...signatures.flatMap(ofSignature),
    ...type,
    ...extended.flat(),
    ...variants.flat().flatMap(ofMember),
    ...methods.flatMap((method) => method.signatures.flatMap(ofSignature)),
  ];
  return all.flatMap(({ symbol }) => (symbol ? [symbol] : []));
}

/** Of the entries' headings; those of their methods stand between them, and take anchors too. */
function anchorsOf(entries: readonly Entry[]): string[] {
  const slugger = new GithubSlugger();
  return entries.map(({ name, description }) => {
    const anchor = slugger.slug(name);
    for (const method of description.methods) slugger.slug(method.name);
    return anchor;
  });
}
