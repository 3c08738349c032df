/**
 * The page in each of its states: axe finds nothing, nothing scrolls sideways, and it looks as the pictures in
 * docs/pictures do. `PICTURES=1 npx vitest run --project browser test/browser/states.test.ts` takes those anew.
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

const themes = ['light', 'dark'] as const;

/** The page as it stands, in both themes. */
async function holds(lab: Lab, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    if (process.env.PICTURES) {
      mkdirSync(folder, { recursive: true });
      await lab.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
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
