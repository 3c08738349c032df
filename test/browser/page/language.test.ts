/** Languages, keys, and the page without a network. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { launch, withLab } from '../support/lab.ts';
import { serve } from '../support/setup.ts';

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

test('an address asks for a language once, and what is chosen in the page counts from then on', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.button('초기화').waitFor();
      expect(new URL(lab.page.url()).search).toBe('');
      await lab.page.reload();
      await lab.button('초기화').waitFor();
      await lab.page.getByRole('combobox', { name: '언어' }).selectOption('en');
      await lab.button('Reset').waitFor();
      await lab.page.reload();
      await lab.button('Reset').waitFor();
    },
    { served: `${inject('labUrl')}?lang=ko` },
  ));

test('without its words a Korean browser gets English, and can be offline afterwards', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.button('Reset').waitFor();
      expect(await lab.page.locator('html').getAttribute('lang')).toBe('en');
      await lab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    },
    {
      locale: 'ko-KR',
      serviceWorkers: 'allow',
      expected: /ERR_FAILED/,
      prepare: async (page) => {
        await page.route('**/ko-*.js', (route) => route.abort());
      },
    },
  ));

test('switching the language keeps the run', () =>
  withLab(browser, async (lab) => {
    await lab.trainsLong();
    await lab.trains(3);
    const run = await lab.run();
    await lab.page.getByRole('combobox', { name: 'Language' }).selectOption('ko');
    await lab.button('일시 정지').waitFor();
    await lab.trains((await lab.epoch()) + 20);
    expect(await lab.run()).toBe(run);
  }));

test('what the library refuses and notices is said in the language of the page', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.button('초기화').waitFor();
      const rows = Array.from({ length: 60 }, (_, row) => `${row},${row % 7},${row === 9 ? 'x' : row % 5}`);
      await lab.trainCsv('numbers.csv', `id,a,y\n${rows.join('\n')}\n`);
      const data = lab.page.locator('lab-data');
      await data.getByText('목표 "y"의 값이 없는 행 1개를 뺐습니다').waitFor();
      await data.getByRole('button', { name: '2개 더' }).click();
      await data.getByText('"id" 열은 식별자로 보아 뺐습니다.').waitFor();
      await data.getByRole('button', { name: '숫자로 읽기' }).waitFor();
      await lab.fill('trial.training.batch_size', '0');
      const problem = lab.field('trial.training.batch_size').locator('#problem');
      await problem.getByText('0은(는) 너무 작습니다. 1 이상의 값을 주세요').waitFor();
      await lab.page.getByRole('combobox', { name: '언어' }).selectOption('en');
      await data.getByText('Column "id" is left out as an identifier.').waitFor();
      await problem.getByText('0 is too small; give a value of at least 1').waitFor();
    },
    { locale: 'ko-KR' },
  ));

test('the sheet of keys opens by its key and closes by Escape', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.keyboard.press('?');
    const sheet = lab.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await lab.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  }));

test('once opened, the page trains without a network, its server gone', async () => {
  const server = await serve();
  onTestFinished(server.close);
  await withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await lab.page.context().setOffline(true);
      // Being offline is told to pages, not to their service workers: those must not find a server either.
      await server.close();
      await lab.page.reload();
      // The run that is brought back says nothing of the worker's parts: another one is trained.
      await lab.trainsLong();
      await lab.trains(5);
      await lab.page.getByRole('combobox', { name: 'Language' }).selectOption('ko');
      await lab.button('초기화').waitFor();
    },
    { served: server.url, serviceWorkers: 'allow' },
  );
});
