/** What a first visitor with a table of their own would stumble over: numbers, names and widths beyond the usual ones. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** How far what is inside an element reaches beyond its right edge. */
const excess = (locator: Locator) => locator.evaluate((element) => element.scrollWidth - element.clientWidth);

describe('the narrowest page with three columns', () => {
  for (const width of [900, 1000, 1160]) {
    test(`has everything inside its column at ${width} px`, () =>
      withLab(
        browser,
        async (lab) => {
          await lab.trains(1);
          expect(await excess(lab.page.locator('.left > .scroll'))).toBe(0);
          expect(await excess(lab.page.locator('.right > .scroll'))).toBe(0);
          expect(await excess(lab.page.locator('lab-losses header'))).toBe(0);
        },
        { viewport: { width, height: 860 } },
      ));
  }
});

test('a link to a file that is not here says in its place which file is awaited', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.page.locator('lab-data p.name', { hasText: 'own.csv' }).waitFor();
      expect(await lab.page.locator('lab-data .place').textContent()).not.toContain('Reading');
      const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${2 * (i % 7)}`);
      await lab.trainCsv('own.csv', ['a,b', ...rows].join('\n'));
      await lab.trains(1);
    },
    {
      prepare: async (page) => {
        await page.addInitScript(() => {
          location.hash = '#file=own.csv&target=b&hidden=4&epochs=20000';
        });
      },
    },
  ));

test('runs that differ at the end of their names can be told apart', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.fill('trial.model.hidden', '16');
    await lab.fill('trial.training.optimizer.learning_rate', '0.01');
    await lab.restart();
    await lab.page.locator('lab-run').nth(1).waitFor();
    const hidden = await lab.page
      .locator('lab-run .name')
      .evaluateAll((names) =>
        names.map((name) => [name.scrollWidth - name.clientWidth, name.scrollHeight - name.clientHeight]),
      );
    expect(hidden).toEqual([
      [0, 0],
      [0, 0],
    ]);
  }));

test('numbers that are written with powers of ten do not run into their neighbours', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${Math.sin(i).toFixed(3)},${(i * 2e6 + (i % 7) * 1e5).toFixed(1)}`,
    );
    await lab.trainCsv('large.csv', ['a,y', ...rows].join('\n'));
    await lab.page.locator('lab-data', { hasText: 'large.csv' }).waitFor({ state: 'attached' });
    await lab.reaches('done');
    const boxes = await lab.page.locator('lab-results .headline').evaluate((element) =>
      [...element.children].map((child) => {
        const range = document.createRange();
        range.selectNodeContents(child);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
    const [number, baseline] = boxes;
    expect(number.right < baseline.left || number.bottom <= baseline.top + 1).toBe(true);
    const cells = await lab.page.locator('lab-metrics tbody td').evaluateAll((all) =>
      all.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return cell.getBoundingClientRect().width - range.getBoundingClientRect().width;
      }),
    );
    expect(Math.min(...cells)).toBeGreaterThan(4);
  }));
