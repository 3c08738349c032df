/** The best model of a table of one's own, in the page: looked for, stopped, judged, predicted with and taken away. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A parabola in a, which a linear model cannot follow, and a city that adds to it. */
const hills = [
  'a,city,y',
  ...Array.from({ length: 90 }, (_, row) => {
    const [a, city] = [((row * 37) % 60) - 30, row % 3];
    return `${a},${['Seoul', 'Busan', 'Daegu'][city]},${a * a + 100 * city}`;
  }),
].join('\n');

const kinds = [
  'a,b,kind',
  ...Array.from({ length: 90 }, (_, row) => `${(row * 7) % 30},${row % 11},${row % 3 === 0 ? 'rare' : 'usual'}`),
].join('\n');

describe('the best model', () => {
  it('is looked for until it is stopped, said in words, predicted with and taken away', () =>
    withLab(browser, async (lab) => {
      const { page } = lab;
      await lab.trains(1);
      expect(await lab.button('Find the best model').count()).toBe(0);
      await lab.trainCsv('hills.csv', hills);
      await lab.reaches('done');
      await page.getByLabel('Time to look').selectOption('5 min');
      // A verdict may offer the same under the score.
      await lab.button('Find the best model').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('lab-fit-bar').getByRole('progressbar').waitFor();
      await expect.poll(() => page.locator('lab-toolbar').isVisible()).toBe(false);
      // The linear model alone is the first, and then packs of networks.
      const score = page.locator('#best-score');
      await score.waitFor();
      const first = await score.textContent();
      await expect.poll(() => score.textContent()).not.toBe(first);
      expect(await offences(page)).toEqual([]);
      await lab.button('Stop').click();
      await page.locator('#done', { hasText: 'Stopped by hand.' }).waitFor();
      expect(await page.locator('#verdict').textContent()).toContain('Better than a linear model: RMSE');
      expect(await page.locator('#coverage').textContent()).toMatch(
        /90 % intervals hold for \d+ % of the 90 rows held out/,
      );
      expect(await page.locator('lab-held-out canvas').getAttribute('aria-label')).toContain('90 held-out rows');
      expect(await offences(page)).toEqual([]);
      // The keyboard goes on where it was.
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);

      const model = loadModel(new Uint8Array((await lab.download('model.safetensors')).bytes), 'model.safetensors');
      expect(model.members.length).toBeGreaterThan(1);
      const fit = JSON.parse((await lab.download('fit.json')).bytes.toString());
      expect(fit).toMatchObject({ command: 'fit', file: 'hills.csv', target: 'y', interrupted: true });
      expect(fit.metrics.held_out.rmse).toBeLessThan(fit.metrics.linear.rmse);
      // Repeated elsewhere by its plan, it gives the same numbers.
      const engine = await requestEngine({ kind: 'cpu', threads: 1 });
      const table = await readCsv(hills, { source: 'hills.csv' });
      const again = await fitModel(engine, table, { ...fit.settings.data, ...fit.settings.fit });
      engine.destroy();
      expect(again.networks).toBe(fit.networks);
      if (!('rmse' in again.metrics)) throw new Error('not the metrics of numbers');
      // Browsers fuse products and sums where Node may not: it was 0.04 %.
      expect(Math.abs(again.metrics.rmse / fit.metrics.held_out.rmse - 1)).toBeLessThan(0.01);
      await page.getByText('The same on the command line').click();
      await page.getByText('perceptron-lab fit hills.csv --repeat fit.json --out best').waitFor();
      expect(await offences(page)).toEqual([]);
      expect((await lab.download('report.html')).bytes.toString()).toContain('hills.csv');

      await page.getByText('What it leans on, and how').click();
      const views = page.locator('lab-model-views');
      await expect.poll(() => views.locator('lab-importance .name').allTextContents()).toEqual(['a', 'city']);
      await expect
        .poll(() => views.locator('lab-dependence canvas').getAttribute('aria-label'))
        .toMatch(/^mean predicted y as a goes from .* 50 single rows/);
      await views.getByText('mean over 90 rows with a known answer').waitFor();
      expect(await offences(page)).toEqual([]);

      await lab.button('Predict a row or a file').click();
      await page.locator('#interval').waitFor();
      await lab.button('Why?').click();
      await page.getByText(/^From .* for 90 rows of the table, to [\d.−]+:$/).waitFor();
      await page.getByText('With the best model for y of hills.csv').waitFor();
      await lab.button('Back to the single network').click();
      await page.locator('lab-toolbar').waitFor();
    }));

  it('of classes has who is taken for whom', () =>
    withLab(browser, async (lab) => {
      const { page } = lab;
      await lab.trains(1);
      await lab.trainCsv('kinds.csv', kinds);
      await lab.button('Find the best model').first().click();
      await page.locator('#best-score').waitFor();
      await lab.button('Stop').click();
      await page.locator('#done').waitFor();
      const rows = page.locator('lab-held-out lab-confusion tbody tr');
      await rows.nth(1).waitFor();
      expect(await rows.count()).toBe(2);
      expect(await offences(page)).toEqual([]);
    }));

  it('is ended by another table, and stays to be looked at', () =>
    withLab(browser, async (lab) => {
      const { page } = lab;
      await lab.trains(1);
      await lab.trainCsv('hills.csv', hills);
      await lab.button('Find the best model').first().click();
      await page.locator('#best-score').waitFor();
      await lab.trainCsv('kinds.csv', kinds);
      await page.locator('lab-toolbar').waitFor();
      await lab.button('Show the best model').click();
      await page.getByRole('heading', { name: 'Best model for y' }).waitFor();
      await page.locator('#done', { hasText: 'Stopped by hand.' }).waitFor();
    }));
});
