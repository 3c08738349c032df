/** Reading the HTML of a report strictly, for the tests of reports: a page that this accepts is one that any browser reads alike. */
import { expect } from 'vitest';

export interface Tag {
  name: string;
  attributes: Record<string, string>;
  /** Names of what it stands in, outermost first. */
  within: string[];
}

const empty = ['meta', 'br', 'link', 'img', 'hr'];

/** Every tag in order. Throws where tags do not match, an attribute has no quotes, or text was not escaped. */
export function tagsOf(page: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const body = page.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '');
  const token =
    /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(\/?)>|<|&(?!(?:amp|lt|gt|quot|#39);)/g;
  for (const [whole, closing, name, written, closed] of body.matchAll(token)) {
    if (name === undefined) throw new Error(`not escaped: ${whole} in ${page.slice(0, 80)}`);
    if (closing) {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...written.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key, value ?? '']),
    );
    tags.push({ name, attributes, within: [...open] });
    if (!closed && !empty.includes(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(' ')}`);
  return tags;
}

/** Of a part of the page, as a person reads it. */
export function textOfPage(page: string): string {
  return page
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/[^\S\u202f\u00a0]+/g, ' ');
}

/** What every report has to be. */
export function expectReport(page: string): Tag[] {
  const tags = tagsOf(page);
  const named = (name: string) => tags.filter((tag) => tag.name === name);
  expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
  expect(named('title')).toHaveLength(1);
  expect(page).toContain('@page');
  expect(page).toContain('prefers-color-scheme: dark');

  // Nothing is asked of anybody, and nothing runs.
  expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
  expect(named('script')).toEqual([]);
  for (const { attributes } of tags) {
    expect(Object.keys(attributes).filter((name) => name.startsWith('on') || name === 'src')).toEqual([]);
    if (attributes.href) expect(attributes.href).toMatch(/^(#|data:)/);
  }

  // Every drawing is said in words; a drawing within one only clips.
  const drawings = named('svg').filter(({ within }) => !within.includes('svg'));
  for (const { attributes } of drawings) {
    expect(attributes.role).toBe('img');
    expect(attributes['aria-label'].length).toBeGreaterThan(8);
    expect(attributes['aria-label']).not.toContain('NaN');
  }
  expect(named('figcaption')).toHaveLength(named('figure').length);

  // Headings go down one step at a time.
  const levels = tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  levels.slice(1).forEach((level, index) => {
    expect(level).toBeLessThanOrEqual(levels[index] + 1);
  });

  const ids = tags.flatMap(({ attributes }) => (attributes.id ? [attributes.id] : []));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { attributes } of tags) {
    if (attributes['aria-labelledby']) expect(ids).toContain(attributes['aria-labelledby']);
    for (const name of ['d', 'x', 'y', 'cx', 'cy', 'width', 'height']) {
      expect(attributes[name] ?? '').not.toMatch(/NaN|Infinity|undefined/);
    }
  }
  return tags;
}
