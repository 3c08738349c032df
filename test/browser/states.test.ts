/**
 * The page in each of its states: axe finds nothing, nothing scrolls sideways, and it looks as the pictures in
 * docs/pictures do. `PICTURES=1 npx vitest run --project browser test/browser/states.test.ts` takes those anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, withLab } from './lab.ts';
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

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(states)('$name', async ({ name, reach }) => {
    await withLab(
      browser,
      async (lab) => {
        await reach(lab);
        await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
        if (process.env.PICTURES) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(join(folder, `${name}-${colorScheme}.png`), await lab.page.screenshot());
        }
        expect(await offences(lab.page)).toEqual([]);
      },
      { colorScheme },
    );
  });
});

describe('at 400 pixels', () => {
  const narrow = { viewport: { width: 400, height: 860 } };

  it.each(['light', 'dark'] as const)('in %s: the page and both of its sheets', async (colorScheme) => {
    await withLab(
      browser,
      async (lab) => {
        await lab.reaches('done');
        for (const sheet of [undefined, 'settings', 'results']) {
          if (sheet) await lab.page.locator(`nav [data-sheet=${sheet}]`).click();
          const picture = join(folder, `narrow-${sheet ?? 'centre'}-${colorScheme}.png`);
          if (process.env.PICTURES) writeFileSync(picture, await lab.page.screenshot());
          expect(await offences(lab.page)).toEqual([]);
          expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
          if (sheet) await lab.page.keyboard.press('Escape');
        }
      },
      { colorScheme, ...narrow },
    );
  });
});

it.runIf(existsSync(folder))('every state has its picture in the docs, in light and dark', () => {
  for (const { name } of states) {
    for (const theme of ['light', 'dark']) expect(existsSync(join(folder, `${name}-${theme}.png`))).toBe(true);
  }
});
