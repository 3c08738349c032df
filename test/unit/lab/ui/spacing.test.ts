/** One scale for the space between things, so that they line up across elements which know nothing of each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { spacing } from '../../../../src/lab/ui/styles/shared.ts';

/** Larger ones are the places of things in a layout, and halves the middles of marks. */
const largest = Math.max(...spacing);

const files = readdirSync('src/lab', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/lab/${name}`);

it('margins, paddings and gaps are of the scale', () => {
  const declarations = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^ +((?:margin|padding|(?:row-|column-)?gap)[a-z-]*: [^;{]+);/gm)].map(
      ([, declaration]) => `${path}: ${declaration}`,
    ),
  );
  expect(declarations.length).toBeGreaterThan(300);
  const odd = declarations.filter((declaration) =>
    [...declaration.matchAll(/(?<![\d.])(\d+)px/g)].some(
      ([, pixels]) => Number(pixels) <= largest && !spacing.includes(Number(pixels)),
    ),
  );
  expect(odd).toEqual([]);
});
