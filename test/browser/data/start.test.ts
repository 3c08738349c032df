/** The first minute: what the page is, and how a table comes onto it, before anything is done. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const purpose = 'Train neural networks on your own table, in this page.';
const waysIn = 'Drop a CSV anywhere, paste it, or open it';
const own = ['a,b', ...Array.from({ length: 30 }, (_, row) => `${row},${2 * row}`)].join('\n');

test('the page says what it is and how a table comes onto it, until there is one', () =>
  withLab(browser, async (lab) => {
    const line = lab.page.locator('lab-head').getByText(purpose);
    await line.waitFor();
    await expect.poll(() => line.textContent()).toContain(waysIn);
    await lab.trains(1);
    await lab.trainCsv('own.csv', own);
    await line.waitFor({ state: 'hidden' });
  }));

test('the first screen of a telephone has title, line, table, samples and a way to open a file', () =>
  withLab(
    browser,
    async (lab) => {
      const start = lab.page.locator('lab-start');
      const parts = [
        start.getByRole('heading', { name: 'Perceptron Lab', level: 1 }),
        start.getByText(purpose),
        start.getByText('curve.csv'),
        start.getByRole('button', { name: 'Moons' }),
        start.getByRole('button', { name: 'Open file' }),
      ];
      for (const part of parts) {
        await part.waitFor();
        const box = await part.boundingBox();
        expect(box && box.y >= 0 && box.y + box.height < 300 && box.x >= 0 && box.x + box.width <= 400).toBe(true);
      }
      await lab.trains(1);
      await lab.begins(() => start.getByRole('button', { name: 'Moons' }).click());
      await lab.page.getByRole('tab', { name: 'Surface', selected: true }).waitFor();
      const chooser = lab.page.waitForEvent('filechooser');
      await start.getByRole('button', { name: 'Open file' }).click();
      const file = { name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(own) };
      await lab.begins(async () => (await chooser).setFiles(file));
      await start.getByText('own.csv').waitFor();
      await expect.poll(() => start.getByText(purpose).count()).toBe(0);
    },
    { viewport: { width: 400, height: 850 } },
  ));

test('the page takes no markup, script or style that it did not write', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      const outcomes = await lab.page.evaluate(() => {
        const refused = (work: () => unknown) => {
          try {
            work();
            return false;
          } catch (error) {
            return error instanceof TypeError;
          }
        };
        const box = document.body.appendChild(document.createElement('div'));
        box.setAttribute('style', 'width: 3px');
        return {
          markup: refused(() => {
            box.innerHTML = '<b>bold</b>';
          }),
          worker: refused(() => new Worker('https://elsewhere.example/worker.js')),
          style: getComputedStyle(box).width !== '3px',
        };
      });
      expect(outcomes).toEqual({ markup: true, worker: true, style: true });
    },
    { expected: /Content Security Policy|Trusted(HTML|ScriptURL)/ },
  ));
