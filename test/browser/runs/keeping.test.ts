/** What outlives a reload, what a link brings back, and what happens where nothing can be kept. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab, launch, type RunState, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Losses by epoch, as the page would save them, without the times. */
async function losses(lab: Lab): Promise<string[]> {
  const { bytes } = await lab.download(/Download history/);
  return bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').slice(0, 3).join(','));
}

const rows = (page: Page) => page.locator('lab-run');

test('a reload brings back the run that ended, bit for bit, and the list', () =>
  withLab(browser, async (lab) => {
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
  }));

/** Resolves when what is kept of the tab is a run in that state that can be gone on with; before, it is of the run before, which has ended. */
async function keeps({ page }: Lab, state: RunState): Promise<void> {
  await page.waitForFunction(async (state) => {
    const open = indexedDB.open('perceptron-lab');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const all = <Value>(shelf: string) => {
      const kept = db.transaction(shelf).objectStore(shelf);
      const request: IDBRequest = shelf === 'checkpoints' ? kept.getAllKeys() : kept.getAll();
      return new Promise<Value[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    };
    const tabs = await all<{ run: string; playing: boolean }>('tabs');
    const entries = await all<{ id: string; state: string }>('entries');
    const checkpoints = await all<string>('checkpoints');
    db.close();
    return (
      tabs.length === 1 &&
      entries.some((entry) => entry.id === tabs[0].run && entry.state === state) &&
      checkpoints.includes(tabs[0].run)
    );
  }, state);
}

test('a reload in the middle goes on, and comes to the same bits as a run that was left alone', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.fill('trial.training.epochs', '2000');
    await lab.restart();
    await lab.trains(60);
    await keeps(lab, 'running');
    await lab.page.reload();
    await lab.reaches('done');
    const resumed = await losses(lab);
    expect(resumed).toHaveLength(2001);
    await lab.restart('Train again');
    await lab.reaches('done');
    expect(await losses(lab)).toEqual(resumed);
  }));

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
    await lab.trains(epoch + 5);
    // It ends without an error.
    await lab.page.workers()[0].evaluate(() => self.close());
    await lab.page.locator('lab-results #recovered', { hasText: 'The training worker stopped' }).waitFor();
    await lab.trains((await lab.epoch()) + 5);
  }));

/** Opens another tab beside the one of the test. */
async function anotherTab(lab: Lab, hash = ''): Promise<Lab> {
  const page = await lab.page.context().newPage();
  await page.goto(`${new URL(lab.page.url()).origin}/${hash}`);
  return new Lab(page);
}

const moons = '#data=moons&rows=200&target=class&hidden=8&epochs=30&seed=7&engine=cpu';

/** What the run took goes into its link. */
const plan = /&plan=cpu:(simd|relaxed)/;

/** The address is put in by hand. */
async function opensMoons(lab: Lab): Promise<void> {
  await lab.trains(1);
  await lab.begins(() =>
    lab.page.evaluate((hash) => {
      location.hash = hash;
    }, moons),
  );
}

test('the same link makes the same run, bit for bit, in another tab too; the address says what was changed', () =>
  withLab(browser, async (lab) => {
    await opensMoons(lab);
    await lab.page.locator('lab-run', { hasText: 'moons' }).first().waitFor();
    await lab.reaches('done');
    const first = await losses(lab);
    expect(first).toHaveLength(31);
    // The plan is known a little later than the run.
    await lab.page.waitForURL(plan);
    const { hash } = new URL(lab.page.url());
    expect(hash.replace(plan, '')).toBe(moons);
    const other = await anotherTab(lab, hash);
    await other.reaches('done');
    expect(await losses(other)).toEqual(first);
    await expect.poll(() => new URL(other.page.url()).hash).toBe(hash);
    await other.fill('trial.training.seed', '8');
    await other.restart();
    await other.page.waitForURL(/seed=8/);
    await other.reaches('done');
    expect(await losses(other)).not.toEqual(first);
  }));

test('the link of a run that was changed while it trained repeats the changes, bit for bit', () =>
  withLab(browser, async (lab) => {
    await opensMoons(lab);
    await lab.begins(() => lab.button('Reset').click());
    for (let epoch = 1; epoch <= 2; epoch++) {
      await lab.button('Step').click();
      await lab.trains(epoch);
      await lab.reaches('paused');
    }
    await lab.fill('trial.training.optimizer.learning_rate', '0.05');
    const changed = 'Changed: learning rate 0.001 → 0.05 from epoch 3';
    await lab.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    await lab.page.waitForURL(/changes=learning_rate:0\.05@\d+$/);
    const { hash } = new URL(lab.page.url());
    expect(hash.replace(plan, '')).toBe(`${moons}&changes=${hash.split('changes=')[1]}`);
    await lab.button('Train').click();
    await lab.reaches('done');
    const first = await losses(lab);

    const other = await anotherTab(lab, hash);
    await other.reaches('done');
    expect(await losses(other)).toEqual(first);
    await other.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    const rate = other.field('trial.training.optimizer.learning_rate').getByRole('textbox');
    await expect.poll(() => rate.inputValue()).toBe('0.05');
    expect(new URL(other.page.url()).hash).toBe(hash);
    // It is still there after a reload, and without it the run is another.
    await other.page.reload();
    await other.reaches('done');
    await other.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    expect(new URL(other.page.url()).hash).toBe(hash);
    const plain = await anotherTab(lab, moons);
    await plain.reaches('done');
    expect(await losses(plain)).not.toEqual(first);
  }));

test('a link to a file says which one to open, and trains it with its settings once it is', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const other = await anotherTab(lab, '#file=prices.csv&target=a&hidden=3&epochs=12&nonsense=1');
    const notice = other.page.locator('lab-linked');
    await notice.locator('p', { hasText: 'prices.csv' }).waitFor();
    await notice.locator('p', { hasText: 'nonsense' }).waitFor();
    const table = `a,b\n${Array.from({ length: 60 }, (_, row) => `${row * 2},${row}`).join('\n')}`;
    await other.trainCsv('prices.csv', table);
    await other.reaches('done');
    expect(await other.epoch()).toBe(12);
    await expect.poll(() => other.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('3');
    // The file itself outlives a reload.
    await other.page.reload();
    await other.reaches('done');
    await other.page.locator('lab-data').getByText('prices.csv').first().waitFor();
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
