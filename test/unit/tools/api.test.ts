/** The API reference: every export is in it once, and every link leads somewhere. */
import { describe, expect, it } from 'vitest';
import { readPackage } from '../../../tools/site/api/exports.ts';
import { groups } from '../../../tools/site/api/groups.ts';
import { readReference } from '../../../tools/site/api/reference.ts';
import { pagesOf } from '../../../tools/site/api.ts';

const known = readPackage();
const reference = readReference(known);
const pages = pagesOf(reference);
const page = (name: string) => pages.find(({ path }) => path === `api/${name}`)!.markdown;

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

  it('has no heading twice on a page', () => {
    for (const { anchors } of reference.pages) expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('shows the signature of each call, with links from its types', () => {
    expect(page('train')).toContain(
      '```ts\ntrain(engine: Engine, data: DataSet, settings?: TrialInput, options?: TrainOptions): Run\n```',
    );
    expect(page('train')).toContain('| `data` | [`DataSet`](./prepare.md#dataset) | required |');
    expect(page('train')).toContain('**Returns** [`Run`](./Run.md)');
    expect(page('calibrationFile')).toContain("import { calibrationFile } from 'perceptron-lab/node';");
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
