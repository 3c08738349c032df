/** The documentation beside the lab: read with and without scripts, searched by keyboard, in both languages, and offline. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { patience } from '../../support/patience.ts';
import { offences } from '../support/axe.ts';
import { launch } from '../support/lab.ts';
import { serve } from '../support/setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Opens a page of the documentation, and checks afterwards that nothing went wrong and nobody else was asked. */
async function withDocs(
  path: string,
  test: (page: Page) => Promise<void>,
  { served = inject('labUrl'), serviceWorkers = 'block', ...options }: BrowserContextOptions & { served?: string } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers, ...options });
  context.setDefaultTimeout(patience);
  const wrong: string[] = [];
  context.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  context.on('weberror', (error) => wrong.push(error.error().message));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== new URL(served).origin) wrong.push(request.url());
  });
  try {
    const page = await context.newPage();
    await page.goto(`${served}docs/${path}`);
    await test(page);
    expect(wrong).toEqual([]);
  } finally {
    await context.close();
  }
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 400, colorScheme: 'dark' },
] as const;

it.each(['index.html', 'api/train.html'])('%s breaks no rule of axe, wide and light, narrow and dark', (path) =>
  withDocs(path, async (page) => {
    for (const { width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      // What scrolls at this width can be reached by keyboard a moment later.
      await expect.poll(() => offences(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  }),
);

it.each([
  ['index.html', 'piecewise', 'What columns become'],
  ['ko/index.html', '임베딩', '활성화 함수'],
])('%s is searched by keyboard alone', (path, word, title) =>
  withDocs(path, async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('dialog').getByRole('searchbox').waitFor();
    await page.keyboard.type(word);
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    expect(await offences(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page).textContent()).toContain(title);
  }),
);

it('changes the language of the page that is open', () =>
  withDocs('lab.html', async (page) => {
    await page.getByRole('link', { name: '한국어' }).click();
    await page.waitForURL('**/docs/ko/lab.html');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ko');
    // A page that is not translated is marked, and opens in English.
    const record = page.getByRole('navigation', { name: '문서 목차' }).getByRole('link', { name: 'Design decisions' });
    expect(await record.getAttribute('lang')).toBe('en');
    await page.getByRole('link', { name: 'English', exact: true }).click();
    await page.waitForURL('**/docs/lab.html');
  }));

it('is read without scripts: the menu opens, the search is not offered', () =>
  withDocs(
    'fit.html',
    async (page) => {
      expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Accuracy' }).click();
      await page.waitForURL('**/docs/accuracy.html');
    },
    { javaScriptEnabled: false, viewport: { width: 400, height: 900 } },
  ));

it('is there offline once a page of it was opened, and beside the lab', async () => {
  const { url, close } = await serve();
  let open = true;
  try {
    await withDocs(
      'lab.html',
      async (page) => {
        await page.evaluate(() => navigator.serviceWorker.ready);
        await page.getByRole('link', { name: 'Open the lab' }).click();
        await page.waitForURL(`${url}index.html`);
        await page.evaluate(() => navigator.serviceWorker.ready);
        await close();
        open = false;
        await page.goto(`${url}docs/`);
        await page.getByRole('link', { name: 'Accuracy' }).first().click();
        await page.waitForURL('**/docs/accuracy.html');
        await page.keyboard.press('/');
        await page.getByRole('dialog').getByRole('searchbox').waitFor();
        await page.keyboard.type('learning_rate');
        await page.getByRole('dialog').getByRole('link').first().waitFor();
      },
      { served: url, serviceWorkers: 'allow' },
    );
  } finally {
    if (open) await close();
  }
});
