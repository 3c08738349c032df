/** The API reference: every export is in it once and says what it is, every link leads somewhere, and every example runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Member, Signature } from '../../../tools/site/api/describe.ts';
import type { Doc } from '../../../tools/site/api/doc.ts';
import { readPackage } from '../../../tools/site/api/exports.ts';
import { groups } from '../../../tools/site/api/groups.ts';
import { type Entry, readReference } from '../../../tools/site/api/reference.ts';
import { pagesOf } from '../../../tools/site/api.ts';
import { parse } from '../../../tools/site/markdown.ts';

const known = readPackage();
const reference = readReference(known);
const pages = pagesOf(known, reference);
const page = (name: string) => pages.find(({ path }) => path === `api/${name}`)!.markdown;
const entries = reference.pages.flatMap((one) => one.entries);

describe('the API reference', () => {
  it('has every export of the package in exactly one group', () => {
    const grouped = groups.flatMap((group) => group.pages.flat());
    expect(grouped.toSorted()).toEqual([...known.exports.keys()].toSorted());
    expect(known.exports.size).toBeGreaterThan(100);
  });

  it('links to headings that are there', () => {
    const anchors = new Map(reference.pages.map(({ entries: [{ name }], anchors }) => [name, anchors]));
    const links = pages.flatMap(({ title, markdown }) =>
      [...markdown.matchAll(/\]\((?:\.\/(\w+)\.md)?(?:#([\w-]+))?\)/g)].map(([, name = title, anchor]) => ({
        name,
        anchor,
      })),
    );
    const lost = links.filter(
      ({ name, anchor }) => !(anchor ? anchors.get(name)?.includes(anchor) : anchors.has(name)),
    );
    expect(lost).toEqual([]);
    expect(links.length).toBeGreaterThan(400);
  });

  it('has the anchors that the site gives its headings', () => {
    for (const [index, { entries, anchors }] of reference.pages.entries()) {
      const headings = parse(pages[index + 1].markdown).headings.filter(({ level }) => level < 3);
      expect(headings.map(({ text, id }) => [text, id])).toEqual(entries.map(({ name }, at) => [name, anchors[at]]));
    }
  });

  it('shows the signature of each call, with links from its types', () => {
    expect(page('train')).toContain(
      '```ts\ntrain(engine: Engine, data: DataSet, settings?: TrialInput, options?: TrainOptions): Run\n```',
    );
    expect(page('train')).toContain('| `data` | [`DataSet`](./prepare.md#dataset) | required | From `prepare`. |');
    expect(page('train')).toContain('**Returns** [`Run`](./Run.md)');
    expect(page('train').match(/^Trains one network\./gm)).toHaveLength(1);
    expect(page('calibrationFile')).toContain("import { calibrationFile } from 'perceptron-lab/node';");
  });

  it('lists many choices one below the other', () => {
    const codes = [...page('InputError').matchAll(/^- `'(\w+)'`$/gm)].map(([, code]) => code);
    expect(codes).toEqual(expect.arrayContaining(['column_unknown', 'setting_missing']));
    expect(codes.length).toBeGreaterThan(300);
    expect(codes).toEqual(codes.toSorted());
    // Few choices stay in their line.
    expect(page('Run')).toMatch(/'\w+' \\?\| '\w+'/);
  });

  it('shows unit, range and default of a setting', () => {
    expect(page('train')).toContain(
      '| `patience` | `number` | `20` | Epochs without improvement before training stops. Whole number of epochs from 1 to 1,000,000. |',
    );
    expect(page('train')).toMatch(
      /With `kind: 'sgd'`:\n\n\| Name .*\n.*\n\| `kind` \| `'sgd'` \| required \|.*\n\| `learning_rate` \| `number` \| `0\.01` \|/,
    );
  });
});

describe('what the package exports', () => {
  it('says what it is, of every function, type, parameter, option and field', () => {
    expect(entries.flatMap(undocumented)).toEqual([]);
    expect(entries.length).toBeGreaterThan(200);
  });
});

function undocumented({ name, description }: Entry): string[] {
  const { doc, signatures, methods, variants } = description;
  return [
    ...(doc.text || signatures.length > 0 ? [] : [name]),
    ...signatures.flatMap((one) => withoutText(`${name}()`, one)),
    ...methods.flatMap((method) => method.signatures.flatMap((one) => withoutText(`${name}.${method.name}()`, one))),
    ...variants.flat().flatMap((member) => (isTold(member, doc) ? [] : [`${name}.${member.name}`])),
  ];
}

function withoutText(name: string, { doc, parameters }: Signature): string[] {
  return [
    ...(doc.text ? [] : [name]),
    ...parameters.flatMap(({ text, ...parameter }) => (text ? [] : [`${name}: ${parameter.name}`])),
  ];
}

/** By itself, or by name where the type is told of. The one text of a kind, and what is never there, say all by their type. */
function isTold({ name, type, doc }: Member, whole: Doc): boolean {
  const text = type.map((part) => part.text).join('');
  return Boolean(doc.text) || whole.text.includes(`\`${name}\``) || /^('[^']*'|undefined)$/.test(text);
}

describe('the example of', () => {
  const folder = mkdtempSync(join(import.meta.dirname, 'api-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const files = { 'perceptron-lab': 'index', 'perceptron-lab/node': 'machine/node' };
  // Fenced programs, not the line that says what a page is imported by.
  const examples = pages.flatMap(({ title, markdown }) =>
    [...markdown.matchAll(/```ts\n([^`]*?;\n\n(?:(?!```)[\s\S])*)```/g)].map(([, code]) => ({ title, code })),
  );

  it('nearly every function is there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20);
  });

  it.each(examples)('$title runs, and prints what it says', async ({ title, code }) => {
    const file = join(folder, `${title}.ts`);
    const here = code.replaceAll(
      / from '(.*)';/g,
      (_, from: keyof typeof files) => ` from '../../../../src/${files[from]}.ts';`,
    );
    writeFileSync(file, `// @ts-nocheck\n${here}`);
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      await import(pathToFileURL(file).href);
      const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
      const lines = printed.mock.calls.map((words) => format(...words));
      if (said.length > 0) expect(lines).toEqual(said);
    } finally {
      printed.mockRestore();
    }
  });
});
