/** Languages, keys, and the page without a network. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, withLab } from './lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a Korean browser gets Korean, and a choice is remembered', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.button('초기화').waitFor();
      expect(await lab.page.locator('html').getAttribute('lang')).toBe('ko');
      await lab.page.getByRole('combobox', { name: '언어' }).selectOption('en');
      await lab.button('Reset').waitFor();
      expect(await lab.page.locator('html').getAttribute('lang')).toBe('en');
      await lab.page.reload();
      await lab.button('Reset').waitFor();
    },
    { locale: 'ko-KR' },
  ));

test('switching the language keeps the run', () =>
  withLab(browser, async (lab) => {
    await lab.trains(3);
    await lab.page.getByRole('combobox', { name: 'Language' }).selectOption('ko');
    await lab
      .button(/일시 정지|다시 학습/)
      .first()
      .waitFor();
    expect(await lab.epoch()).toBeGreaterThanOrEqual(3);
  }));

test('the sheet of keys opens by its key and closes by Escape', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.keyboard.press('?');
    const sheet = lab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await lab.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  }));

test('once opened, the page trains without a network', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await lab.page.context().setOffline(true);
    await lab.page.reload();
    await lab.trains(1);
    await lab.page.getByRole('combobox', { name: 'Language' }).selectOption('ko');
    await lab.button('초기화').waitFor();
  }));
