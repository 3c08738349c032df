/**
 * The page in each of its states: axe finds nothing, nothing scrolls sideways, and it looks as the pictures in
 * docs/pictures do. Takes those anew: `PICTURES=1 npx vitest run --project browser test/browser/states.test.ts`.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lab, launch, withLab } from './lab.ts';
import { states } from './states.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** What breaks a rule, and where. */
async function offences(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
  );
}

/** Share of the tiles that may look otherwise than in the docs: faces of type and speeds differ between machines. */
const mostStrange = 0.08;

/** The share of tiles of 20 x 20 pixels whose mean brightness differs by more than a twentieth of the whole range. */
async function strangeness(before: Buffer, now: Buffer): Promise<number> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async (pictures) => {
        const [a, b] = await Promise.all(
          pictures.map(async (base64) => {
            const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
            const width = Math.round(picture.width / 20);
            const height = Math.round(picture.height / 20);
            const small = await createImageBitmap(picture, {
              resizeWidth: width,
              resizeHeight: height,
              resizeQuality: 'high',
            });
            const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
            context.drawImage(small, 0, 0);
            return context.getImageData(0, 0, width, height);
          }),
        );
        if (a.width !== b.width || a.height !== b.height) return 1;
        const brightness = ({ data }: ImageData, tile: number) =>
          (data[4 * tile] + data[4 * tile + 1] + data[4 * tile + 2]) / 3;
        const tiles = Array.from({ length: a.width * a.height }, (_, tile) => tile);
        return (
          tiles.filter((tile) => Math.abs(brightness(a, tile) - brightness(b, tile)) > 255 / 20).length / tiles.length
        );
      },
      [before.toString('base64'), now.toString('base64')],
    );
  } finally {
    await page.close();
  }
}

const themes = ['light', 'dark'] as const;

/** The page as it stands, in both themes. */
async function holds(lab: Lab, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    const path = join(folder, `${name}-${colorScheme}.png`);
    if (process.env.PICTURES) {
      mkdirSync(folder, { recursive: true });
      await lab.page.screenshot({ path });
    } else {
      expect(await strangeness(readFileSync(path), await lab.page.screenshot())).toBeLessThan(mostStrange);
    }
    expect(await offences(lab.page)).toEqual([]);
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
}

it.each(states)('$name', async ({ name, reach }) => {
  await withLab(browser, async (lab) => {
    await reach(lab);
    await holds(lab, name);
  });
});

it.each([undefined, 'settings', 'results'] as const)('at 400 pixels, with the sheet: %s', async (sheet) => {
  await withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      if (sheet) await lab.page.locator(`nav [data-sheet=${sheet}]`).click();
      await holds(lab, `narrow-${sheet ?? 'centre'}`);
    },
    { viewport: { width: 400, height: 860 } },
  );
});

it('in Korean', async () => {
  await withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      await holds(lab, 'korean');
    },
    { locale: 'ko-KR' },
  );
});

it.runIf(existsSync(folder))('every state has its picture in the docs, in light and dark', () => {
  for (const { name } of states) {
    for (const theme of themes) expect(existsSync(join(folder, `${name}-${theme}.png`))).toBe(true);
  }
});
