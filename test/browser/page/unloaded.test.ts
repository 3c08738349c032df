/** What cannot be loaded, parts of the page and languages: said where it would be, and how to have it. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const said = /could not be loaded/;

/** These cannot be had until the page is let go on. */
function without(...parts: string[]) {
  const pattern = new RegExp(`/(${parts.join('|')})-[^/]*\\.js$`);
  return {
    serviceWorkers: 'block' as const,
    expected: /ERR_FAILED/,
    prepare: async (page: Page) => void (await page.route(pattern, (route) => route.abort())),
  };
}

/** Loads the page anew, as the line offers. */
async function reload(lab: Lab): Promise<void> {
  await lab.page.getByRole('alert').filter({ hasText: said }).waitFor();
  await lab.page.unrouteAll();
  await Promise.all([lab.page.waitForEvent('load'), lab.button('Reload').click()]);
  await lab.trains(1);
}

test('a view', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.page.getByRole('tab', { name: 'Residuals' }).click();
      await reload(lab);
      await lab.page.getByRole('tab', { name: 'Residuals' }).click();
      await lab.page.locator('lab-residuals canvas').waitFor();
    },
    without('views-elements'),
  ));

test('what a dialog holds', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.button('Look at the data').click();
      await reload(lab);
      await lab.button('Look at the data').click();
      await lab.page.locator('lab-columns').waitFor();
    },
    without('data-elements'),
  ));

test('a dialog, over the page, where the line can be put away', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.button('Sweep…').click();
      const line = lab.page.getByRole('alert').filter({ hasText: said });
      await line.waitFor();
      await lab.button('Dismiss').click();
      await line.waitFor({ state: 'detached' });
      await lab.button('Sweep…').click();
      await line.waitFor();
      await lab.page.route('**/*', (route) => route.abort());
      const page = await lab.page.locator('.page').elementHandle();
      await lab.button('Reload').click();
      await line.getByText('There is no connection now.').waitFor();
      // The page is the one it was: nothing was loaded anew.
      expect(await page?.evaluate((element) => element.isConnected)).toBe(true);
    },
    without('sweep-elements'),
  ));

test('a language, which is chosen again', () =>
  withLab(
    browser,
    async (lab) => {
      const languages = lab.page.getByRole('combobox', { name: 'Language' });
      await languages.selectOption('ko');
      await lab.page.getByRole('alert').getByText('한국어 could not be loaded').waitFor();
      await expect.poll(() => languages.inputValue()).toBe('en');
      await reload(lab);
      await languages.selectOption('ko');
      await lab.button('초기화').waitFor();
    },
    without('ko'),
  ));
