/**
 * The page in each of its states: axe finds nothing, nothing scrolls sideways, and it looks as the pictures in
 * docs/pictures do, and fits a low screen. Takes those anew: `PICTURES=1 npx vitest run --project browser test/browser/page/states.test.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webpOf } from '../../../tools/webp.ts';
import { offences, offencesOfColours } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { strangeness } from '../support/pictures.ts';
import { states } from '../support/states.ts';
import { withTestFont } from '../support/test-font.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Share of the tiles that may look otherwise than in the docs: processors round differently, and curves follow. */
const mostStrange = 0.003;

const themes = ['light', 'dark'] as const;

/** The page as it stands, in both themes. */
async function holds(lab: Lab, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    expect(await (colorScheme === 'light' ? offences : offencesOfColours)(lab.page)).toEqual([]);
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const path = join(folder, `${name}-${colorScheme}.webp`);
    if (process.env.PICTURES) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, await webpOf(await lab.page.screenshot()));
      continue;
    }
    // A surface becomes finer, and a diagram follows the run, a moment after it has ended.
    const picture = readFileSync(path);
    await expect.poll(() => strangeness(browser, picture, lab.page)).toBeLessThan(mostStrange);
  }
}

/** On a low screen the page itself does not scroll, and what trains is in sight; dialogs scroll in one place. */
async function fits({ page }: Lab): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 720 });
  const { scrollWidth, scrollHeight } = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { scrollWidth, scrollHeight };
  });
  expect([scrollWidth, scrollHeight]).toEqual([1280, 720]);
  const button = await page.locator('lab-train-button').boundingBox();
  expect(button && button.y >= 0 && button.y + button.height <= 720).toBe(true);
  for (const body of await page.locator('dialog[open] .body').all()) {
    expect(await body.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(0);
  }
}

it.each(states)('$name', async ({ name, reach }) => {
  await withLab(
    browser,
    async (lab) => {
      await reach(lab);
      await holds(lab, name);
      await fits(lab);
    },
    { prepare: withTestFont },
  );
});

it.each([undefined, 'settings', 'results'] as const)('at 400 pixels, with the sheet: %s', async (sheet) => {
  await withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      if (sheet) await lab.page.locator(`nav [data-sheet=${sheet}]`).click();
      await holds(lab, `narrow-${sheet ?? 'centre'}`);
    },
    { viewport: { width: 400, height: 860 }, prepare: withTestFont },
  );
});

it('in Korean', async () => {
  await withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      await holds(lab, 'korean');
    },
    { locale: 'ko-KR', prepare: withTestFont },
  );
});

it.runIf(existsSync(folder))('every state has its picture in the docs, in light and dark', () => {
  for (const { name } of states) {
    for (const theme of themes) expect(existsSync(join(folder, `${name}-${theme}.webp`))).toBe(true);
  }
});
