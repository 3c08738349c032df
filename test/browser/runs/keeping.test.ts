/** What outlives a reload, what other tabs see of it, and what happens where nothing can be kept. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { anotherTab, keeps, losses } from '../support/tabs.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const rows = (page: Page) => page.locator('lab-run');

test('a reload brings back the run that ended, bit for bit, and the list', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      const before = await losses(lab);
      const headline = await lab.headline();
      await rows(lab.page).first().waitFor();
      await lab.page.reload();
      await lab.reaches('done');
      expect(await losses(lab)).toEqual(before);
      expect(await lab.headline()).toBe(headline);
      await rows(lab.page).first().waitFor();
      await expect.poll(() => rows(lab.page).count()).toBe(1);
    },
    { serviceWorkers: 'allow' },
  ));

test('a paused run is paused after a reload; a worker that ends is replaced by one that goes on', () =>
  withLab(browser, async (lab) => {
    await lab.trainsLong();
    await lab.trains(20);
    await lab.button('Pause').click();
    await lab.reaches('paused');
    const epoch = await lab.epoch();
    await keeps(lab, 'paused');
    await lab.page.reload();
    await lab.reaches('paused');
    expect(await lab.epoch()).toBe(epoch);
    await lab.button('Train').click();
    await lab.trains(epoch + 1);
    // It ends without an error, perhaps before it is written down that the run trains.
    await lab.page.workers()[0].evaluate(() => self.close());
    await lab.page.locator('lab-results #recovered', { hasText: 'The training worker stopped' }).waitFor();
    await lab.trains((await lab.epoch()) + 5);
  }));

test('a run that another tab trains is said to be trained there, and unfinished only once that tab is gone', () =>
  withLab(browser, async (lab) => {
    await lab.trainsLong();
    await lab.trains(20);
    const other = await anotherTab(lab);
    await other.reaches('done');
    const row = rows(other.page).filter({ hasText: 'in another tab' });
    await row.filter({ hasText: 'training in another tab' }).waitFor();
    await lab.button('Pause').click();
    await row.filter({ hasText: 'paused in another tab' }).waitFor();
    await lab.page.close();
    // What a browser does when a person comes back to the tab; the closed one may be a moment in letting go of its lock.
    await expect
      .poll(async () => {
        await other.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
        return row.count();
      })
      .toBe(0);
    await rows(other.page).filter({ hasText: 'not finished' }).first().waitFor();
  }));

test('two tabs train runs of their own, and both list both', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const other = await anotherTab(lab);
    await other.reaches('done');
    for (const { page } of [lab, other]) {
      await page.waitForFunction(
        () =>
          document
            .querySelector('lab-app')
            ?.shadowRoot?.querySelector('lab-runs')
            ?.shadowRoot?.querySelectorAll('lab-run').length === 2,
      );
    }
    const current = ({ page }: Lab) => page.locator('lab-run[current]').getAttribute('data-run');
    const before = [await current(lab), await current(other)];
    expect(before[0]).not.toBe(before[1]);
    await other.page.reload();
    await other.reaches('done');
    await lab.page.reload();
    await lab.reaches('done');
    expect([await current(lab), await current(other)]).toEqual(before);
  }));

/** A service worker would hand out the worker as it was built. */
const spied = { serviceWorkers: 'block' } as const;

/** Changes what the worker finds, before anything of it runs. */
function inWorker(spy: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.route('**/worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${spy}\n${await response.text()}` });
    });
  };
}

test('a database that is deleted under the page is made anew, and the next run is kept in it', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await rows(lab.page).first().waitFor();
    await lab.page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase('perceptron-lab').onsuccess = resolve;
        }),
    );
    await lab.restart('Train again');
    await lab.reaches('done');
    const current = lab.page.locator('lab-run[current]');
    await current.waitFor();
    const before = await current.getAttribute('data-run');
    await lab.page.reload();
    await lab.reaches('done');
    await expect.poll(() => current.getAttribute('data-run')).toBe(before);
  }));

test('where the browser keeps nothing, the page says so in a line and works', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      await lab.page.locator('lab-keeping', { hasText: 'keeps nothing' }).waitFor();
      await rows(lab.page).first().waitFor();
      await expect.poll(() => rows(lab.page).count()).toBe(1);
      await lab.page.reload();
      await lab.reaches('done');
      await lab.page.locator('lab-keeping', { hasText: 'keeps nothing' }).waitFor();
      await rows(lab.page).first().waitFor();
      await expect.poll(() => rows(lab.page).count()).toBe(1);
    },
    {
      ...spied,
      prepare: inWorker(
        "IDBFactory.prototype.open = () => { throw new DOMException('refused by the test', 'SecurityError'); };",
      ),
    },
  ));

test('a full disk drops the oldest model that is not pinned and says so; with none left, keeping pauses', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      // All of the first run: what is still to be written of it would be written again once there is room.
      const models = () => lab.page.workers()[0].evaluate(() => (globalThis as unknown as { models: number }).models);
      await expect.poll(models).toBe(1);
      await lab.page.workers()[0].evaluate(() => {
        (globalThis as unknown as { room: number }).room = 1;
      });
      await lab.restart('Train again');
      await lab.reaches('done');
      await lab.page.locator('lab-keeping .trouble', { hasText: 'oldest model' }).waitFor();
      await expect.poll(() => rows(lab.page).count()).toBe(2);
      await rows(lab.page)
        .nth(1)
        .getByRole('button', { name: /^More of/ })
        .click();
      await expect
        .poll(() => rows(lab.page).nth(1).getByRole('button', { name: 'Save model' }).isDisabled())
        .toBe(true);
      await lab.page.workers()[0].evaluate(() => {
        (globalThis as unknown as { room: number }).room = 0;
      });
      await lab.restart('Train again');
      const trouble = lab.page.locator('lab-keeping .trouble', { hasText: 'not kept' });
      await trouble.waitFor();
      await lab.page.locator('lab-results #not-kept').waitFor();
      await lab.reaches('done');
      const [saved] = await Promise.all([lab.page.waitForEvent('download'), trouble.getByRole('button').click()]);
      expect(saved.suggestedFilename()).toBe('model.safetensors');
      await lab.page.workers()[0].evaluate(() => {
        (globalThis as unknown as { room: number }).room = Number.POSITIVE_INFINITY;
      });
      // The next that is kept takes along what was not; without one it is tried again every 10 s.
      await lab.restart('Train again');
      await trouble.waitFor({ state: 'detached' });
    },
    {
      ...spied,
      // As many models as there is room for; a database that is full refuses all but removals, in Chromium's words for a full disk.
      prepare: inWorker(`globalThis.room = Infinity;
        globalThis.models = 0;
        const put = IDBObjectStore.prototype.put;
        const remove = IDBObjectStore.prototype.delete;
        IDBObjectStore.prototype.delete = function (...given) {
          if (this.name === 'models' && globalThis.room === 1) globalThis.room = Infinity;
          return remove.apply(this, given);
        };
        IDBObjectStore.prototype.put = function (...given) {
          if (globalThis.room <= 1 && this.name === 'checkpoints') {
            throw new DOMException('Failed to write blobs (IOError)', 'DataError');
          }
          if (this.name === 'models') this.transaction.addEventListener('complete', () => { globalThis.models += 1; });
          return put.apply(this, given);
        };`),
    },
  ));
