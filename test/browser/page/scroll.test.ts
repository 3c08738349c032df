/** What is longer than the window scrolls within its own panel: the document itself never moves. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Where the document, and every dialog, stands after it was told to scroll as far as it can. */
const moved = (lab: Lab) =>
  lab.page.evaluate(() => {
    const dialogs: Element[] = [];
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches('dialog[open]')) dialogs.push(element);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return [document.scrollingElement as Element, ...dialogs].map((element) => {
      element.scrollTo(1e5, 1e5);
      return [element.scrollLeft, element.tagName === 'DIALOG' ? 0 : element.scrollTop];
    });
  });

/** Everything that can be opened over the page, by the button that opens it. */
const dialogs: [opener: string, name: string][] = [
  ['Samples', 'Samples'],
  ['Paste', 'Paste a table'],
  ['Look at the data', 'The data'],
  ['Sweep…', 'Sweep'],
];

const still = (values: number[][]) => values.every(([x, y]) => x === 0 && y === 0);

test.each([
  [1440, 900],
  [1024, 768],
  [400, 860],
])('at %i × %i, in every view and every dialog', (width, height) =>
  withLab(
    browser,
    async (lab) => {
      const { page } = lab;
      const narrow = width < 900;
      const sheet = async (name: 'settings' | 'results') => {
        if (narrow) await page.locator(`nav [data-sheet=${name}]`).click();
      };
      await lab.reaches('done');
      expect(await moved(lab)).toSatisfy(still);
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        expect(await moved(lab)).toSatisfy(still);
      }
      await sheet('settings');
      await page.getByText('More settings').click();
      await page.getByText('Lessons', { exact: true }).click();
      expect(await moved(lab)).toSatisfy(still);
      for (const [opener, name] of dialogs) {
        if (opener === 'Sweep…') await sheet('results');
        // A telephone's first screen, behind the sheet, opens the samples too.
        await lab.button(opener).first().click();
        const dialog = page.getByRole('dialog', { name });
        await dialog.waitFor();
        expect(await moved(lab)).toSatisfy(still);
        await dialog.getByRole('button', { name: 'Close' }).first().click();
        await dialog.waitFor({ state: 'hidden' });
      }
    },
    { viewport: { width, height } },
  ),
);
