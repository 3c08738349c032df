/** What somebody who has never been here needs to press: counted by the page, from a file to a model, a comparison and an old run. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** As a spreadsheet saves it elsewhere: a byte order mark, semicolons, decimal commas, points in thousands, gaps, dates. */
const flats = `\ufeffDatum;Stadt;Fläche;Zimmer;Preis\r\n${Array.from({ length: 240 }, (_, row) => {
  const [area, rooms, city] = [30 + ((row * 37) % 121), 1 + ((row * 7) % 6), row % 3];
  const price = 25 * (area - 80) ** 2 + 8000 * rooms + 60_000 * city + 700 * ((row * 29) % 31);
  const day = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10).split('-').reverse().join('.');
  const german = (value: number) => value.toLocaleString('de-DE', { minimumFractionDigits: 2 });
  return [day, ['Köln', 'Bonn', 'Ulm'][city], row % 17 === 5 ? '' : german(area + 0.5), rooms, german(price)].join(';');
}).join('\r\n')}\r\n`;

/** Presses of a pointer since they were last asked for; a reload keeps the count. */
async function presses(lab: Lab): Promise<number> {
  return lab.page.evaluate(() => {
    const count = Number(sessionStorage.getItem('presses'));
    sessionStorage.removeItem('presses');
    return count;
  });
}

async function drop({ page }: Lab, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, text],
  );
}

test('a messy file becomes a model in three presses, two runs are compared in two, an old one is opened in one', () =>
  withLab(
    browser,
    async (lab) => {
      const { page } = lab;
      await drop(lab, 'wohnungen.csv', flats);
      await lab.button('Find the best model').first().click();
      // The linear model is the first score.
      const score = page.locator('#best-score');
      const linear = await score.textContent();
      await expect.poll(() => score.textContent()).not.toBe(linear);
      await lab.button('Stop').click();
      await page.locator('#verdict', { hasText: 'Better than a linear model' }).waitFor();
      expect(await page.locator('#coverage').textContent()).toContain('90 % intervals hold for');
      const { name, bytes } = await lab.download('model.safetensors');
      expect(await presses(lab)).toBe(3);
      const { preprocessing } = loadModel(new Uint8Array(bytes), name);
      const kinds = preprocessing.features.map(({ column, kind }) => `${column}: ${kind}`);
      expect(kinds).toEqual(['Datum: date', 'Stadt: category', 'Fläche: number', 'Zimmer: number']);

      await lab.button('Back to the single network').click();
      await lab.reaches('done');
      const first = await page.locator('lab-run[current]').getAttribute('data-run');
      await lab.fill('trial.training.batch_size', '64');
      await lab.restart();
      await lab.reaches('done');
      await presses(lab);
      await lab.button('Compare…').click();
      await lab.button('Compare the two newest').click();
      await page.getByRole('dialog', { name: '2 runs beside each other' }).waitFor();
      expect(await presses(lab)).toBe(2);

      await page.reload();
      await lab.reaches('done');
      await presses(lab);
      const old = page.locator(`lab-run[data-run="${first}"]`);
      await lab.begins(() => old.locator('button.name').click());
      await old.and(page.locator('[current]')).waitFor();
      await lab.reaches('done');
      expect(await presses(lab)).toBe(1);
    },
    {
      serviceWorkers: 'allow',
      prepare: async (page) => {
        await page.addInitScript(() => {
          addEventListener(
            'pointerdown',
            () => sessionStorage.setItem('presses', String(Number(sessionStorage.getItem('presses')) + 1)),
            { capture: true },
          );
        });
      },
    },
  ));
